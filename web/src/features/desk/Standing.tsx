import { fullOf } from "../../core/dates.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent } from "../../core/types.ts";

/** In one line: draft, published or cancelled. */
export function Standing({ event }: { event: ClubEvent }) {
  const { state, publish_at, reason } = event;
  const words =
    state === "draft" && publish_at
      ? t.eventForm.state.planned(fullOf(publish_at))
      : t.eventForm.state[state];
  return (
    <p class="muted">
      {words} {state === "cancelled" && reason}
    </p>
  );
}
