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
  useFacts(["access.gained", "access.changed", "access.lost"], () => fetchPage());
  useRefreshed(found?.people, (change) =>
    setFound((old) => old && { ...old, people: change(old.people) }),
  );
  return {
    people: found?.people,
    counts: found?.counts,
    busy: fetching.busy,
    error: fetching.error,
    next: found?.next === undefined ? undefined : () => fetchPage(found.next),
    again: () => fetchPage(),
  };
}

type Change = (people: readonly Profile[]) => readonly Profile[];

/** Who is on screen stays in their place, as they now show themselves; who is gone goes. Who was told of
 *  while their page was on its way is asked for once it is here, for it may be older than that. */
function useRefreshed(people: readonly Profile[] | undefined, set: (change: Change) => void): void {
  const changed = useRef(new Set<number>());
  const replace = (id: number, profile: Profile | undefined) =>
    set((old) => old.flatMap((one) => (one.id === id ? (profile ?? []) : one)));
  const refresh = () => {
    for (const { id } of people ?? []) {
      if (changed.current.delete(id)) {
        ask("profile.get", { person: id }).then(
          (found) => replace(id, found.profile),
          () => replace(id, undefined),
        );
      }
    }
  };
  useEffect(refresh, [people]);
  useFacts([...ABOUT_PEOPLE], refresh, (fact) => {
    const id = personIn(fact);
    if (id !== undefined) {
      changed.current.add(id);
    }
    return id !== undefined;
  });
}
