// On the wire a person is called by number, « @[12] »; in a field people read and write a name.
// Pure.

import type { Person } from "./types.ts";

/** Names as they stand in a field, and whom each means there. */
export type Names = Map<string, number>;

/** For a field: known people by name, noted in `names`. */
export function toField(
  body: string,
  people: Readonly<Record<number, Person>>,
  names: Names,
): string {
  return body.replace(/@\[(\d+)\]/g, (raw, digits: string) => {
    const id = Number(digits);
    return callBy(people[id], names) ?? raw;
  });
}

/** « @Julien Morel », or nothing if that name means somebody else in this field. */
export function callBy(person: Person | undefined, names: Names): string | undefined {
  if (person?.name === undefined || (names.get(person.name) ?? person.id) !== person.id) {
    return undefined;
  }
  names.set(person.name, person.id);
  return `@${person.name}`;
}

/** For the wire; longer names first, since one may begin another. */
export function toWire(text: string, names: Names): string {
  const longest = [...names].sort(([a], [b]) => b.length - a.length);
  return longest.reduce((body, [name, id]) => {
    const pattern = new RegExp(
      `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
      "gu",
    );
    return body.replace(pattern, `@[${id}]`);
  }, text);
}
