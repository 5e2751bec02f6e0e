// What a resource says, in words: its date, its cost, where a link leads, on whose shelf it is.

import { first } from "./dates.ts";
import { kindOfType } from "./filing.ts";
import type { State } from "./state.ts";
import { lib } from "./strings/library.ts";
import { t } from "./strings.ts";
import type { Club, Edition, File, Resource } from "./types.ts";

/** « PDF », « DOCX »: what people call a type; in words where the name does not say it. */
export function typeText({ name, type }: Pick<File, "name" | "type">): string {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(name)?.[1];
  return ending ? ending.toUpperCase() : t.files.kinds[kindOfType(type)];
}

/** A title to begin with: the name without its ending, with spaces. */
export function titleOf(name: string): string {
  const plain = name.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[_\s]+/g, " ");
  const text = plain.trim();
  return text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
}

/** Of the work itself: « 2026 », « mars 2026 », « 15 mars 2026 ». */
export function datedText(dated: string): string {
  if (dated.length <= 4) {
    return dated;
  }
  const whole = dated.length > 7;
  const date = Date.parse(`${whole ? dated : `${dated}-01`}T00:00Z`);
  return first(
    new Intl.DateTimeFormat("fr-FR", {
      timeZone: "UTC",
      ...(whole ? { day: "numeric" } : {}),
      month: "long",
      year: "numeric",
    }).format(date),
  );
}

/** « 412 000 € » */
export function eurosText(amount: number): string {
  return new Intl.NumberFormat("fr-FR", {
    style: "currency",
    currency: "EUR",
    maximumFractionDigits: 0,
  }).format(amount);
}
/** « 40 % » of a cost; empty where it is not known. */
export function shareText(amount: number | undefined, cost: number | undefined): string {
  return amount && cost
    ? new Intl.NumberFormat("fr-FR", { style: "percent" }).format(amount / cost)
    : "";
}

export function hostOf(link: string): string {
  try {
    return new URL(link).host.replace(/^www\./, "");
  } catch {
    return "";
  }
}

/** The edition asked for, else the one in force; undefined while there is none at all. */
export function editionOf(resource: Resource, asked?: number): Edition | undefined {
  const of = (number: number) => resource.editions.find((one) => one.number === number);
  return (asked ? of(asked) : undefined) ?? of(resource.edition) ?? resource.editions[0];
}

/** Where it stands: « Bibliothèque nationale », « Étagère du Club PVD de l'Ain ». */
export function shelfName(state: State, club: number): string {
  const one = state.clubs[club];
  if (!one) {
    return lib.national; // of the shelves of Clubs one is not in, only that one is seen
  }
  return one.kind === "national" ? lib.national : lib.shelfOf(one.name);
}

export function nationalClub(state: State): Club | undefined {
  return Object.values(state.clubs).find((club) => club.kind === "national");
}
