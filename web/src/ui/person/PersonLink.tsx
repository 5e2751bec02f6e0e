import { personName } from "../../core/names.ts";
import { hrefOf } from "../../core/router.ts";

interface LinkProps {
  person: { id?: number; name?: string };
  class?: string;
  quiet?: boolean; // out of the order of the Tab key: the same is elsewhere in a menu
}

/** A name that leads to its person; only the word for one who was erased. */
export function PersonLink({ person, class: name = "strong", quiet }: LinkProps) {
  return person.id && person.name !== undefined ? (
    <a
      class={`person-link ${name}`}
      href={hrefOf({ page: "person", person: person.id })}
      tabIndex={quiet ? -1 : undefined}
    >
      {personName(person)}
    </a>
  ) : (
    <span class={name}>{personName(person)}</span>
  );
}
