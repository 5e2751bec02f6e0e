import { useState } from "preact/hooks";
import { fold } from "../../core/fold.ts";
import { t } from "../../core/strings.ts";
import type { Club, Role, Scope } from "../../core/types.ts";
import { Check, Checks } from "../../ui/Checks.tsx";
import { Choices, Select, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { type Audiences, regionsOf } from "./audiences.ts";
import type { EventForm } from "./useEventForm.ts";

const ROLES: readonly Role[] = ["chef_de_projet", "elu", "animateur", "partenaire", "lecteur"];
const FILTER_FROM = 9; // Clubs: fewer are seen at a glance

interface WhomProps {
  club: Club;
  form: EventForm;
  audiences: Audiences | undefined;
}

/** Only what the person may choose is there to be chosen. */
export function FormWhom({ club, form, audiences }: WhomProps) {
  const { draft, set, error } = form;
  return (
    <Group title={t.eventForm.whom}>
      {audiences && <ScopeField {...{ club, form, audiences }} />}
      {draft.registration !== "none" && (
        <Checks<Role>
          label={t.eventForm.roles}
          hint={t.eventForm.rolesHint}
          values={draft.roles}
          options={ROLES.map((role) => ({ value: role, label: t.roles[role] }))}
          onValues={(roles) => set({ roles })}
          error={error("roles")}
        />
      )}
      <Check
        label={t.eventForm.isPublic}
        hint={t.eventForm.isPublicHint}
        checked={draft.isPublic}
        onChecked={(isPublic) => set({ isPublic })}
      />
    </Group>
  );
}

function ScopeField({ club, form, audiences }: WhomProps & { audiences: Audiences }) {
  const { draft, set, error } = form;
  const { network, clubs } = audiences;
  const regions = network ? regionsOf(audiences) : [];
  const scopes: Scope[] = [
    ...(network ? (["network"] as const) : []),
    ...(regions.length > 0 ? (["region"] as const) : []),
    "clubs",
  ];
  if (scopes.length === 1 && clubs.length <= 1) {
    return <p>{t.eventForm.onlyClub(clubs[0]?.name ?? club.name)}</p>;
  }
  return (
    <>
      {scopes.length > 1 && (
        <Choices<Scope>
          label={t.eventForm.scope}
          value={draft.scope}
          onValue={(scope) => set({ scope })}
          options={scopes.map((value) => ({ value, label: t.eventForm.scopes[value] }))}
          error={error("scope")}
        />
      )}
      {draft.scope === "region" && (
        <Select
          label={t.eventForm.region}
          value={draft.region}
          onValue={(region) => set({ region })}
          options={[
            { value: "", label: t.eventForm.chooseRegion },
            ...regions.map((region) => ({ value: region, label: region })),
          ]}
          error={error("region")}
        />
      )}
      {draft.scope === "clubs" && (
        <ClubsField
          clubs={clubs}
          values={draft.clubs}
          onValues={(next) => set({ clubs: next })}
          error={error("clubs")}
        />
      )}
    </>
  );
}

interface ClubsProps {
  clubs: Audiences["clubs"];
  values: readonly number[];
  onValues: (values: number[]) => void;
  error: string | undefined;
}

/** A hundred Clubs: those chosen stay in sight while one looks for another. */
function ClubsField({ clubs, values, onValues, error }: ClubsProps) {
  const [text, setText] = useState("");
  const many = clubs.length >= FILTER_FROM;
  const wanted = fold(text.trim());
  const shown = clubs.filter(
    (club) => values.includes(club.id) || wanted === "" || fold(club.name).includes(wanted),
  );
  return (
    <div class="stack-s">
      {many && (
        <TextField
          type="search"
          autocomplete="off"
          label={t.eventForm.filterClubs}
          value={text}
          onValue={setText}
        />
      )}
      <div class={many ? "checks-tall" : undefined}>
        <Checks
          label={t.eventForm.clubs}
          hint={many ? t.eventForm.clubsChosen(values.length) : undefined}
          values={values}
          options={shown.map((club) => ({ value: club.id, label: club.name }))}
          onValues={onValues}
          error={error}
        />
      </div>
    </div>
  );
}
