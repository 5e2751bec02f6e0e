// Forgetting what may no longer be read: the channel with its messages, stretches and followed threads.

import type { State } from "./state.ts";

export function dropClub(state: State, club: number): State {
  const { [club]: _gone, ...clubs } = state.clubs;
  const channels = Object.values(state.channels).filter((channel) => channel.club === club);
  return dropChannels(
    { ...state, clubs },
    channels.map((channel) => channel.id),
  );
}

/** A guest's Club goes with the last of its channels: nothing else tells them. */
export function dropChannel(state: State, channel: number): State {
  const club = state.channels[channel]?.club ?? 0;
  const next = dropChannels(state, [channel]);
  const guest = state.clubs[club]?.can.length === 0;
  const left = Object.values(next.channels).some((one) => one.club === club);
  return guest && !left ? dropClub(next, club) : next;
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
        : stretch.ids.every((id) => messages[id]),
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
  };
}
