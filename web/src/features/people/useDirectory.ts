// The people found so far, page after page, each kept as their profile now is.

import { useEffect, useRef, useState } from "preact/hooks";
import { ABOUT_PEOPLE, personIn } from "../../core/about.ts";
import { useAction, useFacts } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import type { DirectoryParams } from "../../core/router.ts";
import type { Commands, Profile } from "../../core/types.ts";

export type Counts = NonNullable<Commands["directory.list"][1]["counts"]>;
export interface Directory {
  people: readonly Profile[] | undefined;
  counts: Counts | undefined;
  busy: boolean;
  error: string | undefined;
  next: (() => void) | undefined; // fetches the page that follows
  again: () => void;
}
interface Found {
  people: readonly Profile[];
  counts: Counts | undefined;
  next: string | undefined;
}

function wishOf({ q, ...rest }: DirectoryParams): Commands["directory.list"][0] {
  return { ...rest, ...(q ? { query: q } : {}) };
}

export function useDirectory(query: DirectoryParams): Directory {
  const key = JSON.stringify(query);
  const [found, setFound] = useState<Found | undefined>(undefined);
  const asked = useRef(key); // an answer to an older question is let go
  const fetching = useAction();
  const fetchPage = (cursor?: string) =>
    void fetching.run(async () => {
      asked.current = key;
      const page = await ask("directory.list", { ...wishOf(query), ...(cursor ? { cursor } : {}) });
      if (asked.current === key) {
        setFound((old) => ({
          people: [...(cursor ? (old?.people ?? []) : []), ...page.people],
          counts: page.counts ?? old?.counts,
          next: page.next,
        }));
      }
    });
  useEffect(() => fetchPage(), [key]);
  const held = useRef<{ found: Found | undefined; again: () => void }>({ found, again: fetchPage });
  held.current = { found, again: fetchPage };
  useFacts(["access.gained", "access.changed", "access.lost"], () => held.current.again());
  useRefreshed(held, setFound);
  return {
    people: found?.people,
    counts: found?.counts,
    busy: fetching.busy,
    error: fetching.error,
    next: found?.next === undefined ? undefined : () => fetchPage(found.next),
    again: () => fetchPage(),
  };
}

/** Who is on screen stays in their place, as they now show themselves; who is gone goes. */
function useRefreshed(
  held: { current: { found: Found | undefined } },
  setFound: (change: (old: Found | undefined) => Found | undefined) => void,
): void {
  const changed = useRef(new Set<number>());
  const replace = (id: number, profile: Profile | undefined) =>
    setFound(
      (old) =>
        old && {
          ...old,
          people: old.people.flatMap((one) => (one.id === id ? (profile ?? []) : one)),
        },
    );
  useFacts(
    [...ABOUT_PEOPLE],
    () => {
      for (const id of changed.current) {
        ask("profile.get", { person: id }).then(
          (found) => replace(id, found.profile),
          () => replace(id, undefined),
        );
      }
      changed.current.clear();
    },
    (fact) => {
      const id = personIn(fact);
      const shown = held.current.found?.people.some((one) => one.id === id) ?? false;
      if (id !== undefined && shown) {
        changed.current.add(id);
      }
      return shown;
    },
  );
}
