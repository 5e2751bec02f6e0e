// The one reducer: apply(state, fact), and merge(state, snapshot). Pure, so that a state fetched and
// then carried on by facts is the state that would be fetched later (the fold law).

import type { Channel, Club, Fact, Me, Message, Person } from "../gen/protocol.ts";
import {
  beginsFollow,
  countDeleted,
  countEdited,
  countExact,
  countPosted,
  countReply,
} from "./counts.ts";
import { type Follow, RECENT_FACTS, type State, type Stretch, stretchKey, want } from "./state.ts";
import { insertId, joinPage, type PageMode } from "./stretch.ts";

/** What a query brought; `seq` is the head at which it was read. */
export interface Snapshot {
  seq: number;
  me?: Me;
  clubs?: readonly Club[];
  channels?: readonly Channel[];
  people?: readonly Person[];
  messages?: readonly Message[];
  page?: Stretch & { key: string; mode: PageMode };
  follows?: readonly Omit<Follow, "counted">[];
  saved?: readonly number[];
  /** These lists are whole: what is not in them is gone. */
  whole?: boolean;
}

export function apply(state: State, fact: Fact): State {
  const known = fact.people ? { ...state, people: withPeople(state, fact.people) } : state;
  const next = change(known, fact);
  return {
    ...next,
    seq: Math.max(next.seq, fact.seq),
    recent: [...next.recent.slice(-RECENT_FACTS), fact],
  };
}

/** What resume brought up to `cursor`: marks hold their value as of `cursor`, so they come last. */
export function replay(state: State, facts: readonly Fact[], cursor: number): State {
  const isMark = (fact: Fact) => fact.fact === "read.moved" || fact.fact === "thread.read";
  const ordered = facts.filter((fact) => !isMark(fact)).sort((a, b) => a.seq - b.seq);
  const marks = facts.filter(isMark).map((fact) => ({ ...fact, seq: cursor }));
  const next = [...ordered, ...marks].reduce(apply, state);
  return { ...next, seq: Math.max(next.seq, cursor) };
}

export function merge(state: State, snapshot: Snapshot): State {
  const laid = lay(state, snapshot);
  const newer = state.recent.filter((fact) => fact.seq > snapshot.seq);
  return newer.reduce(change, laid);
}

function change(state: State, fact: Fact): State {
  switch (fact.fact) {
    case "message.posted":
      return posted(state, fact.seq, fact.message);
    case "message.edited":
      return edited(state, fact.seq, fact.message);
    case "message.deleted":
      return deleted(state, fact.seq, fact.message);
    case "message.reacted":
      return withMessage(state, fact.message, { reactions: fact.reactions });
    case "message.pinned":
      return withMessage(state, fact.message, { pinned: fact.pinned });
    case "thread.changed":
      return withMessage(state, fact.message, { replies: fact.replies, last_reply: fact.last_reply });
    case "channel.changed":
      return withChannel(state, fact.channel.id, fact.channel);
    case "access.gained":
      return gained(state, fact.club, fact.channel);
    case "access.lost":
      return fact.channel ? dropChannels(state, [fact.channel]) : dropClub(state, fact.club ?? 0);
    case "member.changed":
      return want(
        { ...state, people: withPeople(state, [fact.member.person]) },
        `club:${fact.club}`,
      );
    case "member.left":
      return want(state, `club:${fact.club}`);
    case "person.changed":
      return renamed(state, fact.person);
    case "read.moved":
      return countExact(state, fact.seq, fact);
    case "draft.changed":
      return withChannel(state, fact.channel, { draft: fact.body });
    case "notification.changed":
      return withChannel(state, fact.channel, { level: fact.level });
    case "saved.changed":
      return { ...state, saved: withSaved(state.saved, fact.message, fact.saved) };
    case "thread.read":
      return threadRead(state, fact);
    default:
      return state; // a newer server may know more than this client
  }
}

function posted(state: State, seq: number, message: Message): State {
  const counted = countPosted(countReply(state, seq, message, 1), seq, message);
  const next = { ...counted, people: withPeople(counted, [message.author]) };
  const key = stretchKey(message.channel, message.thread);
  const stretch = next.stretches[key];
  const follows = beginsFollow(next, message) ? want(next, "threads") : next;
  if (!stretch || stretch.moreAfter) {
    return follows;
  }
  return {
    ...follows,
    messages: { ...next.messages, [message.id]: message },
    stretches: { ...next.stretches, [key]: { ...stretch, ids: insertId(stretch.ids, message.id) } },
  };
}

function edited(state: State, seq: number, message: Message): State {
  const old = state.messages[message.id];
  const next = countEdited(state, seq, old, message);
  return old ? { ...next, messages: { ...next.messages, [message.id]: message } } : next;
}

function deleted(state: State, seq: number, message: Message): State {
  const old = state.messages[message.id];
  const replies = old?.deleted ? state : countReply(state, seq, message, -1);
  const next = countDeleted(replies, seq, old, message);
  return old ? { ...next, messages: { ...next.messages, [message.id]: message } } : next;
}

function gained(state: State, club?: number, channel?: number): State {
  return channel ? want(state, `channel:${channel}`) : want(state, `club:${club ?? 0}`);
}

function renamed(state: State, person: Person): State {
  const messages = { ...state.messages };
  for (const message of Object.values(messages)) {
    if (message.author.id === person.id) {
      const { name, ...rest } = message.author;
      const author = person.name === undefined ? rest : { ...rest, name: person.name };
      messages[message.id] = { ...message, author: name === person.name ? message.author : author };
    }
  }
  const me = person.id === state.me.id ? { ...state.me, name: person.name ?? "" } : state.me;
  return { ...state, me, messages, people: { ...state.people, [person.id]: person } };
}

function threadRead(
  state: State,
  mark: { seq: number; thread: number; position: number; unread: number; active?: boolean },
): State {
  const follow = state.follows[mark.thread];
  if (mark.active === false) {
    const { [mark.thread]: _gone, ...follows } = state.follows;
    return { ...state, follows };
  }
  if (!follow) {
    return want(state, "threads");
  }
  const next = { ...follow, position: mark.position, unread: mark.unread, counted: mark.seq };
  return mark.seq <= follow.counted
    ? state
    : { ...state, follows: { ...state.follows, [mark.thread]: next } };
}

function withMessage(state: State, id: number, part: Partial<Message>): State {
  const old = state.messages[id];
  return old ? { ...state, messages: { ...state.messages, [id]: { ...old, ...part } } } : state;
}

function withChannel(state: State, id: number, part: Partial<Channel>): State {
  const old = state.channels[id];
  return old ? { ...state, channels: { ...state.channels, [id]: { ...old, ...part } } } : state;
}

function withPeople(state: State, people: readonly Person[]): State["people"] {
  const fresh = people.filter((person) => {
    const old = state.people[person.id];
    return old?.name !== person.name || old?.function !== person.function;
  });
  return fresh.length === 0
    ? state.people
    : { ...state.people, ...Object.fromEntries(fresh.map((person) => [person.id, person])) };
}

function withSaved(saved: State["saved"], id: number, on: boolean): State["saved"] {
  const { [id]: _old, ...rest } = saved;
  return on ? { ...rest, [id]: true } : rest;
}

function dropClub(state: State, club: number): State {
  const { [club]: _gone, ...clubs } = state.clubs;
  const channels = Object.values(state.channels).filter((channel) => channel.club === club);
  return dropChannels({ ...state, clubs }, channels.map((channel) => channel.id));
}

function dropChannels(state: State, ids: readonly number[]): State {
  const gone = new Set(ids);
  const keep = <T>(record: Readonly<Record<number, T>>, channelOf: (item: T) => number) =>
    Object.fromEntries(Object.entries(record).filter(([, item]) => !gone.has(channelOf(item))));
  const messages = keep(state.messages, (message) => message.channel);
  const stretches = Object.fromEntries(
    Object.entries(state.stretches).filter(([key, stretch]) =>
      key.startsWith("c") ? !gone.has(Number(key.slice(1))) : stretch.ids.every((id) => messages[id]),
    ),
  );
  return {
    ...state,
    channels: keep(state.channels, (channel) => channel.id),
    follows: keep(state.follows, (follow) => follow.channel),
    messages,
    stretches,
  };
}

function byId<T extends { id: number }>(items: readonly T[]): Record<number, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

function lay(state: State, snapshot: Snapshot): State {
  const { seq, whole = false, channels = [], follows } = snapshot;
  const counted = Object.fromEntries(channels.map((channel) => [channel.id, seq]));
  const messages = snapshot.messages ?? [];
  const authors = messages.map((message) => message.author);
  return {
    ...state,
    seq: whole ? Math.max(state.seq, seq) : state.seq,
    me: snapshot.me ?? state.me,
    clubs: { ...(whole ? {} : state.clubs), ...byId(snapshot.clubs ?? []) },
    channels: { ...(whole ? {} : state.channels), ...byId(channels) },
    counted: { ...(whole ? {} : state.counted), ...counted },
    people: withPeople(state, [...authors, ...(snapshot.people ?? [])]),
    messages: { ...state.messages, ...byId(messages) },
    stretches: snapshot.page ? withPage(state, snapshot.page) : state.stretches,
    follows: follows ? fromFollows(follows, seq) : state.follows,
    saved: snapshot.saved
      ? Object.fromEntries(snapshot.saved.map((id) => [id, true as const]))
      : state.saved,
  };
}

function withPage(state: State, page: NonNullable<Snapshot["page"]>): State["stretches"] {
  const { key, mode, ...stretch } = page;
  return { ...state.stretches, [key]: joinPage(state.stretches[key], stretch, mode) };
}

function fromFollows(follows: readonly Omit<Follow, "counted">[], seq: number): State["follows"] {
  return Object.fromEntries(
    follows.map((follow) => [follow.thread, { ...follow, counted: seq }]),
  );
}
