// How people and places are called.

import type { Channel, Person } from "../gen/protocol.ts";
import type { State } from "./state.ts";
import { t } from "./strings.ts";

export function personName(person: Person | undefined): string {
  return person?.name ?? t.message.erased;
}

/** Two letters for the disc: « Anne-Marie Le Goff » → « AL ». */
export function initials(name: string): string {
  const words = name.split(/[\s]+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words[1]?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase("fr");
}

export function othersOf(channel: Channel, me: number): Person[] {
  return (channel.people ?? []).filter((person) => person.id !== me);
}

/** A channel's name; of a direct conversation, the others'. */
export function channelName(state: State, channel: Channel): string {
  if (channel.kind !== "direct") {
    return channel.name;
  }
  const names = othersOf(channel, state.me.id).map(personName);
  return names.length > 0 ? names.join(", ") : t.direct.alone;
}

/** « Habitat · Club PVD de l'Ain » */
export function placeName(state: State, channel: Channel): string {
  const club = channel.club ? state.clubs[channel.club] : undefined;
  const name = channelName(state, channel);
  return club ? `${name} · ${club.name}` : name;
}
