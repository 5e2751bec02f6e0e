// Times as French readers expect them: 24 hours, their own zone, the day in words when it is near.

import { t } from "./strings.ts";

const hour = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const withYear = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const short = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short" });
const shortYear = new Intl.DateTimeFormat("fr-FR", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const DAY_MS = 86_400_000;

function midnight(ms: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
function daysAgo(ms: number, now: number): number {
  return Math.round((midnight(now) - midnight(ms)) / DAY_MS);
}
/** « 1er novembre » */
export function first(text: string): string {
  return text.replace(/\b1 (?=\p{L})/u, "1er ");
}
function sameYear(ms: number, now: number): boolean {
  return new Date(ms).getFullYear() === new Date(now).getFullYear();
}

export function sameDay(a: number, b: number): boolean {
  return midnight(a) === midnight(b);
}
/** « 14:05 » */
export function hourOf(ms: number): string {
  return hour.format(ms);
}
/** « Aujourd'hui », « Hier », « mardi 3 novembre » */
export function dayOf(ms: number, now = Date.now()): string {
  const days = daysAgo(ms, now);
  if (days === 0 || days === 1) {
    return days === 0 ? t.dates.today : t.dates.yesterday;
  }
  return first((sameYear(ms, now) ? weekday : withYear).format(ms));
}
/** « 14:05 », « hier », « 3 nov. », « 3 nov. 2025 » */
export function briefOf(ms: number, now = Date.now()): string {
  const days = daysAgo(ms, now);
  if (days === 0 || days === 1) {
    return days === 0 ? hourOf(ms) : t.dates.yesterday.toLowerCase();
  }
  return first((sameYear(ms, now) ? short : shortYear).format(ms));
}
/** « mardi 3 novembre 2026 à 14:05 », for titles and screen readers. */
export function fullOf(ms: number): string {
  return `${first(withYear.format(ms))} ${t.dates.at} ${hourOf(ms)}`;
}
/** « 3 nov. 2026 » */
export function dateOf(ms: number): string {
  return first(shortYear.format(ms));
}
/** Beginning of a day given as yyyy-mm-dd, in the reader's zone; undefined if it is no day. */
export function startOfDay(day: string | undefined): number | undefined {
  const ms = day ? new Date(`${day}T00:00:00`).getTime() : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
