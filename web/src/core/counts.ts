// Unread and mention counts, by the same rule as the server's SQL: messages of others, in the main
// stream, not deleted, above the read position.

import type { Channel, Message } from "../gen/protocol.ts";
import type { State } from "./state.ts";
import { want } from "./state.ts";

/** Whether this message calls me: by my name, a role I hold in the Club, or everybody. */
export function callsMe(state: State, message: Message): boolean {
  if (message.author.id === state.me.id) {
    return false;
  }
  const club = state.channels[message.channel]?.club;
  const roles: readonly string[] = (club !== undefined && state.clubs[club]?.roles) || [];
  return (message.mentions ?? []).some(
    (mention) =>
      mention.kind === "all" ||
      (mention.kind === "person" && mention.target === String(state.me.id)) ||
      (mention.kind === "role" && roles.includes(mention.target)),
  );
}

function countable(state: State, channel: Channel, message: Message): boolean {
  return !message.thread && message.author.id !== state.me.id && message.id > channel.read;
}

function setCounts(state: State, channel: Channel, seq: number, unread: number, calls: number): State {
  const next = { ...channel, unread: Math.max(0, unread), mentions: Math.max(0, calls) };
  return {
    ...state,
    channels: { ...state.channels, [channel.id]: next },
    counted: { ...state.counted, [channel.id]: seq },
  };
}

function toCount(state: State, seq: number, message: Message): Channel | undefined {
  const channel = state.channels[message.channel];
  const isNew = channel && seq > (state.counted[channel.id] ?? 0);
  return isNew && countable(state, channel, message) ? channel : undefined;
}

export function countPosted(state: State, seq: number, message: Message): State {
  const channel = toCount(state, seq, message);
  if (!channel || message.deleted) {
    return state;
  }
  const calls = channel.mentions + (callsMe(state, message) ? 1 : 0);
  return setCounts(state, channel, seq, channel.unread + 1, calls);
}

/** `old` is the message as it was known; without it the counts are asked again. */
export function countEdited(state: State, seq: number, old: Message | undefined, message: Message): State {
  const channel = toCount(state, seq, message);
  if (!channel || message.deleted) {
    return state;
  }
  if (!old) {
    return want(state, `channel:${channel.id}`);
  }
  const change = Number(callsMe(state, message)) - Number(callsMe(state, old));
  return setCounts(state, channel, seq, channel.unread, channel.mentions + change);
}

export function countDeleted(state: State, seq: number, old: Message | undefined, message: Message): State {
  const channel = toCount(state, seq, message);
  if (!channel || old?.deleted) {
    return state;
  }
  if (!old) {
    return want(state, `channel:${channel.id}`);
  }
  const calls = channel.mentions - (callsMe(state, old) ? 1 : 0);
  return setCounts(state, channel, seq, channel.unread - 1, calls);
}

/** Exact counts from the server. */
export function countExact(
  state: State,
  seq: number,
  mark: { channel: number; position: number; unread: number; mentions: number },
): State {
  const channel = state.channels[mark.channel];
  if (!channel || seq <= (state.counted[channel.id] ?? 0)) {
    return state;
  }
  return setCounts(state, { ...channel, read: mark.position }, seq, mark.unread, mark.mentions);
}

/** Replies in a thread I follow. */
export function countReply(state: State, seq: number, message: Message, change: 1 | -1): State {
  const follow = state.follows[message.thread ?? 0];
  const mine = message.author.id === state.me.id;
  if (!follow || mine || seq <= follow.counted || message.id <= follow.position) {
    return state;
  }
  const unread = Math.max(0, follow.unread + change);
  return {
    ...state,
    follows: { ...state.follows, [follow.thread]: { ...follow, unread, counted: seq } },
  };
}

/** Whether I begin to follow a thread by this message: as its replier, its author, or called in it. */
export function beginsFollow(state: State, message: Message): boolean {
  const thread = message.thread;
  if (!thread || state.follows[thread]) {
    return false;
  }
  const root = state.messages[thread];
  const me = state.me.id;
  return message.author.id === me || !root || root.author.id === me || callsMe(state, message);
}
