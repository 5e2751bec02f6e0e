// What concerns me: what was not seen yet, with what to do about it; then what I am going to.

import { unseenOf } from "../../core/attend.ts";
import { useEvent, useEvents } from "../../core/events.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { act } from "../../core/own.ts";
import { isMine } from "../../core/registering.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Notice } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { EventLine } from "../../ui/event/EventLine.tsx";
import { Times } from "../../ui/event/Times.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { toast } from "../../ui/Toasts.tsx";

const NEXT_SHOWN = 5;
const HOUR_MS = 3_600_000;

export default function Concerns() {
  return (
    <>
      <Unseen />
      <Next />
    </>
  );
}

function Unseen() {
  const notices = useSelect((now) => now.notices, []);
  const seeing = useAction();
  const unseen = unseenOf(notices);
  const last = notices.list.at(-1);
  if (!last || unseen.length === 0) {
    return null;
  }
  const see = () =>
    void seeing.run(async () => {
      await send("notice.see", { position: last.id });
      toast(t.concerns.seenDone);
    });
  return (
    <section class="section" aria-labelledby="concerne">
      <div class="section-head">
        <h2 id="concerne">{t.concerns.title}</h2>
        <Button kind="quiet" small icon="check" busy={seeing.busy} onClick={see}>
          {t.concerns.seen}
        </Button>
      </div>
      <ul class="card card-flush list">
        {unseen.map((notice) => (
          <li key={notice.id}>
            <NoticeItem notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  const { event, resource, kind, detail } = notice;
  if (resource) {
    return <ResourceNotice notice={notice} resource={resource} />;
  }
  if (!event) {
    return null;
  }
  const reminder = kind === "reminder" ? t.concerns.reminders[detail ?? ""] : undefined;
  const to = hrefOf(
    kind === "asked"
      ? { page: "eventRegistrations", event: event.id }
      : { page: "event", event: event.id },
  );
  return (
    <div class="concern">
      <a class="concern-link" href={to}>
        <span class="block small strong">
          <Icon name={kind === "reminder" ? "clock" : "bell"} /> {t.concerns.notices[kind]}
          {reminder && ` : ${reminder}`}
        </span>
        <span class="block event-title">{event.title}</span>
        {detail && !reminder && <span class="block">{detail}</span>}
        <span class="block small muted">
          <Times when={event} />
        </span>
      </a>
      {kind === "offered" && <Confirm event={event.id} />}
    </div>
  );
}

interface ResourceNoticeProps {
  notice: Notice;
  resource: NonNullable<Notice["resource"]>;
}

/** A resource that waits for my word, or what was said of mine. */
function ResourceNotice({ notice: { kind, detail }, resource }: ResourceNoticeProps) {
  return (
    <div class="concern">
      <a class="concern-link" href={hrefOf({ page: "resource", resource: resource.id })}>
        <span class="block small strong">
          <Icon name="library" /> {t.concerns.notices[kind]}
        </span>
        <span class="block event-title">{resource.title}</span>
        {detail && <span class="block">{detail}</span>}
      </a>
    </div>
  );
}

/** While the seat is held. */
function Confirm({ event: id }: { event: number }) {
  const { mine } = useEvent(id);
  const action = useAction();
  if (mine?.registration !== "offered") {
    return null;
  }
  const confirm = () =>
    void action.run(async () => {
      await act("event.confirm", { event: id });
    });
  return (
    <p>
      <Button kind="primary" busy={action.busy} onClick={confirm}>
        {t.register.confirm}
      </Button>
      {action.error && <span class="field-error">{action.error}</span>}
    </p>
  );
}

function Next() {
  // To the hour: a wish that changes with each drawing would be asked for ever.
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  useEvents({ from: now, mine: true });
  const events = useSelect((state) => state.events, []);
  const attending = useSelect((state) => state.attending, []);
  const next = Object.values(events)
    .filter((event) => event.ends_at > Date.now() && event.state === "published")
    .filter((event) => isMine(attending[event.id]))
    .sort((a, b) => a.starts_at - b.starts_at)
    .slice(0, NEXT_SHOWN);
  if (next.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="prochains">
      <div class="section-head">
        <h2 id="prochains">{t.concerns.next}</h2>
        <a class="small" href={hrefOf({ page: "agenda", query: { miens: "oui" } })}>
          {t.concerns.all}
        </a>
      </div>
      <ul class="card card-flush list">
        {next.map((event) => (
          <li key={event.id}>
            <EventLine event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}
