// The form of a resource: how it is made and changed.

import { type KeptForm, useKeptForm } from "../../core/keptForm.ts";
import { ask, learn, send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { sentOf } from "./brought.ts";
import { draftOf, gapsOf, isResourceDraft, type ResourceDraft, wireOf } from "./form.ts";

export interface ResourceForm extends KeptForm<ResourceDraft> {
  /** `shows`: it is to be proposed or published, and not only kept. */
  save: (shows: boolean) => Promise<number | undefined>;
}

/** `loaded` absent: a new one. `name`: under which what is typed is kept. */
export function useResourceForm(
  name: string,
  first: ResourceDraft,
  loaded?: Resource,
): ResourceForm {
  const kind = { wireOf, isDraft: isResourceDraft };
  const { form, update, submit, sent } = useKeptForm(name, first, kind);
  const { draft } = form;
  const create = async () => {
    const { club, nonce, brought, message } = draft;
    const { id } = await send("resource.create", {
      club,
      nonce,
      ...wireOf(draft),
      ...sentOf(brought),
      ...(message ? { source_message: message } : {}),
    });
    sent();
    return id;
  };
  const change = async ({ id }: Resource) => {
    const load = async () => {
      const { seq, resource } = await ask("resource.get", { resource: id });
      learn({ seq, resources: [resource] });
      return draftOf(resource);
    };
    const changing = () => send("resource.update", { resource: id, ...wireOf(draft) });
    return (await update(load, changing)) ? id : undefined;
  };
  const save = (shows: boolean) => {
    const gaps = Object.entries(gapsOf(draft, shows && !loaded));
    const said = Object.fromEntries(gaps.map(([field, gap]) => [field, lib.form.gaps[gap]]));
    return submit(said, lib.form, () => (loaded ? change(loaded) : create()));
  };
  return { ...form, save };
}
