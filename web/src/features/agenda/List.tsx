import { type AgendaParams, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { dayName, hourOn } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { EventLine } from "../../ui/event/EventLine.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { byDay, type Span, today } from "./span.ts";

interface ListProps {
  query: AgendaParams;
  span: Span;
  events: readonly ClubEvent[];
  ready: boolean;
}

/** By day: what comes, the nearest first; or a year that is past, the latest first. */
export function List({ query, span, events, ready }: ListProps) {
  const year = query.passes;
  const Heading = year ? "h3" : "h2";
  return (
    <>
      {year && <h2 class="agenda-year">{t.agenda.pastOf(year)}</h2>}
      {byDay(events, span, Boolean(year)).map(({ day, events: list }) => (
        <section key={day} class="agenda-day" aria-label={dayName(day)}>
          <Heading class="day">{dayName(day)}</Heading>
          <ul class="card card-flush list">
            {list.map((event) => (
              <li key={event.id}>
                <EventLine event={event} hour={hourOn(day, event)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {ready && events.length === 0 && <Nothing query={query} />}
      <Others query={query} />
    </>
  );
}

function Nothing({ query }: { query: AgendaParams }) {
  const filtered = query.club || query.theme || query.type || query.miens;
  if (filtered || query.passes) {
    const { passes } = query;
    return <Empty title={filtered ? t.agenda.emptyFiltered : t.agenda.emptyYear(passes ?? 0)} />;
  }
  return (
    <Empty title={t.agenda.emptyTitle}>
      <p>{t.agenda.empty}</p>
    </Empty>
  );
}

function Others({ query }: { query: AgendaParams }) {
  const { passes, ...rest } = query;
  const thisYear = Number(today().slice(0, 4));
  const to = (year: number) => hrefOf({ page: "agenda", query: { ...rest, passes: year } });
  return (
    <p class="row agenda-others">
      {passes ? (
        <>
          <a class="button" href={to(passes - 1)}>
            {t.agenda.yearBefore(passes - 1)}
          </a>
          {passes < thisYear && (
            <a class="button" href={to(passes + 1)}>
              {t.agenda.yearBefore(passes + 1)}
            </a>
          )}
          <a class="button button-quiet" href={hrefOf({ page: "agenda", query: rest })}>
            {t.agenda.toComing}
          </a>
        </>
      ) : (
        <a class="button" href={to(thisYear)}>
          {t.agenda.past}
        </a>
      )}
    </p>
  );
}
