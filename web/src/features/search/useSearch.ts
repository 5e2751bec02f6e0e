// A search that follows what is typed, one answer behind none: an older answer never covers a newer.

import { useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../../core/problem.ts";
import type { SearchParams } from "../../core/router.ts";
import { fetchResults, keepResults, keyOf, type Results, readResults } from "./find.ts";

export interface Searching {
  results: Results | undefined; // those before, while new ones are on their way
  busy: boolean;
  error: string | undefined;
  again: () => void;
  more: () => void;
}

export function useSearch(query: SearchParams): Searching {
  const [results, setResults] = useState(readResults(query));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const turn = useRef(0);
  const run = (before?: Results) => {
    const mine = ++turn.current;
    setBusy(true);
    setError(undefined);
    fetchResults(query, before).then(
      (found) => {
        keepResults(query, found);
        if (turn.current === mine) {
          setResults(found);
          setBusy(false);
        }
      },
      (reason: unknown) => {
        if (turn.current === mine) {
          setError(messageOf(reason));
          setBusy(false);
        }
      },
    );
  };
  useEffect(() => {
    const known = readResults(query);
    if (query.q.trim() === "") {
      turn.current++;
      setResults(undefined);
      setBusy(false);
    } else if (known) {
      turn.current++;
      setResults(known);
      setBusy(false);
    } else {
      run();
    }
  }, [keyOf(query)]);
  return { results, busy, error, again: () => run(), more: () => run(results) };
}
