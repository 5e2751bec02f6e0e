// Resources as pages fetch them: one with what I may do with it, those of a shelf, territories by name.

import { useRef } from "preact/hooks";
import { fetchResource } from "./fetch.ts";
import { type Pages, useFacts, usePages, useQuery, useSelect } from "./hooks.ts";
import { ask, learn } from "./live.ts";
import { isNotFound } from "./problem.ts";
import type { Commands, Resource, ResourceMine, ShelfCan, Territory } from "./types.ts";

const PAGE = 20;
const TERRITORIES_SHOWN = 8;

export interface ResourceSeen {
  resource: Resource | undefined;
  mine: ResourceMine | undefined;
  gone: boolean; // there is none, or none to be seen
  error: string | undefined;
  again: () => void;
}

/** `whole`: with what I may do with it; a card needs only what is told to all. */
export function useResource(id: number, whole = false): ResourceSeen {
  const resource = useSelect((now) => now.resources[id], [id]);
  const mine = useSelect((now) => now.resourceMine[id], [id]);
  const since = useSelect((now) => now.eventsSince, []);
  const known = resource !== undefined && (!whole || mine !== undefined);
  const { data, error, again } = useQuery(
    async () => (known ? undefined : await missing(id)),
    [id, since, known],
  );
  return { resource, mine, gone: data === id, error: resource ? undefined : error, again };
}

/** Fetches it. @returns its id where there is none */
async function missing(id: number): Promise<number | undefined> {
  try {
    await fetchResource(id);
    return undefined;
  } catch (error) {
    if (isNotFound(error)) {
      return id;
    }
    throw error;
  }
}

export type Wish = Omit<Commands["resource.list"][0], "cursor" | "limit">;
interface Listed {
  id: number;
  cursor: string | undefined; // of the page that follows
}

/** Page after page; a first page alone on screen follows what is published meanwhile. */
export function useShelf(wish: Wish): Pages<Listed> {
  const since = useSelect((now) => now.eventsSince, []);
  const extended = useRef(false);
  const key = JSON.stringify(wish);
  const pages = usePages<Listed>(
    async (last) => {
      extended.current = last !== undefined;
      const { seq, resources, next } = await ask("resource.list", {
        ...wish,
        limit: PAGE,
        ...(last?.cursor ? { cursor: last.cursor } : {}),
      });
      learn({ seq, resources });
      const items = resources.map(({ id }) => ({ id, cursor: next }));
      return { items, more: next !== undefined };
    },
    [key, since],
  );
  useFacts(["resource.changed", "resource.gone"], () => {
    if (!extended.current) {
      pages.again();
    }
  });
  return pages;
}

/** What I can do on the shelf of a Club; undefined until it is known. */
export function useShelfCan(club: number | undefined): readonly ShelfCan[] | undefined {
  const since = useSelect((now) => now.eventsSince, []);
  return useQuery(async () => {
    const wish = club ? { club } : { national: true };
    return (await ask("resource.list", { ...wish, limit: 1 })).can;
  }, [club, since]).data;
}

/** Towns, communes, EPCI and départements whose name begins so. */
export function useTerritories(text: string): readonly Territory[] | undefined {
  const query = text.trim();
  return useQuery(async () => {
    if (query.length < 2) {
      return [];
    }
    const { territories } = await ask("territory.find", { query });
    return territories.slice(0, TERRITORIES_SHOWN);
  }, [query]).data;
}
