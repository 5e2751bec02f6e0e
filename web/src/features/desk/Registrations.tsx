// Who registered, who waits, who asks; and inviting, registering, answering for the organiser.

import { useState } from "preact/hooks";
import { useEvent } from "../../core/events.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Registration, RegistrationState } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { RegisterDialog } from "./RegisterDialog.tsx";
import { RegistrationItem } from "./RegistrationItem.tsx";
import { useRegistrations } from "./useRegistrations.ts";

/** What asks for an answer comes first. */
const ORDER: readonly RegistrationState[] = [
  "asked",
  "seated",
  "offered",
  "waiting",
  "invited",
  "refused",
  "lapsed",
  "cancelled",
];
const FOLDED: readonly RegistrationState[] = ["refused", "lapsed", "cancelled"];

export default function RegistrationsPage({ event: id }: { event: number }) {
  const { event } = useEvent(id);
  const list = useRegistrations(id);
  const rows = list.rows ?? [];
  return (
    <Page
      title={t.registrations.title}
      up={{ page: "event", event: id }}
      above={event && <a href={hrefOf({ page: "event", event: id })}>{event.title}</a>}
    >
      {event && <Tools event={event} rows={rows} onChange={list.again} />}
      {list.error && <Failed error={list.error} again={list.again} />}
      {!list.rows && !list.error && <Loading />}
      {list.rows && rows.length === 0 && (
        <Empty
          title={event?.state === "draft" ? t.registrations.notPublished : t.registrations.empty}
        />
      )}
      {ORDER.map((state) => {
        const group = rows.filter((row) => row.state === state);
        return (
          group.length > 0 && (
            <StateGroup
              key={state}
              state={state}
              rows={group}
              event={event}
              onChange={list.again}
            />
          )
        );
      })}
    </Page>
  );
}

interface GroupProps {
  state: RegistrationState;
  rows: readonly Registration[];
  event: ClubEvent | undefined;
  onChange: () => void;
}

function StateGroup({ state, rows, event, onChange }: GroupProps) {
  const heading = (
    <>
      {t.registrations.states[state]}{" "}
      <span class="muted small figures">
        {state === "seated" && event?.capacity
          ? t.registrations.seats(rows.length, event.capacity)
          : t.registrations.count(rows.length)}
      </span>
    </>
  );
  const items = (
    <ul class="list">
      {rows.map((row) => (
        <RegistrationItem key={row.id} row={row} event={event} onChange={onChange} />
      ))}
    </ul>
  );
  return FOLDED.includes(state) ? (
    <details class="section">
      <summary class="linklike">{heading}</summary>
      {items}
    </details>
  ) : (
    <section class="section" aria-labelledby={`etat-${state}`}>
      <h2 id={`etat-${state}`}>{heading}</h2>
      {items}
    </section>
  );
}

interface ToolsProps {
  event: ClubEvent;
  rows: readonly Registration[];
  onChange: () => void;
}

function Tools({ event, rows, onChange }: ToolsProps) {
  const [open, setOpen] = useState<"invite" | "register" | undefined>(undefined);
  const close = () => setOpen(undefined);
  const isOpen = event.state === "published";
  const known = rows.flatMap((row) => (row.person ? [row.person.id] : []));
  const here = rows.flatMap((row) => (row.person && isHere(row) ? [row.person.id] : []));
  return (
    <div class="row">
      {isOpen && (
        <>
          <Button kind="primary" icon="invite" onClick={() => setOpen("invite")}>
            {t.registrations.invite}
          </Button>
          <Button icon="plus" onClick={() => setOpen("register")}>
            {t.registrations.register}
          </Button>
        </>
      )}
      <a class="button" href={hrefOf({ page: "eventPresence", event: event.id })}>
        <Icon name="list" />
        {t.registrations.presence}
      </a>
      <a class="button button-quiet" href={`/evenement/${event.id}/presents.csv`} download>
        <Icon name="download" />
        {t.registrations.csv}
      </a>
      {open === "invite" && (
        <InviteDialog {...{ event, onChange }} without={known} onClose={close} />
      )}
      {open === "register" && (
        <RegisterDialog {...{ event, onChange }} without={here} onClose={close} />
      )}
    </div>
  );
}

/** Takes part or waits to: there is nothing left to register. */
function isHere({ state }: Registration): boolean {
  return ["asked", "waiting", "offered", "seated"].includes(state);
}
