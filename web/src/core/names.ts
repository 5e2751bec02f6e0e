// How people and places are called.

import type { State } from "./state.ts";
import { t } from "./strings.ts";
import type { Channel, Person } from "./types.ts";

/** A person, or an author who may have been erased since. */
export function personName(person: { name?: string } | undefined): string {
  return person?.name ?? t.message.erased;
}

/** Two letters for the disc: « Anne-Marie Le Goff », « AL »; « Chef de projet, Nantua », « CN ». */
export function initials(name: string): string {
  const words = name.split(/[\s,'’]+/).filter((word) => /^\p{L}/u.test(word));
  const capitals = words.slice(1).filter((word) => /^\p{Lu}/u.test(word));
  return ((words[0]?.[0] ?? "?") + (capitals[0]?.[0] ?? "")).toLocaleUpperCase("fr");
}

/** Those one talks to in a direct conversation. */
export function othersOf(state: State, channel: Channel): Person[] {
  const others = (channel.people ?? []).filter((id) => id !== state.me.id);
  return others.map((id) => state.people[id] ?? { id });
}

/** A channel's name; of a direct conversation, the others'. */
export function channelName(state: State, channel: Channel): string {
  if (channel.kind !== "direct") {
    return channel.name;
  }
  const names = othersOf(state, channel).map(personName);
  return names.length > 0 ? names.join(", ") : t.direct.alone;
}

/** « Habitat · Club PVD de l'Ain » */
export function placeName(state: State, channel: Channel): string {
  const club = channel.club ? state.clubs[channel.club] : undefined;
  const name = channelName(state, channel);
  return club ? `${name} · ${club.name}` : name;
}

/**
 * Nothing if it only says the name again: « Chef de projet, Belley » is « Chef de projet · Belley
 * ».
 */
export function functionBeside(person: { name?: string; function?: string }): string | undefined {
  const plain = (text = "") => text.replace(/[\s,·-]+/g, " ").toLocaleLowerCase("fr");
  return plain(person.name) === plain(person.function) ? undefined : person.function;
}
