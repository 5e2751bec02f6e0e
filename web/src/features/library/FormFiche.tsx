import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import { t } from "../../core/strings.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Select, TextArea, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { type FormFunder, newKey, pathOf } from "./form.ts";
import type { ResourceForm } from "./useResourceForm.ts";

const FUNDERS_MAX = 20;

/** What a fiche-projet says besides; its PVD are among its territories. */
export function FormFiche({ form, club }: { form: ResourceForm; club: number }) {
  const { draft, set, error } = form;
  return (
    <Group title={lib.form.fiche}>
      <TextField
        optional
        inputMode="numeric"
        autocomplete="off"
        label={lib.form.cost}
        value={draft.cost}
        onValue={(cost) => set({ cost })}
        error={error("fiche.cost")}
      />
      <Funders form={form} />
      <TextArea
        optional
        label={lib.form.calendar}
        hint={lib.form.calendarHint}
        value={draft.calendar}
        onValue={(calendar) => set({ calendar })}
        error={error("fiche.calendar")}
      />
      <TextArea
        optional
        rows={3}
        label={lib.form.partners}
        value={draft.partners}
        onValue={(partners) => set({ partners })}
        error={error("fiche.partners")}
      />
      <TextArea
        optional
        label={lib.form.lessons}
        hint={lib.form.lessonsHint}
        value={draft.lessons}
        onValue={(lessons) => set({ lessons })}
        error={error("fiche.lessons")}
      />
      <Contact form={form} club={club} />
    </Group>
  );
}

function Funders({ form }: { form: ResourceForm }) {
  const { draft, set, error } = form;
  const { funders } = draft;
  const change = (funder: FormFunder, part: Partial<FormFunder>) =>
    set({ funders: funders.map((one) => (one === funder ? { ...one, ...part } : one)) });
  return (
    <fieldset class="choices stack-s">
      <legend>{lib.form.funders}</legend>
      {funders.map((funder, i) => (
        <div key={funder.key} class="pair pair-tool">
          <TextField
            label={lib.form.funderName(i + 1)}
            value={funder.name}
            onValue={(name) => change(funder, { name })}
            error={error(`${pathOf(draft, i)}.name`)}
          />
          <TextField
            inputMode="numeric"
            autocomplete="off"
            label={lib.form.funderAmount(i + 1)}
            value={funder.amount}
            onValue={(amount) => change(funder, { amount })}
            error={error(`${pathOf(draft, i)}.amount`)}
          />
          <IconButton
            icon="trash"
            label={lib.form.removeFunder(i + 1)}
            onClick={() => set({ funders: funders.filter((one) => one !== funder) })}
          />
        </div>
      ))}
      {funders.length < FUNDERS_MAX && (
        <Button
          icon="plus"
          onClick={() => set({ funders: [...funders, { key: newKey(), name: "", amount: "" }] })}
        >
          {lib.form.addFunder}
        </Button>
      )}
    </fieldset>
  );
}

/** A post of the Club: who holds it changes, the contact does not. */
function Contact({ form, club }: { form: ResourceForm; club: number }) {
  const { draft, set, error } = form;
  const posts = useQuery(async () => (await ask("post.list", { club })).posts, [club]);
  const options = (posts.data ?? []).flatMap(({ id, role, place }) =>
    id ? [{ value: String(id), label: `${t.roles[role]} · ${place}` }] : [],
  );
  if (options.length === 0 && draft.post === 0) {
    return null;
  }
  return (
    <Select
      optional
      label={lib.form.post}
      hint={lib.form.postHint}
      value={String(draft.post || "")}
      onValue={(value) => set({ post: Number(value) })}
      options={[{ value: "", label: lib.form.noPost }, ...options]}
      error={error("fiche.post")}
    />
  );
}
