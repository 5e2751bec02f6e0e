// Events as pages fetch them: one with my part in it, those of a stretch of time, the themes.

import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { fetchEvent } from "./fetch.ts";
import { useQuery, useSelect } from "./hooks.ts";
import { ask, learn } from "./live.ts";
import { newNonce } from "./nonce.ts";
import type { ClubEvent, Commands, EventMine } from "./types.ts";

const PAGE = 100;
const PAGES_MAX = 10; // of one stretch of time, fetched at once

export interface Shown {
  event: ClubEvent | undefined;
  mine: EventMine | undefined;
  rank: number | undefined; // in the waiting list, where I wait
  error: string | undefined;
  again: () => void;
}

/** `whole`: asks even for what is held, since a rank is told to nobody. */
export function useEvent(id: number, whole = false): Shown {
  const event = useSelect((now) => now.events[id], [id]);
  const mine = useSelect((now) => now.attending[id], [id]);
  const since = useSelect((now) => now.eventsSince, []);
  const rankMayMove = whole && mine?.registration === "waiting" ? event?.waiting : 0;
  const known = event !== undefined && mine !== undefined;
  const { data, error, again } = useQuery(
    async () => (known && !whole ? undefined : await fetchEvent(id)),
    [id, since, known, whole && mine?.registration, rankMayMove],
  );
  return { event, mine, rank: data, error: event ? undefined : error, again };
}

export type Wish = Omit<Commands["event.list"][0], "cursor" | "limit">;

/** All events of a stretch of time, page after page; they are kept in the state. */
export async function fetchEvents(wish: Wish): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ask("event.list", {
      ...wish,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    learn({ seq: found.seq, events: found.events, attending: found.mine });
    cursor = found.next;
    if (cursor === undefined) {
      return;
    }
  }
}

/** Fetches when the wish changes, and anew when rights did. */
export function useEvents(wish: Wish): { ready: boolean; error?: string; again: () => void } {
  const since = useSelect((now) => now.eventsSince, []);
  const { data, error, again } = useQuery(async () => {
    await fetchEvents(wish);
    return true;
  }, [JSON.stringify(wish), since]);
  return { ready: data === true, again, ...(error === undefined ? {} : { error }) };
}

export interface Theme {
  id: number;
  name: string;
}
export const themes = signal<readonly Theme[]>([]);

export function useThemes(): readonly Theme[] {
  useQuery(async () => {
    if (themes.peek().length === 0) {
      themes.value = (await ask("theme.list", {})).themes;
    }
  }, []);
  return themes.value;
}

/** The same nonce until it has served: a second sending is harmless. */
export function useNonce(): { value: string; used: () => void } {
  const nonce = useRef(newNonce());
  return {
    value: nonce.current,
    used: () => {
      nonce.current = newNonce();
    },
  };
}
