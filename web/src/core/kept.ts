// What is typed in a form or ticked in a list and not yet sent: kept in this tab, so that a reload or
// a page left by mistake loses nothing.

import { state } from "./live.ts";

const PREFIX = "beffroi.kept.";
const keyOf = (name: string) => `${PREFIX}${state.peek().me.id}.${name}`;

/** `isThis` says whether what is found still has the shape of today. */
export function readKept<T>(name: string, isThis: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null");
    return isThis(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // Storage full or forbidden: what is typed is still on the page.
  }
}

export function dropKept(name: string): void {
  sessionStorage.removeItem(keyOf(name));
}

/** At log-out nothing of the person stays in the browser. */
export function clearKept(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) {
      sessionStorage.removeItem(key);
    }
  }
}
