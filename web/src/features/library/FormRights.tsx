import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Club, Licence } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Check } from "../../ui/Checks.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import type { ResourceForm } from "./useResourceForm.ts";

const LICENCES = Object.keys(lib.licences) as Licence[];

interface RightsProps {
  form: ResourceForm;
  club: Club | undefined;
  keeper: boolean;
  isNew: boolean; // where it was taken from is said once
}

/** Who made it, when, where it comes from, what one may do with it. */
export function FormRights({ form, club, keeper, isNew }: RightsProps) {
  const { draft, set, error } = form;
  return (
    <Group title={lib.form.rights}>
      <TextField
        optional
        label={lib.form.organisation}
        hint={lib.form.organisationHint(club?.name ?? lib.national)}
        value={draft.organisation}
        onValue={(organisation) => set({ organisation })}
        error={error("organisation")}
      />
      <TextField
        optional
        autocomplete="off"
        label={lib.form.dated}
        hint={lib.form.datedHint}
        value={draft.dated}
        onValue={(dated) => set({ dated })}
        error={error("dated_on")}
      />
      <div>
        <Select<Licence>
          label={lib.form.licence}
          value={draft.licence}
          onValue={(licence) => set({ licence })}
          options={LICENCES.map((value) => ({ value, label: lib.licences[value] }))}
          error={error("licence")}
        />
        <p class="field-hint licence-hint" aria-live="polite">
          {lib.allows[draft.licence]}
        </p>
      </div>
      <TextField
        optional
        label={lib.form.source}
        hint={lib.form.sourceHint}
        value={draft.source}
        onValue={(source) => set({ source })}
        error={error("source")}
      />
      <TextField
        optional
        type="url"
        label={lib.form.sourceLink}
        value={draft.sourceLink}
        onValue={(sourceLink) => set({ sourceLink })}
        error={error("source_link")}
      />
      {isNew && draft.message > 0 && (
        <div>
          <p>{lib.form.fromMessage}</p>
          <p class="row">
            <a href={hrefOf({ page: "message", message: draft.message })}>{lib.form.seeMessage}</a>
            <Button small onClick={() => set({ message: 0 })}>
              {lib.form.dropMessage}
            </Button>
          </p>
        </div>
      )}
      {keeper && (
        <Check
          label={lib.form.isPublic}
          hint={lib.form.isPublicHint}
          checked={draft.isPublic}
          onChecked={(isPublic) => set({ isPublic })}
        />
      )}
    </Group>
  );
}
