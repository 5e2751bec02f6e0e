// The form of one object: what is typed, kept in this tab until the server has it; what was refused.

import { useEffect, useMemo, useState } from "preact/hooks";
import { dropKept, keep, readKept } from "./kept.ts";
import { fieldOf, messageOf } from "./problem.ts";
import { isUnderWay, uploadsOf } from "./uploads.ts";

/** What a form shows, whatever it is about. */
export interface KeptForm<Draft> {
  draft: Draft;
  files: string; // the place of its uploads
  set: (part: Partial<Draft>) => void;
  error: (field: string) => string | undefined;
  problem: string | undefined; // said above the buttons
  busy: boolean;
  dirty: boolean;
  restored: boolean;
  outdated: boolean;
  startOver: () => void;
}

interface Kind<Draft> {
  wireOf: (draft: Draft) => unknown; // what would be sent: two drafts that send the same are one
  isDraft: (value: unknown) => value is Draft;
}
interface Kept<Draft> {
  draft: Draft;
  base: string; // what the object said when the typing began
}

/** `name`: under which what is typed is kept. */
export function useKeptForm<Draft extends object>(
  name: string,
  first: Draft,
  { wireOf, isDraft }: Kind<Draft>,
) {
  const sayOf = (one: Draft) => JSON.stringify(wireOf(one));
  const isKept = (value: unknown): value is Kept<Draft> => {
    const one = value as Partial<Kept<Draft>> | null;
    return typeof one === "object" && one !== null && "base" in one && isDraft(one.draft);
  };
  const files = `form.${name}`;
  const found = useMemo(() => readKept(name, isKept), []);
  const [base, setBase] = useState(() => sayOf(first));
  const [draft, setDraft] = useState(found?.draft ?? first);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
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

  const set = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keep(name, { draft: next, base } satisfies Kept<Draft>);
  };
  const settle = (next: Draft) => {
    dropKept(name);
    setDraft(next);
    setBase(sayOf(next));
    setErrors({});
    setProblem(undefined);
    setRestored(false);
    setOutdated(false);
  };
  /** Sends what was typed over what `load` gives, unless another changed that meanwhile: false then. */
  const update = async (load: () => Promise<Draft>, sendIt: () => Promise<unknown>) => {
    const theirs = sayOf(await load());
    if (theirs !== base) {
      setBase(theirs);
      setOutdated(true);
      return false;
    }
    if (dirty) {
      await sendIt();
      settle(await load());
    }
    return true;
  };
  /** Does `work` unless something is missing or still coming in; says what is refused. */
  const submit = async <Result>(
    gaps: Readonly<Record<string, string>>,
    words: { coming: string; incomplete: string },
    work: () => Promise<Result>,
  ): Promise<Result | undefined> => {
    const coming = uploadsOf(files).some(isUnderWay);
    setErrors(gaps);
    setProblem(undefined);
    if (coming || Object.keys(gaps).length > 0) {
      setTimeout(() => setProblem(coming ? words.coming : words.incomplete));
      return undefined;
    }
    setBusy(true);
    try {
      return await work();
    } catch (reason) {
      const field = fieldOf(reason);
      setErrors(field ? { [field]: messageOf(reason) } : {});
      setProblem(messageOf(reason));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const form: KeptForm<Draft> = {
    draft,
    files,
    set,
    error: (field) => errors[field],
    problem,
    busy,
    dirty,
    restored,
    outdated,
    startOver: () => settle(first),
  };
  return { form, update, submit, sent: () => dropKept(name) };
}
