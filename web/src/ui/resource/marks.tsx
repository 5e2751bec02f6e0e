// What kind of resource it is, and where it stands, beside its title.

import { lib } from "../../core/strings/library.ts";
import type { Resource, ResourceKind } from "../../core/types.ts";
import type { IconName } from "../Icon.tsx";

const icons: Record<ResourceKind, IconName> = {
  reference: "landmark",
  modele: "copy",
  guide: "book",
  fiche_projet: "file",
  podcast: "headphones",
  replay: "video",
  lien: "link",
  publication: "book",
};

export function kindIcon(kind: ResourceKind): IconName {
  return icons[kind];
}

/** Nothing where it is published, as most are. */
export function StateMark({ resource: { state } }: { resource: Pick<Resource, "state"> }) {
  if (state === "published") {
    return null;
  }
  const calls = state === "returned" ? " tag-signal" : state === "withdrawn" ? " tag-caution" : "";
  return <span class={`tag${calls}`}>{lib.states[state]}</span>;
}
