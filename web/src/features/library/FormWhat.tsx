import { useThemes } from "../../core/events.ts";
import { titleOf } from "../../core/library.ts";
import { lib } from "../../core/strings/library.ts";
import type { ResourceKind } from "../../core/types.ts";
import { Checks } from "../../ui/Checks.tsx";
import { Select, TextArea, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { sameTerritory, TerritoryPicker } from "../../ui/TerritoryPicker.tsx";
import { SourceFields } from "./SourceFields.tsx";
import type { ResourceForm } from "./useResourceForm.ts";

const KINDS = Object.keys(lib.kinds) as ResourceKind[];

/** What it is, and the document itself. */
export function FormWhat({ form, isNew }: { form: ResourceForm; isNew: boolean }) {
  const { draft, set, error } = form;
  return (
    <>
      <Group title={lib.form.what}>
        <Select<ResourceKind>
          label={lib.form.kind}
          value={draft.kind}
          onValue={(kind) => set({ kind })}
          options={KINDS.map((kind) => ({ value: kind, label: lib.kinds[kind] }))}
          error={error("kind")}
        />
        <TextField
          label={lib.form.titleField}
          value={draft.title}
          onValue={(title) => set({ title })}
          error={error("title")}
        />
        <TextArea
          optional
          rows={6}
          label={lib.form.summary}
          hint={lib.form.summaryHint}
          value={draft.summary}
          onValue={(summary) => set({ summary })}
          error={error("summary")}
        />
      </Group>
      <Group
        title={lib.form.content}
        hint={isNew ? lib.form.contentHint : lib.form.contentEdit}
        bare={!isNew}
      >
        {isNew && (
          <SourceFields
            brought={draft.brought}
            onBrought={(brought) => {
              const title = draft.title.trim() ? draft.title : titleOf(brought.name);
              set({ brought, title });
            }}
            place={form.files}
            error={error("file") ?? error("link")}
          />
        )}
      </Group>
    </>
  );
}

/** By what people will look for it. */
export function FormSorting({ form }: { form: ResourceForm }) {
  const { draft, set, error } = form;
  const themes = useThemes();
  const { territories } = draft;
  return (
    <Group title={lib.form.sorting}>
      {themes.length > 0 && (
        <Checks
          label={lib.form.themes}
          values={draft.themes}
          options={themes.map((theme) => ({ value: theme.id, label: theme.name }))}
          onValues={(next) => set({ themes: next })}
          error={error("themes")}
        />
      )}
      <TerritoryPicker
        optional
        label={lib.form.territories}
        hint={lib.form.territoriesHint}
        without={territories}
        error={error("territories")}
        onPick={(one) => set({ territories: [...territories, one] })}
      />
      {territories.length > 0 && (
        <ul class="row" aria-label={lib.form.territories}>
          {territories.map((one) => (
            <li key={`${one.kind} ${one.code}`}>
              <button
                type="button"
                class="button button-small"
                aria-label={lib.form.remove(one.name ?? one.code)}
                onClick={() =>
                  set({ territories: territories.filter((old) => !sameTerritory(old, one)) })
                }
              >
                {one.name ?? one.code}
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}
