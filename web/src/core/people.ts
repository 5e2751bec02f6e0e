// People as profiles say them: one that is on screen, and the facts that concern it.

import { useFacts, useQuery } from "./hooks.ts";
import { ask } from "./live.ts";
import type { Fact, Profile } from "./types.ts";

/** A profile differs between readers: a fact says whose it is, and it is fetched again. */
export const ABOUT_PEOPLE = [
  "profile.changed",
  "member.changed",
  "member.left",
  "person.changed",
  "person.erased",
] as const;
const ABOUT_ME = ["access.gained", "access.changed", "access.lost"] as const;

/** Whom a fact is about; nothing where it is not about a person. */
export function personIn(fact: Fact): number | undefined {
  switch (fact.fact) {
    case "profile.changed":
    case "member.left":
    case "person.erased":
      return fact.person;
    case "member.changed":
      return fact.member.id;
    case "person.changed":
      return fact.person.id;
    default:
      return undefined;
  }
}

export function useProfile(id: number) {
  const { data, error, again } = useQuery(() => ask("profile.get", { person: id }), [id]);
  useFacts(
    [...ABOUT_PEOPLE, ...ABOUT_ME],
    again,
    (fact) => fact.fact.startsWith("access.") || personIn(fact) === id,
  );
  return { data: data?.profile.id === id ? data : undefined, error, again };
}

/** « tel: » wants the figures alone; what stands in brackets is for calls from the country itself. */
export function telOf(phone: string): string {
  return `tel:${phone.replace(/\(.*?\)/g, "").replace(/[^+\d]/g, "")}`;
}

/** The role of the first function, for the disc. */
export function faceOf({ id, name, functions }: Profile) {
  return { id, name, role: functions[0]?.role };
}
