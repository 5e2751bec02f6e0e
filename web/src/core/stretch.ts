// Lists of message ids: rising, without doubles, without holes.

import type { Stretch } from "./state.ts";

/** How a page meets what is already there. */
export type PageMode = "replace" | "before" | "after";

export function insertId(ids: readonly number[], id: number): number[] {
  let at = ids.length;
  while (at > 0 && (ids[at - 1] ?? 0) > id) {
    at--;
  }
  return ids[at - 1] === id ? [...ids] : [...ids.slice(0, at), id, ...ids.slice(at)];
}

export function joinPage(old: Stretch | undefined, page: Stretch, mode: PageMode): Stretch {
  if (!old || mode === "replace") {
    return page;
  }
  const ids = [...new Set([...old.ids, ...page.ids])].sort((a, b) => a - b);
  return mode === "before"
    ? { ids, moreBefore: page.moreBefore, moreAfter: old.moreAfter }
    : { ids, moreBefore: old.moreBefore, moreAfter: page.moreAfter };
}
