// Whom a fact is about.

import type { Fact } from "./types.ts";

/** A profile differs between readers: a fact says whose it is, and it is fetched again. */
export const ABOUT_PEOPLE = [
  "profile.changed",
  "member.changed",
  "member.left",
  "person.changed",
  "person.erased",
] as const;
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
