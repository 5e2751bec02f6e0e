import { useThemes } from "../../core/events.ts";
import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Club, EventKind } from "../../core/types.ts";
import { Checks } from "../../ui/Checks.tsx";
import { Select, TextArea, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import type { EventForm } from "./useEventForm.ts";

const PARENT_MAX = 100;
const DAY_MS = 86_400_000;
const KINDS = Object.keys(t.kinds) as EventKind[];

/** What it is, in the words of who organises it. */
export function FormWhat({ club, form, id }: { club: Club; form: EventForm; id: number }) {
  const { draft, set, error } = form;
  const themes = useThemes();
  return (
    <Group title={t.eventForm.what}>
      <Select<EventKind>
        label={t.eventForm.kind}
        value={draft.kind}
        onValue={(kind) => set(kind === "semaine" ? { kind, parent: 0 } : { kind })}
        options={KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] }))}
        error={error("kind")}
      />
      <TextField
        label={t.eventForm.titleField}
        value={draft.title}
        onValue={(title) => set({ title })}
        error={error("title")}
      />
      <TextArea
        optional
        rows={6}
        label={t.eventForm.description}
        hint={t.eventForm.descriptionHint}
        value={draft.description}
        onValue={(description) => set({ description })}
        error={error("description")}
      />
      <TextField
        optional
        label={t.eventForm.organisation}
        hint={t.eventForm.organisationHint(club.name)}
        value={draft.organisation}
        onValue={(organisation) => set({ organisation })}
        error={error("organisation")}
      />
      {themes.length > 0 && (
        <Checks
          label={t.eventForm.themes}
          values={draft.themes}
          options={themes.map((theme) => ({ value: theme.id, label: theme.name }))}
          onValues={(next) => set({ themes: next })}
          error={error("themes")}
        />
      )}
      {draft.kind !== "semaine" && <Parent club={club.id} form={form} id={id} />}
    </Group>
  );
}

/** The semaine thématique it belongs to, where there is one to come. */
function Parent({ club, form, id }: { club: number; form: EventForm; id: number }) {
  const { draft, set, error } = form;
  const weeks = useQuery(async () => {
    const from = Date.now() - DAY_MS;
    const wish = { club, kind: "semaine", drafts: true, from, limit: PARENT_MAX } as const;
    const { events } = await ask("event.list", wish);
    return events.filter((one) => one.id !== id && one.club === club);
  }, [id, club]);
  const options = [
    { value: "0", label: t.eventForm.noParent },
    ...(weeks.data ?? []).map((week) => ({ value: String(week.id), label: week.title })),
  ];
  if (options.length === 1 && draft.parent === 0) {
    return null;
  }
  return (
    <Select
      optional
      label={t.eventForm.parent}
      value={String(draft.parent)}
      onValue={(value) => set({ parent: Number(value) })}
      options={options}
      error={error("parent")}
    />
  );
}
