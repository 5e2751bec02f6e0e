// Unread and mention counts, by the same rule as the server's SQL: messages of others, in the main
// stream, not deleted, above the read position. Where a message's mentions change, the server tells
// those concerned their counts by a mark; everything else is counted here, fact by fact.

import { type State, UNREAD_MAX, want } from "./state.ts";
import type { Channel, Message } from "./types.ts";

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
      (mention.kind === "role" && mention.target !== undefined && roles.includes(mention.target)),
  );
}

function withCounts(
  state: State,
  channel: Channel,
  seq: number,
  unread: number,
  mentions: number,
): State {
  const limited = (count: number) => Math.min(UNREAD_MAX, Math.max(0, count));
  const mine = { ...channel.mine, unread: limited(unread), mentions: limited(mentions) };
  return {
    ...state,
    channels: { ...state.channels, [channel.id]: { ...channel, mine } },
    counted: { ...state.counted, [channel.id]: seq },
  };
}

/** The channel whose counts this message takes part in, unless they already hold it. */
function counting(state: State, seq: number, message: Message): Channel | undefined {
  const channel = state.channels[message.channel];
  const counts =
    channel &&
    seq > (state.counted[channel.id] ?? 0) &&
    !message.thread &&
    message.author.id !== state.me.id &&
    message.id > channel.mine.position;
  return counts ? channel : undefined;
}

export function countPosted(state: State, seq: number, message: Message): State {
  const channel = counting(state, seq, message);
  if (!channel || message.deleted) {
    return state;
  }
  const { unread, mentions } = channel.mine;
  return withCounts(state, channel, seq, unread + 1, mentions + (callsMe(state, message) ? 1 : 0));
}

/** `old` is the message as it was known; if it called me, a mark follows with the exact counts. */
export function countDeleted(
  state: State,
  seq: number,
  old: Message | undefined,
  message: Message,
): State {
  const channel = counting(state, seq, message);
  if (!channel || old?.deleted) {
    return state;
  }
  if (channel.mine.unread >= UNREAD_MAX) {
    return want(state, `channel:${channel.id}`);
  }
  const { unread, mentions } = channel.mine;
  return withCounts(
    state,
    channel,
    seq,
    unread - 1,
    mentions - (old && callsMe(state, old) ? 1 : 0),
  );
}

/**
 * Exact counts from the server. In a replay they hold at the number of its last fact, which they
 * win over.
 */
export function countExact(
  state: State,
  seq: number,
  mark: { channel: number; position: number; unread: number; mentions: number },
): State {
  const channel = state.channels[mark.channel];
  if (!channel || seq < (state.counted[channel.id] ?? 0)) {
    return state;
  }
  const mine = { ...channel.mine, position: mark.position };
  return withCounts(state, { ...channel, mine }, seq, mark.unread, mark.mentions);
}

/** Answers in a thread I follow; the same rule, with the thread's own position. */
export function countAnswer(state: State, seq: number, message: Message, change: 1 | -1): State {
  const follow = state.follows[message.thread ?? 0];
  const mine = message.author.id === state.me.id;
  if (!follow || mine || seq <= follow.counted || message.id <= follow.position) {
    return state;
  }
  const limited = (count: number) => Math.min(UNREAD_MAX, Math.max(0, count));
  const next = {
    ...follow,
    unread: limited(follow.unread + change),
    mentions: limited(follow.mentions + (callsMe(state, message) ? change : 0)),
    counted: seq,
  };
  return { ...state, follows: { ...state.follows, [follow.thread]: next } };
}
