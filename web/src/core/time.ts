// When an event is, in words: in the reader's own zone, and where the clock says something else, in
// the event's zone and in Paris. A whole day is a day of the event's zone, whoever reads it.
// Days are written yyyy-mm-dd: they compare as texts.

import { first } from "./dates.ts";
import { t } from "./strings.ts";

export interface When {
  starts_at: number;
  ends_at: number;
  zone: string;
  all_day?: boolean;
}
/** A time as told in one place; `place` is empty where it need not be said. */
export interface Told {
  place: string;
  text: string;
}
export interface Wall {
  day: string; // yyyy-mm-dd
  time: string; // hh:mm
}

export const PARIS = "Europe/Paris";
const DAY_MS = 86_400_000;
const UTC = "UTC";

export function readerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const walls = new Map<string, Intl.DateTimeFormat>();
function wallFormat(zone: string): Intl.DateTimeFormat {
  const known = walls.get(zone);
  if (known) {
    return known;
  }
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  walls.set(zone, made);
  return made;
}

/** What calendar and clock of a zone say at an instant. */
export function wallOf(ms: number, zone: string): Wall {
  const parts = Object.fromEntries(
    wallFormat(zone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  const { year, month, day, hour, minute } = parts;
  return { day: `${year}-${month}-${day}`, time: `${hour}:${minute}` };
}

function asUtc({ day, time }: Wall): number {
  return Date.parse(`${day}T${time}:00Z`);
}
/** How far a zone's clocks are ahead of UTC. */
function aheadMs(ms: number, zone: string): number {
  return asUtc(wallOf(ms, zone)) - Math.floor(ms / 60_000) * 60_000;
}

/**
 * The instant at which a zone's clocks say this; NaN for what is no time. As on the server: a time
 * that is skipped (spring) is read with the offset before the change, one that comes twice (autumn)
 * is the first.
 */
export function instantOf(wall: Wall, zone: string): number {
  const plain = asUtc(wall);
  if (Number.isNaN(plain)) {
    return plain;
  }
  const before = plain - aheadMs(plain - DAY_MS, zone);
  const after = plain - aheadMs(plain + DAY_MS, zone);
  const says = (ms: number) => asUtc(wallOf(ms, zone)) === plain;
  return says(before) || !says(after) ? before : after;
}

/** « 2026-11-03 » and so many days on. */
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** First and last day on which an event is, as the reader's calendar has it. */
export function daysOf(when: When, reader = readerZone()): { from: string; to: string } {
  const zone = when.all_day ? when.zone : reader;
  return { from: wallOf(when.starts_at, zone).day, to: wallOf(when.ends_at - 1, zone).day };
}

interface DayStyle {
  weekday?: "long" | "short";
  month?: "long" | "short";
  year?: boolean;
}
const formats = new Map<string, Intl.DateTimeFormat>();
/** « mardi 3 novembre 2026 » */
export function dayText(day: string, { weekday, month = "long", year }: DayStyle = {}): string {
  const key = `${weekday} ${month} ${year}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat("fr-FR", {
      timeZone: UTC,
      day: "numeric",
      month,
      ...(weekday ? { weekday } : {}),
      ...(year ? { year: "numeric" } : {}),
    });
  formats.set(key, format);
  return first(format.format(Date.parse(`${day}T00:00Z`)));
}

/** The year is said where it is not this one. */
function dated(day: string, now: number, style: DayStyle): string {
  return dayText(day, { ...style, year: day.slice(0, 4) !== wallOf(now, UTC).day.slice(0, 4) });
}

/** « du mardi 3 au jeudi 5 novembre »: what two days share is said once. */
function daysText(from: string, to: string, now: number, style: DayStyle): string {
  const last = dated(to, now, style);
  if (from.slice(0, 7) === to.slice(0, 7)) {
    const named = style.weekday ? `${weekdayOf(from, style.weekday)} ` : "";
    return t.time.fromTo(`${named}${dayNumber(from)}`, last);
  }
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return t.time.fromTo(sameYear ? dayText(from, style) : dated(from, now, style), last);
}

/** « 1er », « 3 » */
export function dayNumber(day: string): string {
  const n = Number(day.slice(8));
  return n === 1 ? "1er" : String(n);
}
function weekdayOf(day: string, weekday: "long" | "short"): string {
  return new Intl.DateTimeFormat("fr-FR", { timeZone: UTC, weekday }).format(
    Date.parse(`${day}T00:00Z`),
  );
}

/** « 9 h 30 » */
function clock(time: string): string {
  return t.time.clock(Number(time.slice(0, 2)), time.slice(3));
}
/** « mardi 3 novembre à 9 h 30 », for the reader */
export function instantText(
  ms: number,
  { zone = readerZone(), now = Date.now() }: Reader = {},
): string {
  const wall = wallOf(ms, zone);
  return t.time.dayAt(dated(wall.day, now, { weekday: "long" }), clock(wall.time));
}

function daysIn(when: When): { from: string; to: string } {
  return daysOf(when, when.zone);
}

/** In one zone's time: « mardi 3 novembre, de 9 h 30 à 17 h 00 ». `without`: a day that is known. */
function textIn(when: When, zone: string, now: number, style: DayStyle, without = ""): string {
  const start = wallOf(when.starts_at, zone);
  const end = wallOf(when.ends_at, zone);
  if (start.day === end.day) {
    const hours = t.time.hours(clock(start.time), clock(end.time));
    return start.day === without ? hours : `${dated(start.day, now, style)}, ${hours}`;
  }
  const at = (wall: Wall) => t.time.dayAt(dated(wall.day, now, style), clock(wall.time));
  return t.time.fromTo(at(start), at(end));
}

/** Whether two zones' clocks say the same from its start to its end. */
function agree(when: When, a: string, b: string): boolean {
  const same = (ms: number) => aheadMs(ms, a) === aheadMs(ms, b);
  return a === b || (same(when.starts_at) && same(when.ends_at));
}

interface Reader {
  zone?: string;
  now?: number;
  style?: DayStyle;
}

/** For the reader first; then, where they differ, in the event's zone and in Paris. */
export function timesOf(when: When, reader: Reader = {}): Told[] {
  const { zone = readerZone(), now = Date.now(), style = { weekday: "long" } } = reader;
  if (when.all_day) {
    return [{ place: "", text: wholeDays(when, now, style) }];
  }
  const others = [when.zone, PARIS].filter((other) => !agree(when, other, zone));
  const distinct = others.filter((other, i) => i === 0 || !agree(when, other, others[0] ?? zone));
  const text = textIn(when, zone, now, style);
  const { from, to } = daysOf(when, zone);
  const told = distinct.map((other) => ({
    place: zoneName(other),
    text: textIn(when, other, now, style, from === to ? from : ""),
  }));
  return [{ place: told.length > 0 ? t.time.yours : "", text }, ...told];
}

function wholeDays(when: When, now: number, style: DayStyle): string {
  const { from, to } = daysIn(when);
  return from === to
    ? `${dated(from, now, style)}, ${t.time.wholeDay}`
    : daysText(from, to, now, style);
}

/** In one line, with the places: for cards, titles and screen readers. */
export function timeLine(when: When, reader: Reader = {}): string {
  const [mine, ...others] = timesOf(when, reader);
  const rest = others.map(({ place, text }) => `${text} ${place}`).join(" ; ");
  return rest ? `${mine?.text} (${rest})` : (mine?.text ?? "");
}

/** Beside a day that is a heading: « 9 h 30 », « jusqu'à 17 h 00 », « toute la journée ». */
export function hourOn(day: string, when: When, reader = readerZone()): string {
  const { from, to } = daysOf(when, reader);
  if (when.all_day || (day > from && day < to)) {
    return t.time.wholeDay;
  }
  return day > from
    ? t.time.until(clock(wallOf(when.ends_at, reader).time))
    : clock(wallOf(when.starts_at, reader).time);
}

/** « heure de La Réunion » */
export function zoneName(zone: string): string {
  const names: Readonly<Record<string, string>> = t.time.zones;
  return names[zone] ?? t.time.otherZone(zone.replace(/^.*\//, "").replaceAll("_", " "));
}

/** « Aujourd'hui », « Demain », « mardi 3 novembre » */
export function dayName(day: string, now = Date.now()): string {
  const today = wallOf(now, readerZone()).day;
  if (day === today || day === addDays(today, 1)) {
    return day === today ? t.dates.today : t.time.tomorrow;
  }
  return dated(day, now, { weekday: "long" });
}
/** « novembre 2026 » */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat("fr-FR", { timeZone: UTC, month: "long", year: "numeric" }).format(
    Date.parse(`${month}-01T00:00Z`),
  );
}
