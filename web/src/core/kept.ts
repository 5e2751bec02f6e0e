// What is typed in a form or ticked in a list and not yet sent: kept so that a reload or a page left by
// mistake loses nothing. A form is kept in its tab; a list in the browser, past the closing of the tab.

import { state } from "./live.ts";

export type Place = "tab" | "browser";

const PREFIX = "beffroi.kept.";
const BROWSER_MAX = 50; // things of one person kept past the tab; beyond, the one kept first goes
const storageOf = (place: Place) => (place === "tab" ? sessionStorage : localStorage);
const prefixOfMine = () => `${PREFIX}${state.peek().me.id}.`;
const keyOf = (name: string) => prefixOfMine() + name;

interface Kept {
  since: number;
  value: unknown;
}

/** `isThis` says whether what is found still has the shape of today. */
export function readKept<T>(
  name: string,
  isThis: (value: unknown) => value is T,
  place: Place = "tab",
): T | undefined {
  const value = read(storageOf(place), keyOf(name))?.value;
  return isThis(value) ? value : undefined;
}

export function keep(name: string, value: unknown, place: Place = "tab"): void {
  const storage = storageOf(place);
  const key = keyOf(name);
  const since = read(storage, key)?.since ?? Date.now();
  try {
    storage.setItem(key, JSON.stringify({ since, value } satisfies Kept));
  } catch {
    // Storage full or forbidden: what is typed is still on the page.
  }
  if (place === "browser") {
    dropBeyond(storage);
  }
}

export function dropKept(name: string, place: Place = "tab"): void {
  storageOf(place).removeItem(keyOf(name));
}

/** At log-out nothing of the person stays in the browser. */
export function clearKept(): void {
  for (const storage of [sessionStorage, localStorage]) {
    for (const key of keysOf(storage, PREFIX)) {
      storage.removeItem(key);
    }
  }
}

function read(storage: Storage, key: string): Kept | undefined {
  try {
    const found: Partial<Kept> | null = JSON.parse(storage.getItem(key) ?? "null");
    return typeof found?.since === "number"
      ? { since: found.since, value: found.value }
      : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(storage: Storage, prefix: string): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(prefix));
}

function dropBeyond(storage: Storage): void {
  const since = (key: string) => read(storage, key)?.since ?? 0;
  const keys = keysOf(storage, prefixOfMine()).sort((a, b) => since(a) - since(b));
  for (const key of keys.slice(0, -BROWSER_MAX)) {
    storage.removeItem(key);
  }
}
