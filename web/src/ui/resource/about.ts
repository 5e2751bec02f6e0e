// A resource in one line: who made it, when, what one may do with it; what and where it is about.

import type { Theme } from "../../core/events.ts";
import { datedText } from "../../core/library.ts";
import type { State } from "../../core/state.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";

const PLACES = 2; // named; the others are counted

/** « Cerema · mars 2026 · Licence Ouverte 2.0 » */
export function originText(state: State, resource: Resource): string {
  const { organisation, club, dated_on, licence } = resource;
  const maker = organisation ?? state.clubs[club]?.name;
  return [maker, dated_on && datedText(dated_on), lib.licences[licence]]
    .filter(Boolean)
    .join(" · ");
}

export function placesOf({ territories = [] }: Resource): string {
  const names = territories.map(({ name, code }) => name ?? code);
  const others = names.length - PLACES;
  return [...names.slice(0, PLACES), ...(others > 0 ? [lib.list.andPlaces(others)] : [])].join(
    ", ",
  );
}

export function themesOf(resource: Resource, themes: readonly Theme[]): string[] {
  const ids = resource.themes ?? [];
  return themes.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
}

/** What it is about, in one line. */
export function aboutText(resource: Resource, themes: readonly Theme[]): string {
  return [placesOf(resource), ...themesOf(resource, themes)].filter(Boolean).join(" · ");
}
