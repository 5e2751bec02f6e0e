// How components look at the state: only what they select makes them draw again.

import { computed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
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

/** Calls `then` a little after facts of these kinds, and after the line came back. */
export function useFacts(names: readonly Fact["fact"][], then: () => void): void {
  useEffect(() => {
    let timer: number | undefined;
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(then, 300);
    };
    const off = onEachFact((fact) => {
      if (names.includes(fact.fact)) {
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
