// The form of an event: what is typed, kept in this tab until the server has it; what was refused.

import { useEffect, useMemo, useState } from "preact/hooks";
import { dropKept, keep, readKept } from "../../core/kept.ts";
import { ask, send } from "../../core/live.ts";
import { act } from "../../core/own.ts";
import { fieldOf, messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Club, ClubEvent } from "../../core/types.ts";
import { isUnderWay, uploadsOf } from "../../core/uploads.ts";
import {
  draftOf,
  type Errors,
  type EventDraft,
  emptyDraft,
  gapsOf,
  isEventDraft,
  wireOf,
} from "./form.ts";

/** An event as its form needs it; `link`: the meeting link, though others may not see it. */
export interface Loaded {
  event: ClubEvent;
  link: string | undefined;
}
interface Kept {
  draft: EventDraft;
  base: string; // what the event said when the typing began
}
export interface EventForm {
  draft: EventDraft;
  files: string; // place of the files on their way to its documents
  set: (part: Partial<EventDraft>) => void;
  error: (field: string) => string | undefined;
  problem: string | undefined; // said above the buttons
  busy: boolean;
  dirty: boolean;
  restored: boolean;
  outdated: boolean;
  save: () => Promise<number | undefined>;
  startOver: () => void;
}

export async function loadEvent(id: number): Promise<Loaded> {
  const { event, mine } = await ask("event.get", { event: id });
  return { event, link: mine.link };
}

const sayOf = (draft: EventDraft) => JSON.stringify(wireOf(draft));

function isKept(value: unknown): value is Kept {
  const one = value as Partial<Kept> | null;
  return typeof one === "object" && one !== null && "base" in one && isEventDraft(one.draft);
}

/** `loaded` absent: a new event of this Club. */
export function useEventForm(club: Club, loaded?: Loaded): EventForm {
  const name = loaded ? `event.${loaded.event.id}` : `event.new.${club.id}`;
  const files = `form.${name}`;
  const first = useMemo(() => (loaded ? draftOf(loaded.event, loaded.link) : emptyDraft(club)), []);
  const found = useMemo(() => readKept(name, isKept), []);
  const [base, setBase] = useState(sayOf(first));
  const [draft, setDraft] = useState(found?.draft ?? first);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [restored, setRestored] = useState(found !== undefined);
  const [outdated, setOutdated] = useState(found !== undefined && found.base !== base);
  const dirty = sayOf(draft) !== base;

  useEffect(() => {
    if (problem) {
      document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [problem]);

  const set = (part: Partial<EventDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keep(name, { draft: next, base } satisfies Kept);
  };
  const settle = (next: EventDraft) => {
    dropKept(name);
    setDraft(next);
    setBase(sayOf(next));
    setErrors({});
    setProblem(undefined);
    setRestored(false);
    setOutdated(false);
  };
  const create = async () => {
    const { nonce } = draft;
    const { id } = await send("event.create", { club: club.id, nonce, ...wireOf(draft) });
    dropKept(name);
    return id;
  };
  const update = async ({ event: { id } }: Loaded) => {
    const now = await loadEvent(id);
    const theirs = sayOf(draftOf(now.event, now.link));
    if (theirs !== base) {
      setBase(theirs);
      setOutdated(true);
      return undefined;
    }
    if (dirty) {
      await act("event.update", { event: id, ...wireOf(draft) });
      const after = await loadEvent(id);
      settle(draftOf(after.event, after.link));
    }
    return id;
  };
  const save = async () => {
    const gaps = gapsOf(draft);
    setErrors(mapValues(gaps, (gap) => t.eventForm.gaps[gap]));
    setProblem(undefined);
    const coming = uploadsOf(files).some(isUnderWay);
    if (coming || Object.keys(gaps).length > 0) {
      setTimeout(() => setProblem(coming ? t.eventForm.coming : t.eventForm.incomplete));
      return undefined;
    }
    setBusy(true);
    try {
      return await (loaded ? update(loaded) : create());
    } catch (reason) {
      const field = fieldOf(reason);
      setErrors(field ? { [field]: messageOf(reason) } : {});
      setProblem(messageOf(reason));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    draft,
    files,
    set,
    error: (field) => errors[field],
    problem,
    busy,
    dirty,
    restored,
    outdated,
    save,
    startOver: () => settle(first),
  };
}

function mapValues<A, B>(of: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}
