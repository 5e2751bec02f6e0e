import { useState } from "preact/hooks";
import { fullOf } from "../../core/dates.ts";
import { hrefOf, type Route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { timeLine } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { Figures } from "./Figures.tsx";

/** One line of the Club's events: what, when, how many, and where each thing is done. */
export function ClubEventItem({ event }: { event: ClubEvent }) {
  const { id, title, state, kind, publish_at } = event;
  const draft = state === "draft";
  return (
    <li class="desk-event">
      <p>
        <a
          class="strong"
          href={hrefOf(draft ? { page: "eventEdit", event: id } : { page: "event", event: id })}
        >
          {title}
        </a>{" "}
        {state === "cancelled" && <span class="tag tag-caution">{t.event.cancelled}</span>}
      </p>
      <p class="small muted">
        {t.kinds[kind]} · <time>{timeLine(event)}</time>
        {draft && publish_at && ` · ${t.clubEvents.publishAt(fullOf(publish_at))}`}
      </p>
      {!draft && <Seats event={event} />}
      <p class="row small">
        <LinkTo to={{ page: "eventEdit", event: id }} label={t.clubEvents.editOf(title)}>
          {t.clubEvents.edit}
        </LinkTo>
        {!draft && event.registration !== "none" && (
          <>
            <LinkTo
              to={{ page: "eventRegistrations", event: id }}
              label={t.clubEvents.registrationsOf(title)}
            >
              {t.registrations.title}
            </LinkTo>
            <LinkTo
              to={{ page: "eventPresence", event: id }}
              label={t.clubEvents.presenceOf(title)}
            >
              {t.attendance.title}
            </LinkTo>
          </>
        )}
      </p>
      {!draft && event.registration !== "none" && <Fold event={event} />}
    </li>
  );
}

function LinkTo({ to, label, children }: { to: Route; label: string; children: string }) {
  return (
    <a class="desk-link" href={hrefOf(to)} aria-label={label}>
      {children}
    </a>
  );
}

function Seats({ event }: { event: ClubEvent }) {
  const { registration, capacity, seated, waiting } = event;
  if (registration === "none") {
    return null;
  }
  return (
    <p class="small figures">
      {capacity ? t.registrations.seats(seated, capacity) : t.clubEvents.seated(seated)}
      {waiting > 0 && ` · ${t.clubEvents.waiting(waiting)}`}
    </p>
  );
}

/** Counted when asked for. */
function Fold({ event }: { event: ClubEvent }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary class="linklike small">
        {t.clubEvents.showFigures}
        <span class="visually-hidden"> : {event.title}</span>
      </summary>
      {open && <Figures of={{ event: event.id }} label={t.clubEvents.figuresOf(event.title)} />}
    </details>
  );
}
