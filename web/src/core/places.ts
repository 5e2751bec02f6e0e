// Clubs and channels in the order they are shown, and what waits in them.

import type { Channel, Club } from "../gen/protocol.ts";
import type { State } from "./state.ts";

export function clubsInOrder(state: State): Club[] {
  const rank = (club: Club) => (club.kind === "national" ? 0 : 1);
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

/** Direct conversations, the latest read or written first. */
export function directsOf(state: State): Channel[] {
  return Object.values(state.channels)
    .filter((channel) => channel.kind === "direct")
    .sort((a, b) => Number(b.unread > 0) - Number(a.unread > 0) || b.read - a.read || b.id - a.id);
}

/** What a place shows: nothing when muted, mentions only when so chosen. */
export function waiting(channel: Channel): { unread: boolean; mentions: number } {
  if (channel.level === "none" || channel.archived) {
    return { unread: false, mentions: 0 };
  }
  const mentions = channel.kind === "direct" ? channel.unread : channel.mentions;
  return { unread: channel.level === "all" && channel.unread > 0, mentions };
}

export function waitingIn(channels: readonly Channel[]): { unread: boolean; mentions: number } {
  return channels.map(waiting).reduce(
    (sum, one) => ({ unread: sum.unread || one.unread, mentions: sum.mentions + one.mentions }),
    { unread: false, mentions: 0 },
  );
}
