// How components look at the state: only what they select makes them draw again.

import { computed } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { line, onEachFact, state } from "./live.ts";
import { messageOf } from "./problem.ts";
import type { State } from "./state.ts";
import type { Fact } from "./types.ts";

/** `pick` must return the same reference while what it picks has not changed. */
export function useSelect<T>(pick: (state: State) => T, deps: readonly unknown[]): T {
  return useMemo(() => computed(() => pick(state.value)), deps as unknown[]).value;
}

export interface Loading<T> {
  data: T | undefined;
  error: string | undefined;
  again: () => void;
}

/** Runs a query when `deps` change; keeps the last answer on screen meanwhile. */
export function useQuery<T>(run: () => Promise<T>, deps: readonly unknown[]): Loading<T> {
  const [data, setData] = useState<T | undefined>(undefined);
  const [error, setError] = useState<string | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    run().then(
      (result) => {
        if (current) {
          setData(result);
          setError(undefined);
        }
      },
      (reason: unknown) => {
        if (current) {
          setError(messageOf(reason));
        }
      },
    );
    return () => {
      current = false;
    };
  }, [...deps, turn]);
  return { data, error, again: () => setTurn((n) => n + 1) };
}

export interface Pages<T> {
  items: readonly T[] | undefined;
  more: boolean;
  error: string | undefined;
  next: () => void;
  again: () => void; // from the first page on
}

/** A long list, page after page; `fetchPage` is given the last item there is. */
export function usePages<T>(
  fetchPage: (last?: T) => Promise<{ items: readonly T[]; more?: boolean }>,
  deps: readonly unknown[],
): Pages<T> {
  const first = useQuery(() => fetchPage(), deps);
  const [rest, setRest] = useState<{ of: unknown; items: readonly T[]; more: boolean }>();
  const [error, setError] = useState<string | undefined>(undefined);
  const current = rest?.of === first.data ? rest : undefined;
  const items = first.data && [...first.data.items, ...(current?.items ?? [])];
  const next = () => {
    const { data } = first;
    fetchPage(items?.at(-1)).then(
      (page) =>
        setRest({
          of: data,
          items: [...(current?.items ?? []), ...page.items],
          more: page.more ?? false,
        }),
      (reason: unknown) => setError(messageOf(reason)),
    );
  };
  return {
    items,
    more: current?.more ?? first.data?.more ?? false,
    error: first.error ?? error,
    next,
    again: first.again,
  };
}

/** Calls `then` a little after facts of these kinds, and after the line came back. */
export function useFacts(
  names: readonly Fact["fact"][],
  then: () => void,
  matters: (fact: Fact) => boolean = () => true,
): void {
  const latest = useRef({ then, matters });
  latest.current = { then, matters };
  useEffect(() => {
    let timer: number | undefined;
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => latest.current.then(), 300);
    };
    const off = onEachFact((fact) => {
      if (names.includes(fact.fact) && latest.current.matters(fact)) {
        later();
      }
    });
    let wasOnline = line.peek() === "online";
    const offLine = line.subscribe((value) => {
      if (value === "online" && !wasOnline) {
        later();
      }
      wasOnline = value === "online";
    });
    return () => {
      window.clearTimeout(timer);
      off();
      offLine();
    };
  }, []);
}

/** What to do once: busy while it runs, its error in words. */
export interface Action {
  busy: boolean;
  error: string | undefined;
  run: (work: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
}
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (reason) {
      setError(messageOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(undefined) };
}
