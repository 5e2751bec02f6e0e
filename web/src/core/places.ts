// Clubs and channels in the order they are shown, and what waits in them.

import type { State } from "./state.ts";
import type { Channel, Club } from "./types.ts";

/** My own département first, then the national Club, then the others. */
export function clubsInOrder(state: State): Club[] {
  const rank = (club: Club) =>
    Number(club.roles.length === 0) * 2 + Number(club.kind === "national");
  return Object.values(state.clubs).sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "fr"),
  );
}

/** Clubs I belong to, or where a channel is open to me; the others only an administrator sees. */
export function myClubs(state: State): Club[] {
  const guestOf = new Set(
    state.me.administrator ? [] : Object.values(state.channels).map((channel) => channel.club),
  );
  return clubsInOrder(state).filter((club) => club.roles.length > 0 || guestOf.has(club.id));
}

export function channelsOf(state: State, club: number): Channel[] {
  return Object.values(state.channels)
    .filter((channel) => channel.club === club)
    .sort((a, b) => a.position - b.position || a.id - b.id);
}

/** Apart: what stays in a Club, and where one talks around an event one comes to. */
export function byKind(channels: readonly Channel[]): { places: Channel[]; events: Channel[] } {
  const isPlace = (channel: Channel) => channel.kind !== "event";
  return {
    places: channels.filter(isPlace),
    events: channels.filter((channel) => !isPlace(channel)),
  };
}

/** Direct conversations: those that wait first, then the last one begun or read. */
export function directsOf(state: State): Channel[] {
  const last = (channel: Channel) => Math.max(channel.mine.position, channel.id);
  return Object.values(state.channels)
    .filter((channel) => channel.kind === "direct")
    .sort((a, b) => Number(b.mine.unread > 0) - Number(a.mine.unread > 0) || last(b) - last(a));
}

/** What a place shows: nothing when muted, mentions only when so chosen. */
export function waiting(channel: Channel): { unread: boolean; mentions: number } {
  const { level, unread, mentions } = channel.mine;
  if (level === "none" || channel.archived) {
    return { unread: false, mentions: 0 };
  }
  return {
    unread: level === "all" && unread > 0,
    mentions: channel.kind === "direct" ? unread : mentions,
  };
}

export function waitingIn(channels: readonly Channel[]): { unread: boolean; mentions: number } {
  return channels
    .map(waiting)
    .reduce(
      (sum, one) => ({ unread: sum.unread || one.unread, mentions: sum.mentions + one.mentions }),
      { unread: false, mentions: 0 },
    );
}
