// Who can come, in words.

import type { State } from "./state.ts";
import { t } from "./strings.ts";
import type { ClubEvent } from "./types.ts";

/** The Clubs it is announced to: by name those I know, the others by their number. */
export function audienceOf(state: State, event: ClubEvent): string {
  if (event.scope === "network") {
    return t.event.everybody;
  }
  if (event.scope === "region") {
    return event.region ? t.event.inRegion(event.region) : t.event.inRegionPlain;
  }
  const ids = event.clubs ?? [];
  const names = ids.flatMap((id) => state.clubs[id]?.name ?? []).slice(0, 3);
  const others = ids.length - names.length;
  return [...names, ...(others > 0 ? [t.event.andClubs(others, names.length > 0)] : [])].join(", ");
}

/** « Commune de Belley, 12 rue de la Halle », « En ligne », or both. */
export function placeOf(event: ClubEvent): string {
  const place = [event.address, event.commune].filter(Boolean).join(", ");
  const online = event.link || event.platform || event.link_shown === "registered";
  return [place, online && !place ? t.event.online : ""].filter(Boolean).join(" · ");
}
