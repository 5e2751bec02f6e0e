// A month as a table. Arrows go from day to day; what the chosen day holds is listed below, which on
// a phone is the only place where it is read.

import { useEffect, useRef, useState } from "preact/hooks";
import { type AgendaParams, go, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import {
  addDays,
  dayName,
  dayNumber,
  daysOf,
  dayText,
  hourOn,
  monthName,
} from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { EventLine } from "../../ui/event/EventLine.tsx";
import { addMonths, today, weeksOf } from "./span.ts";

const CHIPS = 3; // named in a day; the others are counted

export function Month({ query, events }: { query: AgendaParams; events: readonly ClubEvent[] }) {
  const month = query.mois ?? today().slice(0, 7);
  const table = useRef<HTMLTableElement>(null);
  const [chosen, setChosen] = useState(today);
  const [moved, setMoved] = useState(false); // by a key: the focus follows
  const day = chosen.slice(0, 7) === month ? chosen : `${month}-01`;
  const show = (to: string) => go({ page: "agenda", query: { ...query, mois: to } }, "replace");
  const move = (to: string) => {
    setChosen(to);
    setMoved(true);
    if (to.slice(0, 7) !== month) {
      show(to.slice(0, 7));
    }
  };
  useEffect(() => {
    if (moved) {
      table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
      setMoved(false);
    }
  }, [moved, day]);
  const on = (one: string) =>
    events.filter((event) => {
      const { from, to } = daysOf(event);
      return from <= one && one <= to;
    });
  return (
    <>
      <div class="month-head">
        <IconButton
          icon="left"
          label={t.agenda.previousMonth}
          onClick={() => show(addMonths(month, -1))}
        />
        <h2 aria-live="polite">{monthName(month)}</h2>
        <IconButton
          icon="right"
          label={t.agenda.nextMonth}
          onClick={() => show(addMonths(month, 1))}
        />
        {month !== today().slice(0, 7) && (
          <a
            class="button button-small"
            href={hrefOf({ page: "agenda", query: { ...query, mois: today().slice(0, 7) } })}
            onClick={() => setChosen(today())}
          >
            {t.agenda.thisMonth}
          </a>
        )}
      </div>
      <table class="month" ref={table} onKeyDown={(event) => onKey(event, day, month, move)}>
        <caption class="visually-hidden">
          {t.agenda.months(monthName(month))}. {t.agenda.keys}
        </caption>
        <thead>
          <tr>
            {(weeksOf(month)[0] ?? []).map((one) => (
              <th key={one} scope="col" abbr={dayText(one, { weekday: "long" }).split(" ")[0]}>
                {dayText(one, { weekday: "short" }).split(" ")[0]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <Day
                  key={one}
                  day={one}
                  outside={one.slice(0, 7) !== month}
                  chosen={one === day}
                  events={on(one)}
                  onChoose={() => move(one)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Chosen day={day} events={on(day)} />
    </>
  );
}

interface DayProps {
  day: string;
  outside: boolean;
  chosen: boolean;
  events: readonly ClubEvent[];
  onChoose: () => void;
}

function Day({ day, outside, chosen, events, onChoose }: DayProps) {
  const live = events.filter((event) => event.state !== "cancelled");
  const classes = ["month-day", outside && "month-outside", chosen && "month-chosen"];
  return (
    <td class={classes.filter(Boolean).join(" ")}>
      <button
        type="button"
        tabIndex={chosen ? 0 : -1}
        aria-pressed={chosen}
        aria-current={day === today() ? "date" : undefined}
        aria-label={t.agenda.onDay(dayText(day, { weekday: "long" }), events.length)}
        onClick={onChoose}
      >
        {dayNumber(day)}
        <span class="month-dots" aria-hidden="true">
          {live.slice(0, CHIPS).map((event) => (
            <span class="dot" key={event.id} />
          ))}
        </span>
      </button>
      <ul class="month-chips">
        {events.slice(0, CHIPS).map((event) => (
          <li key={event.id}>
            <a
              class={`month-chip${event.state === "cancelled" ? " event-off" : ""}`}
              href={hrefOf({ page: "event", event: event.id })}
              title={event.title}
            >
              {!event.all_day && daysOf(event).from === day && (
                <span class="figures">{hourOn(day, event)}</span>
              )}
              {event.title}
            </a>
          </li>
        ))}
        {events.length > CHIPS && (
          <li class="small muted">{t.agenda.more(events.length - CHIPS)}</li>
        )}
      </ul>
    </td>
  );
}

function Chosen({ day, events }: { day: string; events: readonly ClubEvent[] }) {
  return (
    <section class="agenda-day" aria-live="polite">
      <h3 class="day">{dayName(day)}</h3>
      {events.length === 0 ? (
        <p class="muted">{t.agenda.none}</p>
      ) : (
        <ul class="card card-flush list">
          {events.map((event) => (
            <li key={event.id}>
              <EventLine event={event} hour={hourOn(day, event)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function onKey(event: KeyboardEvent, day: string, month: string, move: (to: string) => void): void {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  const sameDay = (n: number) => {
    const to = addMonths(month, n);
    const last = addDays(`${addMonths(to, 1)}-01`, -1);
    const wanted = `${to}-${day.slice(8)}`;
    return wanted < last ? wanted : last;
  };
  const moves: Record<string, () => string> = {
    ArrowLeft: () => addDays(day, -1),
    ArrowRight: () => addDays(day, 1),
    ArrowUp: () => addDays(day, -7),
    ArrowDown: () => addDays(day, 7),
    Home: () => addDays(day, -weekday),
    End: () => addDays(day, 6 - weekday),
    PageUp: () => sameDay(-1),
    PageDown: () => sameDay(1),
  };
  const to = moves[event.key];
  if (to && event.target instanceof HTMLButtonElement) {
    event.preventDefault();
    move(to());
  }
}
