// What is asked for, what was found; kept a little, so that who comes back finds it as it was left.

import { startOfDay } from "../../core/dates.ts";
import { ask, learn } from "../../core/live.ts";
import type { SearchParams } from "../../core/router.ts";
import type { Commands, SearchCounts, SearchHit } from "../../core/types.ts";

export interface Results {
  hits: readonly SearchHit[];
  cut: boolean;
  counts?: SearchCounts; // of a search in messages only there are none
  next?: string | number; // cursor of the page that follows
  at: number; // when it was asked
}

const PAGE = 30;
const DAY_MS = 86_400_000;
const KEPT_MS = 5 * 60_000;
const KEPT = 12;
const kept = new Map<string, Results>();
const scrolled = new Map<string, number>();

/** In one channel, or of one author: messages alone have them. */
export function isInMessages(query: SearchParams): boolean {
  return Boolean(query.canal || query.auteur);
}

export function keyOf(query: SearchParams): string {
  return JSON.stringify(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)));
}
export function readResults(query: SearchParams, now = Date.now()): Results | undefined {
  const found = kept.get(keyOf(query));
  return found && now - found.at < KEPT_MS ? found : undefined;
}
export function keepResults(query: SearchParams, results: Results): void {
  const key = keyOf(query);
  kept.delete(key);
  kept.set(key, results);
  for (const old of [...kept.keys()].slice(0, -KEPT)) {
    kept.delete(old);
    scrolled.delete(old);
  }
}
export const placeIn = (query: SearchParams): number => scrolled.get(keyOf(query)) ?? 0;
export function keepPlace(query: SearchParams, top: number): void {
  scrolled.set(keyOf(query), top);
}

/** The page after `before`, or the first. */
export function fetchResults(query: SearchParams, before?: Results): Promise<Results> {
  return isInMessages(query) ? fetchMessages(query, before) : fetchAll(query, before);
}

async function fetchAll(query: SearchParams, before?: Results): Promise<Results> {
  const cursor = typeof before?.next === "string" ? { cursor: before.next } : {};
  const found = await ask("search.find", { ...paramsOf(query), ...cursor });
  learn({ seq: found.seq, messages: found.hits.flatMap(({ message }) => message ?? []) });
  return {
    hits: [...(before?.hits ?? []), ...found.hits],
    cut: found.cut,
    counts: found.counts,
    at: Date.now(),
    ...(found.next ? { next: found.next } : {}),
  };
}

async function fetchMessages(query: SearchParams, before?: Results): Promise<Results> {
  const { q, club, canal, auteur, tri } = query;
  const cursor = typeof before?.next === "number" ? { cursor: before.next } : {};
  const found = await ask("message.search", {
    query: q,
    limit: PAGE,
    ...cursor,
    ...(club ? { club } : {}),
    ...(canal ? { channel: canal } : {}),
    ...(auteur ? { author: auteur } : {}),
    ...daysOf(query),
    ...(tri === "pertinence" ? { order: "relevant" } : {}),
  });
  learn({ seq: found.seq, messages: found.hits.map((hit) => hit.message) });
  const hits = found.hits.map((hit): SearchHit => ({ kind: "message", title: "", ...hit }));
  return {
    hits: [...(before?.hits ?? []), ...hits],
    cut: found.cut,
    at: Date.now(),
    ...(found.next ? { next: found.next } : {}),
  };
}

type Find = Commands["search.find"][0];

function paramsOf(query: SearchParams): Find {
  const { q, genre, type, theme, territoire, code, club, tri } = query;
  return {
    query: q,
    limit: PAGE,
    ...(genre ? { kinds: [genre] } : {}),
    ...(type ? { kind_of_resource: type as Find["kind_of_resource"] } : {}),
    ...(theme ? { theme } : {}),
    ...(territoire && code ? { territory: { kind: territoire, code } } : {}),
    ...(club ? { club } : {}),
    ...daysOf(query),
    ...(tri === "recent" ? { order: "recent" } : {}),
  };
}

/** A year, or days, as instants; the last day is in. */
function daysOf({ annee, apres, avant }: SearchParams): { after?: number; before?: number } {
  const after = startOfDay(annee ? `${annee}-01-01` : apres);
  const before = startOfDay(annee ? `${annee}-12-31` : avant);
  return { ...(after ? { after } : {}), ...(before ? { before: before + DAY_MS } : {}) };
}
