// Which stretch of time the agenda shows, and which of the events known are in it.

import { isMine } from "../../core/registering.ts";
import type { AgendaParams } from "../../core/router.ts";
import type { State } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import { addDays, daysOf, instantOf, readerZone, wallOf } from "../../core/time.ts";
import type { ClubEvent, EventKind } from "../../core/types.ts";

/** Days of the reader's calendar, both in it; without `to`, all that comes. */
export interface Span {
  from: string;
  to?: string;
}

export function today(now = Date.now()): string {
  return wallOf(now, readerZone()).day;
}
/** The weeks, Monday first, that a month touches. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const weekday = (new Date(`${first}T00:00Z`).getUTCDay() + 6) % 7;
  const weeks: string[][] = [];
  for (let day = addDays(first, -weekday); day.slice(0, 7) <= month; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
  }
  return weeks;
}
export function addMonths(month: string, n: number): string {
  const [year = 0, at = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, at - 1 + n, 1)).toISOString().slice(0, 7);
}

export function spanOf(query: AgendaParams): Span {
  if (query.vue === "mois") {
    const weeks = weeksOf(query.mois ?? today().slice(0, 7));
    const days = weeks.flat();
    return { from: days[0] ?? today(), to: days.at(-1) ?? today() };
  }
  if (query.passes) {
    const last = addDays(today(), -1);
    const end = `${query.passes}-12-31`;
    return { from: `${query.passes}-01-01`, to: end < last ? end : last };
  }
  return { from: today() };
}

/** A day more on each side: whole days are those of the event's zone, not of the reader's. */
export function instantsOf({ from, to }: Span): { from: number; to?: number } {
  const midnight = (day: string) => instantOf({ day, time: "00:00" }, readerZone());
  return { from: midnight(addDays(from, -1)), ...(to ? { to: midnight(addDays(to, 2)) } : {}) };
}

export function kindOf(text: string | undefined): EventKind | undefined {
  return text !== undefined && text in t.kinds ? (text as EventKind) : undefined;
}

/** In the order of the days; drafts are for those who prepare them, elsewhere. */
export function eventsIn(state: State, query: AgendaParams, span: Span): ClubEvent[] {
  const kind = kindOf(query.type);
  const fits = (event: ClubEvent) => {
    const { from, to } = daysOf(event);
    return (
      event.state !== "draft" &&
      to >= span.from &&
      (!span.to || from <= span.to) &&
      (!query.passes || to < today()) && // what goes on still is among what comes
      (!query.club || isFor(event, query.club)) &&
      (!query.theme || (event.themes ?? []).includes(query.theme)) &&
      (!kind || event.kind === kind) &&
      (!query.miens || isMine(state.attending[event.id]))
    );
  };
  return Object.values(state.events)
    .filter(fits)
    .sort((a, b) => a.starts_at - b.starts_at || a.id - b.id);
}

/** Whether a Club runs it or hears of it. */
function isFor(event: ClubEvent, club: number): boolean {
  return event.club === club || event.scope === "network" || (event.clubs ?? []).includes(club);
}

/** By day: each event under its first day in the span; `back`: the last day first. */
export function byDay(
  events: readonly ClubEvent[],
  span: Span,
  back: boolean,
): { day: string; events: ClubEvent[] }[] {
  const days = new Map<string, ClubEvent[]>();
  for (const event of events) {
    const { from } = daysOf(event);
    const day = from < span.from ? span.from : from;
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  const sorted = [...days].map(([day, list]) => ({ day, events: list }));
  sorted.sort((a, b) => (a.day < b.day ? -1 : 1));
  return back ? sorted.reverse() : sorted;
}
