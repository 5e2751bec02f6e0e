// The one reducer: apply(state, fact), and merge(state, snapshot). Pure, so that a state fetched
// and then carried on by facts is the state that would be fetched later (the fold law).

import type { ThreadMine } from "../gen/protocol.ts";
import { addNotice, changeEvent, changeMine, dropEvent, dropEvents, layEvents } from "./attend.ts";
import { countAnswer, countDeleted, countExact, countPosted } from "./counts.ts";
import { dropChannel, dropClub } from "./drop.ts";
import { peopleIn, personOf, renamed, withPeople } from "./named.ts";
import { changeResource, dropResource, layResources } from "./shelf.ts";
import {
  byId,
  type Notices,
  RECENT_FACTS,
  type State,
  type Stretch,
  stretchKey,
  want,
} from "./state.ts";
import { insertId, joinPage, type PageMode } from "./stretch.ts";
import type {
  Channel,
  Club,
  ClubCard,
  ClubEvent,
  EventMine,
  Fact,
  Me,
  Message,
  Person,
  Resource,
  ResourceMine,
} from "./types.ts";

/** What a query brought; `seq` is the head at which it was read. */
export interface Snapshot {
  seq: number;
  me?: Me;
  clubs?: readonly Club[];
  channels?: readonly Channel[];
  people?: readonly Person[];
  messages?: readonly Message[];
  page?: Stretch & { key: string; mode: PageMode };
  follows?: readonly ThreadMine[];
  saved?: readonly number[];
  events?: readonly ClubEvent[];
  attending?: readonly EventMine[];
  resources?: readonly Resource[];
  /** What I alone am told, by resource. */
  resourceMine?: Readonly<Record<number, ResourceMine>>;
  cards?: readonly ClubCard[];
  notices?: Notices;
  /** These lists are whole: what is not in them is gone. */
  whole?: boolean;
}

export function apply(state: State, fact: Fact): State {
  const next = change(state, fact);
  return {
    ...next,
    seq: Math.max(next.seq, fact.seq),
    recent: [...next.recent.slice(1 - RECENT_FACTS), fact],
  };
}

/**
 * What resume brought up to `cursor`, and what was heard right behind it. What was brought holds its
 * object as it is at `cursor`, whatever its number: so marks come last, and a message posted and
 * deleted meanwhile is told once.
 */
export function replay(state: State, heard: readonly Fact[], cursor: number): State {
  const facts = heard.filter((fact) => fact.seq <= cursor);
  const later = heard.filter((fact) => fact.seq > cursor);
  const isMark = (fact: Fact) => fact.fact === "read.moved" || fact.fact === "thread.read";
  const stillborn = new Set(
    facts.map((fact) =>
      fact.fact === "message.posted" && fact.message.deleted ? fact.message.id : 0,
    ),
  );
  const counts = (fact: Fact) =>
    !(fact.fact === "message.deleted" && stillborn.has(fact.message.id));
  const ordered = facts
    .filter((fact) => !isMark(fact) && counts(fact))
    .sort((a, b) => a.seq - b.seq);
  const marks = facts.filter(isMark).map((fact) => ({ ...fact, seq: cursor }));
  const brought = [...ordered, ...marks].reduce(apply, state);
  return later.reduce(apply, { ...brought, seq: Math.max(brought.seq, cursor) });
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
      // One that was deleted meanwhile is told so by a fact of its own, which counts it.
      return fact.message.deleted ? state : reworded(state, fact.message);
    case "message.deleted":
      return deleted(state, fact.seq, fact.message);
    case "message.reacted":
      return withMessage(state, fact.message, { reactions: fact.reactions });
    case "message.pinned":
      return withMessage(state, fact.message, { pinned: fact.pinned });
    case "thread.changed":
      return withMessage(state, fact.message, {
        replies: fact.replies,
        last_reply: fact.last_reply,
      });
    case "channel.changed":
      return withChannel(state, fact.channel.id, fact.channel);
    case "access.gained":
    case "access.changed":
      return want(ofClub(state, fact), `${fact.kind}:${fact.id}`);
    case "access.lost":
      return fact.kind === "club"
        ? dropClub(ofClub(state, fact), fact.id)
        : dropChannel(state, fact.id);
    case "event.changed":
      return changeEvent(state, fact.event);
    case "event.gone":
      return dropEvent(state, fact.event);
    case "resource.changed":
      return changeResource(state, fact.resource);
    case "resource.gone":
      return dropResource(state, fact.resource);
    case "registration.changed":
      return changeMine(state, fact.mine);
    case "club.card_changed":
      return withCards(state, [fact.card]);
    case "notice.added":
      return addNotice(state, fact.notice);
    case "notice.seen":
      return { ...state, notices: { ...state.notices, position: fact.position } };
    case "member.changed":
      return { ...state, people: withPeople(state, [personOf(fact.member)]) };
    case "person.changed":
      return renamed(state, fact.person);
    case "person.erased":
      return renamed(state, { id: fact.person });
    case "read.moved":
      return countExact(state, fact.seq, fact);
    case "draft.changed":
      return withMine(state, fact.channel, { draft: fact.body });
    case "notification.changed":
      return withMine(state, fact.channel, { level: fact.level });
    case "saved.changed":
      return { ...state, saved: withSaved(state.saved, fact.message, fact.saved) };
    case "thread.read":
      return threadRead(state, fact.seq, fact);
    default:
      return state; // said to be heard (hooks.ts), not kept; or said by a newer server
  }
}

/** Another standing in a Club: other events and resources are seen, and other things done there. */
function ofClub(state: State, fact: { seq: number; kind: string }): State {
  return fact.kind === "club" ? dropEvents(state, fact.seq) : state;
}

function posted(state: State, seq: number, message: Message): State {
  const counted = countPosted(
    message.deleted ? state : countAnswer(state, seq, message, 1),
    seq,
    message,
  );
  const next = { ...counted, people: withPeople(counted, peopleIn([message])) };
  const key = stretchKey(message.channel, message.thread);
  const stretch = next.stretches[key];
  if (!stretch || stretch.moreAfter) {
    return next;
  }
  return {
    ...next,
    messages: { ...next.messages, [message.id]: message },
    stretches: { ...next.stretches, [key]: { ...stretch, ids: insertId(stretch.ids, message.id) } },
  };
}

function reworded(state: State, message: Message): State {
  const next = { ...state, people: withPeople(state, peopleIn([message])) };
  return withMessage(next, message.id, message, true);
}

function deleted(state: State, seq: number, message: Message): State {
  const old = state.messages[message.id];
  const answers = old?.deleted ? state : countAnswer(state, seq, old ?? message, -1);
  return withMessage(countDeleted(answers, seq, old, message), message.id, message, true);
}

function threadRead(state: State, seq: number, mine: ThreadMine): State {
  const { thread, channel, following, position, unread, mentions } = mine;
  const { [thread]: old, ...others } = state.follows;
  if (old && seq < old.counted) {
    return state;
  }
  const next = { thread, channel, following, position, unread, mentions, counted: seq };
  return { ...state, follows: following ? { ...others, [thread]: next } : others };
}

function withMessage(state: State, id: number, part: Partial<Message>, whole = false): State {
  const old = state.messages[id];
  if (!old) {
    return state;
  }
  const next = whole ? (part as Message) : { ...old, ...part };
  return { ...state, messages: { ...state.messages, [id]: next } };
}

function withChannel(state: State, id: number, part: Partial<Channel>): State {
  const old = state.channels[id];
  return old ? { ...state, channels: { ...state.channels, [id]: { ...old, ...part } } } : state;
}

function withMine(state: State, id: number, part: Partial<Channel["mine"]>): State {
  const old = state.channels[id];
  return old ? withChannel(state, id, { mine: { ...old.mine, ...part } }) : state;
}

/** A card that nobody has asked for is not kept: its Club's page fetches it. */
function withCards(state: State, cards: readonly ClubCard[]): State {
  const held = cards.filter((card) => state.cards[card.club]);
  const next = Object.fromEntries(held.map((card) => [card.club, card]));
  return held.length > 0 ? { ...state, cards: { ...state.cards, ...next } } : state;
}

function withSaved(saved: State["saved"], id: number, on: boolean): State["saved"] {
  const { [id]: _old, ...rest } = saved;
  return on ? { ...rest, [id]: true } : rest;
}

function lay(state: State, snapshot: Snapshot): State {
  const { seq, whole = false, channels = [], follows, messages = [], page } = snapshot;
  const counted = Object.fromEntries(channels.map((channel) => [channel.id, seq]));
  return {
    ...layResources(layEvents(state, snapshot), snapshot),
    seq: whole ? Math.max(state.seq, seq) : state.seq,
    me: snapshot.me ?? state.me,
    clubs: { ...(whole ? {} : state.clubs), ...byId(snapshot.clubs ?? []) },
    channels: { ...(whole ? {} : state.channels), ...byId(channels) },
    counted: { ...(whole ? {} : state.counted), ...counted },
    people: withPeople(state, [...(snapshot.people ?? []), ...peopleIn(messages)]),
    messages: { ...state.messages, ...byId(messages) },
    stretches: page ? withPage(state, page) : state.stretches,
    cards: {
      ...(whole ? {} : state.cards),
      ...Object.fromEntries((snapshot.cards ?? []).map((card) => [card.club, card])),
    },
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

function fromFollows(follows: readonly ThreadMine[], seq: number): State["follows"] {
  const followed = follows.filter((follow) => follow.following);
  return Object.fromEntries(followed.map((follow) => [follow.thread, { ...follow, counted: seq }]));
}
