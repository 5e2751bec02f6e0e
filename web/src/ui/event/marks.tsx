// Short words about an event and my place in it, beside its title.

import { isFull, seatsLeft } from "../../core/registering.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, EventMine } from "../../core/types.ts";
import { Icon } from "../Icon.tsx";

/** « 3 places libres sur 20 », « Complet… · 4 personnes attendent »; nothing without a limit. */
export function seatsText(event: ClubEvent): string {
  const left = seatsLeft(event);
  if (left === undefined || event.registration === "none") {
    return "";
  }
  const { capacity = 0, waiting } = event;
  const seats = isFull(event) ? t.seats.full(capacity) : t.seats.left(left, capacity);
  return waiting > 0 ? `${seats} · ${t.seats.waiting(waiting)}` : seats;
}

/** Cancelled, a draft, or where I stand. */
export function EventMark({ event, mine }: { event: ClubEvent; mine?: EventMine | undefined }) {
  if (event.state === "cancelled") {
    return <span class="tag tag-caution">{t.event.cancelled}</span>;
  }
  if (event.state === "draft") {
    return <span class="tag">{t.event.draft}</span>;
  }
  const mark = mine && t.register.marks[mine.registration];
  if (!mark) {
    return null;
  }
  const seated = mine.registration === "seated";
  const calls = mine.registration === "offered" || mine.registration === "invited";
  return (
    <span class={`tag${seated ? " tag-positive" : calls ? " tag-signal" : ""}`}>
      {seated && <Icon name="check" />}
      {mark}
    </span>
  );
}
