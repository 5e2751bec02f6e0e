import type { Person } from "../gen/protocol.ts";
import { initials, personName } from "../core/names.ts";

const TINTS = 6;

/** Initials in a tinted disc; its shape tells the role. The name is always written beside it. */
export function Disc({ person, small }: { person: Person; small?: boolean }) {
  const shape = person.role ? ` disc-${person.role}` : "";
  const size = small ? " disc-small" : "";
  return (
    <span class={`disc tint-${person.id % TINTS}${shape}${size}`} aria-hidden="true">
      {person.name === undefined ? "·" : initials(personName(person))}
    </span>
  );
}
