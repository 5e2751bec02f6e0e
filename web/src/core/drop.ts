// Forgetting what may no longer be read: the channel with its messages, stretches and followed
// threads.

import { type State, want } from "./state.ts";

/**
 * A Club's channels are lost one by one, after it: who stays a guest in one of them, or has a seat at
 * its event, keeps both. What called the roles one had there calls no more: those are counted anew.
 */
export function dropClub(state: State, club: number): State {
  const { [club]: old, ...clubs } = state.clubs;
  const { [club]: _card, ...cards } = state.cards;
  const held = Object.values(state.channels).filter((channel) => channel.club === club);
  if (!old || held.length === 0) {
    return { ...state, clubs, cards };
  }
  const kept = { ...clubs, [club]: { ...old, can: [], roles: [] } };
  return held.reduce<State>((now, { id }) => want(now, `channel:${id}`), {
    ...state,
    cards,
    clubs: kept,
  });
}

/** A guest's Club goes with the last of its channels: nothing else tells them. */
export function dropChannel(state: State, channel: number): State {
  const club = state.channels[channel]?.club ?? 0;
  const next = dropChannels(state, [channel]);
  const isGuest = state.clubs[club]?.can.length === 0;
  return isGuest && !hasChannels(next, club) ? dropClub(next, club) : next;
}

function hasChannels({ channels }: State, club: number): boolean {
  return Object.values(channels).some((channel) => channel.club === club);
}

function dropChannels(state: State, ids: readonly number[]): State {
  const gone = new Set(ids);
  const keep = <T>(record: Readonly<Record<number, T>>, channelOf: (item: T) => number) =>
    Object.fromEntries(Object.entries(record).filter(([, item]) => !gone.has(channelOf(item))));
  const messages = keep(state.messages, (message) => message.channel);
  const stretches = Object.fromEntries(
    Object.entries(state.stretches).filter(([key, stretch]) =>
      key.startsWith("c")
        ? !gone.has(Number(key.slice(1)))
        : messages[Number(key.slice(1))] && stretch.ids.every((id) => messages[id]),
    ),
  );
  const counted = Object.fromEntries(
    Object.entries(state.counted).filter(([id]) => !gone.has(Number(id))),
  );
  return {
    ...state,
    channels: keep(state.channels, (channel) => channel.id),
    follows: keep(state.follows, (follow) => follow.channel),
    counted,
    messages,
    stretches,
    wanted: state.wanted.filter((one) => !gone.has(Number(/^channel:(\d+)/.exec(one)?.[1]))),
  };
}

/** What is kept of a conversation that is left: its end, or nothing where the end is not there. */
const KEPT = 60;

export function leaveStretch(state: State, key: string): State {
  const { [key]: stretch, ...others } = state.stretches;
  if (!stretch || (stretch.ids.length <= KEPT && !stretch.moreAfter)) {
    return state;
  }
  const ids = stretch.moreAfter ? [] : stretch.ids.slice(-KEPT);
  const gone = new Set(stretch.ids.filter((id) => !ids.includes(id) && !state.follows[id]));
  const messages = Object.fromEntries(
    Object.entries(state.messages).filter(([id]) => !gone.has(Number(id))),
  );
  const stretches = stretch.moreAfter
    ? others
    : { ...others, [key]: { ...stretch, ids, moreBefore: true } };
  return { ...state, messages, stretches };
}
