// The form of a resource: what is typed, kept in this tab until the server has it; what was refused.

import { useEffect, useMemo, useState } from "preact/hooks";
import { dropKept, keep, readKept } from "../../core/kept.ts";
import { ask, learn, send } from "../../core/live.ts";
import { fieldOf, messageOf } from "../../core/problem.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { isUnderWay, uploadsOf } from "../../core/uploads.ts";
import { sentOf } from "./brought.ts";
import { draftOf, gapsOf, isResourceDraft, type ResourceDraft, wireOf } from "./form.ts";

interface Kept {
  draft: ResourceDraft;
  base: string; // what the resource said when the typing began
}
export interface ResourceForm {
  draft: ResourceDraft;
  files: string; // the place of its uploads
  set: (part: Partial<ResourceDraft>) => void;
  error: (field: string) => string | undefined;
  problem: string | undefined; // said above the buttons
  busy: boolean;
  restored: boolean;
  outdated: boolean;
  /** `shows`: it is to be proposed or published, and not only kept. */
  save: (shows: boolean) => Promise<number | undefined>;
  startOver: () => void;
}

const sayOf = (draft: ResourceDraft) => JSON.stringify(wireOf(draft));

function isKept(value: unknown): value is Kept {
  const one = value as Partial<Kept> | null;
  return typeof one === "object" && one !== null && "base" in one && isResourceDraft(one.draft);
}

/** `loaded` absent: a new one. `name`: under which what is typed is kept. */
export function useResourceForm(
  name: string,
  first: ResourceDraft,
  loaded?: Resource,
): ResourceForm {
  const files = `form.${name}`;
  const found = useMemo(() => readKept(name, isKept), []);
  const [base, setBase] = useState(() => sayOf(first));
  const [draft, setDraft] = useState(found?.draft ?? first);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [restored, setRestored] = useState(found !== undefined);
  const [outdated, setOutdated] = useState(found !== undefined && found.base !== base);

  useEffect(() => {
    if (problem) {
      document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [problem]);

  const set = (part: Partial<ResourceDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keep(name, { draft: next, base } satisfies Kept);
  };
  const settle = (next: ResourceDraft) => {
    dropKept(name);
    setDraft(next);
    setBase(sayOf(next));
    setErrors({});
    setProblem(undefined);
    setRestored(false);
    setOutdated(false);
  };
  const create = async () => {
    const { club, nonce, brought, message } = draft;
    const { id } = await send("resource.create", {
      club,
      nonce,
      ...wireOf(draft),
      ...sentOf(brought),
      ...(message ? { source_message: message } : {}),
    });
    dropKept(name);
    return id;
  };
  const update = async ({ id }: Resource) => {
    const now = await ask("resource.get", { resource: id });
    const theirs = sayOf(draftOf(now.resource));
    if (theirs !== base) {
      setBase(theirs);
      setOutdated(true);
      return undefined;
    }
    if (sayOf(draft) !== base) {
      await send("resource.update", { resource: id, ...wireOf(draft) });
      const after = await ask("resource.get", { resource: id });
      learn({ seq: after.seq, resources: [after.resource] });
      settle(draftOf(after.resource));
    }
    return id;
  };
  const save = async (shows: boolean) => {
    const coming = uploadsOf(files).some(isUnderWay);
    const gaps = Object.entries(gapsOf(draft, shows && !loaded));
    setErrors(Object.fromEntries(gaps.map(([field, gap]) => [field, lib.form.gaps[gap]])));
    setProblem(undefined);
    if (coming || gaps.length > 0) {
      setTimeout(() => setProblem(coming ? lib.form.coming : lib.form.incomplete));
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
    restored,
    outdated,
    save,
    startOver: () => settle(first),
  };
}
