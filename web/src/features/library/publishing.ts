// When a resource is published: now, on a Wednesday to come, or at another time. Hours are those of Paris,
// where the programme's Wednesday is.

import { t } from "../../core/strings.ts";
import { dayText, instantOf, PARIS, wallOf } from "../../core/time.ts";
import type { Commands, Resource } from "../../core/types.ts";

export type Review = Commands["resource.review"][1];
export type Slot = Review["slots"][number];
export type When = "now" | "wednesday" | "later";

/** What the dialog holds. */
export interface Plan {
  when: When;
  slot: string; // yyyy-mm-dd
  date: string;
  time: string;
}

const MORNING = "10:00"; // as the server's Wednesdays

export function dayOfSlot({ at }: Slot): string {
  return wallOf(at, PARIS).day;
}

/** « mercredi 25 novembre » */
export function slotText(slot: Slot): string {
  return dayText(dayOfSlot(slot), { weekday: "long" });
}

/** « 10 h 00 », in Paris */
export function clockText(ms: number): string {
  const { time } = wallOf(ms, PARIS);
  return t.time.clock(Number(time.slice(0, 2)), time.slice(3));
}

/** Where it is planned already; else a fiche-projet takes the first Wednesday that is free. */
export function firstPlan(resource: Resource, slots: readonly Slot[]): Plan {
  const { publish_at, kind } = resource;
  const free = slots.find((slot) => slot.resources.length === 0) ?? slots[0];
  const slot = free ? dayOfSlot(free) : "";
  if (publish_at) {
    const { day, time } = wallOf(publish_at, PARIS);
    const known = slots.some((one) => dayOfSlot(one) === day);
    return { when: known ? "wednesday" : "later", slot: known ? day : slot, date: day, time };
  }
  const morning = free ? wallOf(free.at, PARIS).time : MORNING;
  const weekly = kind === "fiche_projet" && slot !== "";
  return { when: weekly ? "wednesday" : "now", slot, date: "", time: morning };
}

/** The instant it says; undefined: now; NaN while the fields do not say it. */
export function instantOfPlan({ when, slot, date, time }: Plan): number | undefined {
  if (when === "now") {
    return undefined;
  }
  const day = when === "wednesday" ? slot : date;
  return day && time ? instantOf({ day, time: time.slice(0, 5) }, PARIS) : Number.NaN;
}

let toPublish = 0;
/** A resource just written, whose publication was asked for in the same breath. */
export function askToPublish(id: number): void {
  toPublish = id;
}
export function takeToPublish(id: number): boolean {
  const asked = toPublish === id;
  toPublish = 0;
  return asked;
}
