// The form of an event: how it is made and changed.

import { useMemo } from "preact/hooks";
import { type KeptForm, useKeptForm } from "../../core/keptForm.ts";
import { ask, send } from "../../core/live.ts";
import { act } from "../../core/own.ts";
import { t } from "../../core/strings.ts";
import type { Club, ClubEvent } from "../../core/types.ts";
import { draftOf, type EventDraft, emptyDraft, gapsOf, isEventDraft, wireOf } from "./form.ts";

/** An event as its form needs it; `link`: the meeting link, though others may not see it. */
export interface Loaded {
  event: ClubEvent;
  link: string | undefined;
}
export interface EventForm extends KeptForm<EventDraft> {
  save: () => Promise<number | undefined>;
}

export async function loadEvent(id: number): Promise<Loaded> {
  const { event, mine } = await ask("event.get", { event: id });
  return { event, link: mine.link };
}

/** `loaded` absent: a new event of this Club. */
export function useEventForm(club: Club, loaded?: Loaded): EventForm {
  const name = loaded ? `event.${loaded.event.id}` : `event.new.${club.id}`;
  const first = useMemo(() => (loaded ? draftOf(loaded.event, loaded.link) : emptyDraft(club)), []);
  const kind = { wireOf, isDraft: isEventDraft };
  const { form, update, submit, sent } = useKeptForm(name, first, kind);
  const { draft } = form;
  const create = async () => {
    const { nonce } = draft;
    const { id } = await send("event.create", { club: club.id, nonce, ...wireOf(draft) });
    sent();
    return id;
  };
  const change = async ({ event: { id } }: Loaded) => {
    const load = async () => {
      const now = await loadEvent(id);
      return draftOf(now.event, now.link);
    };
    const changing = () => act("event.update", { event: id, ...wireOf(draft) });
    return (await update(load, changing)) ? id : undefined;
  };
  const save = () => {
    const gaps = Object.entries(gapsOf(draft));
    const said = Object.fromEntries(gaps.map(([field, gap]) => [field, t.eventForm.gaps[gap]]));
    return submit(said, t.eventForm, () => (loaded ? change(loaded) : create()));
  };
  return { ...form, save };
}
