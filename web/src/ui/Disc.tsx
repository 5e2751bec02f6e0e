import { initials, personName } from "../core/names.ts";

const TINTS = 6;

interface DiscProps {
  person: { id?: number; name?: string; role?: string | undefined };
  small?: boolean;
}

/** Initials in a tinted disc; its shape tells the role. The name is always written beside it. */
export function Disc({ person, small }: DiscProps) {
  const shape = person.role ? ` disc-${person.role}` : "";
  const size = small ? " disc-small" : "";
  return (
    <span class={`disc tint-${(person.id ?? 0) % TINTS}${shape}${size}`} aria-hidden="true">
      {person.name === undefined ? "·" : initials(personName(person))}
    </span>
  );
}
