// Everybody who has to do with an event, read whole and kept up to date while it is on screen.

import { useEffect, useRef, useState } from "preact/hooks";
import { ask, line, onEachFact } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import type { Commands, Fact, Registration } from "../../core/types.ts";

export type Counts = Commands["registration.list"][1]["counts"];
export interface Registrations {
  rows: readonly Registration[] | undefined;
  counts: Counts | undefined;
  seq: number; // facts up to this one are in
  error: string | undefined;
  again: () => void;
}

interface Read {
  rows: Registration[];
  counts: Counts;
  seq: number;
}

const PAGE = 100;
const AT_MOST_EVERY_MS = 1_500; // a rush of registrations is read again no oftener

async function fetchAll(event: number): Promise<Read> {
  const first = await ask("registration.list", { event, limit: PAGE });
  const rows = [...first.registrations];
  let { next } = first;
  while (next) {
    const page = await ask("registration.list", { event, limit: PAGE, cursor: next });
    rows.push(...page.registrations);
    next = page.next;
  }
  return { rows, counts: first.counts, seq: first.seq };
}

/** Ticks are told one by one, and heard where they are shown (ticks.ts). */
function concerns(fact: Fact, event: number): boolean {
  switch (fact.fact) {
    case "event.changed":
      return fact.event.id === event;
    case "notice.added":
      return fact.notice.event?.id === event;
    default:
      return false;
  }
}

export function useRegistrations(event: number): Registrations {
  const [data, setData] = useState<Read>();
  const [error, setError] = useState<string>();
  const reading = useRef({ current: true, busy: false, later: 0, turn: 0 }).current;
  const read = () => {
    if (reading.busy) {
      reading.turn++;
      return;
    }
    const { turn } = reading;
    reading.busy = true;
    fetchAll(event)
      .then(
        (all) => {
          setData(all);
          setError(undefined);
        },
        (reason: unknown) => setError(messageOf(reason)),
      )
      .finally(() => {
        reading.busy = false;
        if (reading.current && reading.turn !== turn) {
          soon();
        }
      });
  };
  const soon = () => {
    if (!reading.later) {
      reading.later = window.setTimeout(() => {
        reading.later = 0;
        read();
      }, AT_MOST_EVERY_MS);
    }
  };
  useEffect(() => {
    reading.current = true;
    read();
    const offFacts = onEachFact((fact) => {
      if (concerns(fact, event)) {
        soon();
      }
    });
    let wasOnline = line.peek() === "online";
    const offLine = line.subscribe((value) => {
      if (value === "online" && !wasOnline) {
        soon();
      }
      wasOnline = value === "online";
    });
    return () => {
      reading.current = false;
      window.clearTimeout(reading.later);
      reading.later = 0;
      offFacts();
      offLine();
    };
  }, [event]);
  return { rows: data?.rows, counts: data?.counts, seq: data?.seq ?? 0, error, again: read };
}
