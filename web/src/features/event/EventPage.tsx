// One event: what, when, where, for whom; my own place in it; what belongs to it.

import { useEvent, useEvents } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { instantText } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { EventLine } from "../../ui/event/EventLine.tsx";
import { EventMark } from "../../ui/event/marks.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Prose } from "../../ui/message/Prose.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { EventFacts, EventLinks } from "./facts.tsx";
import { Registration } from "./Registration.tsx";

const UP = { page: "agenda", query: {} } as const;

export default function EventPage({ id }: { id: number }) {
  const { event, mine, rank, error, again } = useEvent(id, true);
  if (!event) {
    return (
      <Page title={t.event.title} up={UP}>
        {!error && <Loading />}
        {error && (
          <Empty title={t.event.gone}>
            <Failed error={error} again={again} />
          </Empty>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={event.title}
      up={UP}
      above={
        <>
          {t.kinds[event.kind]} <EventMark event={event} />
        </>
      }
    >
      <State event={event} />
      {mine?.can.includes("manage") && <Manage event={event} />}
      <EventFacts event={event} mine={mine} />
      {mine && <Registration event={event} mine={mine} rank={rank} />}
      <EventLinks event={event} mine={mine} />
      {event.nodes.length > 0 && (
        <section class="section" aria-labelledby="presentation">
          <h2 id="presentation">{t.event.about}</h2>
          <Prose nodes={event.nodes} />
        </section>
      )}
      {event.kind === "semaine" && <Program week={event} />}
    </Page>
  );
}

/** What is out of the ordinary: cancelled, changed since one knew of it, not yet published. */
function State({ event }: { event: ClubEvent }) {
  const moved = useSelect(
    (now) =>
      now.notices.list.findLast((one) => one.event?.id === event.id && one.kind === "moved")
        ?.detail,
    [event.id],
  );
  if (event.state === "cancelled") {
    return (
      <Notice kind="caution">
        <p class="strong">{t.event.cancelledTitle}</p>
        {event.reason && <p>{event.reason}</p>}
      </Notice>
    );
  }
  if (event.state === "draft") {
    const at = event.publish_at;
    return (
      <Notice>
        {t.event.draftHint} {at ? t.event.planned(instantText(at)) : ""}
      </Notice>
    );
  }
  return moved ? (
    <Notice kind="caution">
      <p>
        <strong>{t.event.moved}</strong> : {moved}
      </p>
    </Notice>
  ) : null;
}

/** What a thematic week is made of. */
function Program({ week }: { week: ClubEvent }) {
  const { ready } = useEvents({ from: week.starts_at, to: week.ends_at });
  const events = useSelect((now) => now.events, []);
  const parts = Object.values(events)
    .filter((one) => one.parent === week.id && one.state !== "draft")
    .sort((a, b) => a.starts_at - b.starts_at);
  if (parts.length === 0) {
    return ready ? null : <Loading />;
  }
  return (
    <section class="section" aria-labelledby="programme">
      <h2 id="programme">{t.event.program}</h2>
      <ul class="card card-flush list">
        {parts.map((event) => (
          <li key={event.id}>
            <EventLine event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Manage({ event }: { event: ClubEvent }) {
  return (
    <section class="event-manage" aria-labelledby="gerer">
      <h2 id="gerer" class="small muted">
        {t.event.manage}
      </h2>
      <p class="row">
        <a class="button" href={hrefOf({ page: "eventEdit", event: event.id })}>
          <Icon name="edit" />
          {t.event.edit}
        </a>
        <a class="button" href={hrefOf({ page: "eventRegistrations", event: event.id })}>
          <Icon name="people" />
          {t.event.registrations}
        </a>
        <a class="button" href={hrefOf({ page: "eventPresence", event: event.id })}>
          <Icon name="check" />
          {t.event.presence}
        </a>
      </p>
    </section>
  );
}
