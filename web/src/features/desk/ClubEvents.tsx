// A Club's events for who runs them: drafts, what comes, what was, and how many took part.

import { useState } from "preact/hooks";
import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { go, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ClubEventItem } from "./ClubEventItem.tsx";
import { Figures } from "./Figures.tsx";
import { useClub } from "./useClub.ts";

const PAGE = 100;
const YEAR_MS = 365 * 86_400_000;

export default function ClubEvents({ club: id }: { club: number }) {
  const club = useClub(id);
  const manages = club?.can.includes("manage") ?? false;
  return (
    <Page
      title={t.clubEvents.title}
      up={{ page: "club", club: id }}
      above={club && <a href={hrefOf({ page: "club", club: id })}>{club.name}</a>}
      tools={
        manages ? (
          <Button kind="primary" icon="plus" onClick={() => go({ page: "eventNew", club: id })}>
            {t.clubEvents.add}
          </Button>
        ) : undefined
      }
    >
      {club && manages && <Lists club={id} />}
      {club && !manages && (
        <Empty title={t.clubEvents.notYours}>
          <p>
            <a class="button" href={hrefOf({ page: "agenda", query: { club: id } })}>
              {t.clubEvents.toAgenda}
            </a>
          </p>
        </Empty>
      )}
    </Page>
  );
}

/** All pages of what this Club runs, by start. */
async function fetchEvents(club: number, from: number): Promise<ClubEvent[]> {
  const events: ClubEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask("event.list", {
      club,
      drafts: true,
      limit: PAGE,
      ...(from ? { from } : {}),
      ...(cursor ? { cursor } : {}),
    });
    events.push(...page.events.filter((event) => event.club === club));
    cursor = page.next;
  } while (cursor);
  return events;
}

function Lists({ club }: { club: number }) {
  const [whole, setWhole] = useState(false);
  const { data, error, again } = useQuery(
    () => fetchEvents(club, whole ? 0 : Date.now() - YEAR_MS),
    [club, whole],
  );
  useFacts(["event.changed", "event.gone"], again);
  const now = Date.now();
  const events = data ?? [];
  const told = events.filter((event) => event.state !== "draft");
  const past = told.filter((event) => event.ends_at <= now).reverse();
  return (
    <>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && events.length === 0 && (
        <Empty title={t.clubEvents.noneTitle}>
          <p>{t.clubEvents.noneHint}</p>
        </Empty>
      )}
      <Group
        title={t.clubEvents.drafts}
        events={events.filter((event) => event.state === "draft")}
      />
      <Group title={t.clubEvents.coming} events={told.filter((event) => event.ends_at > now)} />
      <Group title={t.clubEvents.past} events={past} />
      {data && !whole && (
        <p class="section">
          <Button onClick={() => setWhole(true)}>{t.clubEvents.older}</Button>
        </p>
      )}
      {told.length > 0 && (
        <section class="section" aria-labelledby="chiffres">
          <h2 id="chiffres">{t.clubEvents.figures}</h2>
          <p class="muted">{t.clubEvents.figuresHint}</p>
          <Figures of={{ club }} label={t.clubEvents.figuresTable} />
          <p class="section">
            <a class="button" href={`/club/${club}/evenements.csv`} download>
              <Icon name="download" />
              {t.clubEvents.csv}
            </a>
          </p>
        </section>
      )}
    </>
  );
}

function Group({ title, events }: { title: string; events: readonly ClubEvent[] }) {
  return events.length === 0 ? null : (
    <section class="section" aria-label={title}>
      <h2>{title}</h2>
      <ul class="card card-flush list">
        {events.map((event) => (
          <ClubEventItem key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}
