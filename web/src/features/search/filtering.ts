// The filters of a search, as its address holds them. Pure.

import type { SearchParams } from "../../core/router.ts";
import type { FacetValue, TerritoryKind } from "../../core/types.ts";

/** Beside the words, their order and the kind of what is found, which are always in sight. */
export function filtersOf(query: SearchParams): number {
  const { type, theme, code, annee, club, canal, auteur, apres, avant } = query;
  return [type, theme, code, annee, club, canal, auteur, apres, avant].filter(Boolean).length;
}
export function withoutFilters({ q }: SearchParams): SearchParams {
  return { q };
}

/** What is empty or 0 is no filter. */
export function withFilter(query: SearchParams, part: Partial<SearchParams>): SearchParams {
  const set = Object.entries({ ...query, ...part }).filter(
    ([name, value]) => name === "q" || Boolean(value),
  );
  return Object.fromEntries(set) as unknown as SearchParams;
}

export function countOf(values: readonly FacetValue[] | undefined, value: string): number {
  return values?.find((one) => one.value === value)?.count ?? 0;
}

/** One word for the choice of a territory, whose kind and code go together. */
export const territoryWord = (kind: string, code: string): string => `${kind}.${code}`;
export function territoryOf(word: string): Pick<SearchParams, "territoire" | "code"> {
  const [kind, ...code] = word.split(".");
  return { territoire: kind as TerritoryKind, code: code.join(".") };
}
