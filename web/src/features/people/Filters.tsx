import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { clubsInOrder } from "../../core/places.ts";
import { type DirectoryParams, go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Role } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { type Option, Select } from "../../ui/Field.tsx";
import type { Counts } from "./useDirectory.ts";

const ROLES: readonly Role[] = ["chef_de_projet", "elu", "animateur", "partenaire", "lecteur"];

interface FiltersProps {
  query: DirectoryParams;
  counts: Counts | undefined;
}

/** How many filters are set, the words apart. */
export function filtersSet({ q: _words, ...set }: DirectoryParams): number {
  return Object.keys(set).length;
}

/** Where, as what, on what: each with how many people it would leave. */
export function Filters({ query, counts }: FiltersProps) {
  const clubs = useSelect(clubsInOrder, []).filter((club) => club.can.includes("read"));
  const change = (part: Partial<DirectoryParams>) =>
    go({ page: "directory", query: clean({ ...query, ...part }) }, "replace");
  return (
    <div class="filters directory-filters">
      {clubs.length > 1 && (
        <Select
          label={t.directory.club}
          value={String(query.club ?? "")}
          options={[
            { value: "", label: t.directory.allClubs },
            ...clubs.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          onValue={(value) => change({ club: Number(value) })}
        />
      )}
      <Select
        label={t.directory.departement}
        value={query.departement ?? ""}
        options={departements(query, counts)}
        onValue={(departement) => change({ departement })}
      />
      <Select<Role | "">
        label={t.directory.role}
        value={query.role ?? ""}
        options={roles(query, counts)}
        onValue={(role) => change({ role: role || undefined })}
      />
      <Select
        label={t.directory.theme}
        value={String(query.theme ?? "")}
        options={useThemeOptions(query, counts)}
        onValue={(value) => change({ theme: Number(value) })}
      />
      {filtersSet(query) > 0 && (
        <div class="filters-clear">
          <Button kind="quiet" onClick={() => change(NO_FILTER)}>
            {t.directory.clear}
          </Button>
        </div>
      )}
    </div>
  );
}

const NO_FILTER = { club: undefined, departement: undefined, role: undefined, theme: undefined };

function clean(query: Partial<Record<keyof DirectoryParams, unknown>>): DirectoryParams {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => Boolean(value)));
}

/** One that is set stays in its list, whatever it leaves. */
function departements(query: DirectoryParams, counts: Counts | undefined): Option<string>[] {
  const options = (counts?.departements ?? []).map((one) => ({
    value: one.code,
    label: t.directory.counted(`${one.name} (${one.code})`, one.people),
  }));
  const missing = query.departement && !options.some((one) => one.value === query.departement);
  return [
    { value: "", label: t.directory.allDepartements },
    ...(missing ? [{ value: query.departement ?? "", label: query.departement ?? "" }] : []),
    ...options,
  ];
}

function roles(query: DirectoryParams, counts: Counts | undefined): Option<Role | "">[] {
  const many = new Map(counts?.roles.map((one) => [one.role, one.people]));
  return [
    { value: "" as const, label: t.directory.allRoles },
    ...ROLES.filter((role) => many.has(role) || query.role === role).map((role) => ({
      value: role,
      label: t.directory.counted(t.roles[role], many.get(role) ?? 0),
    })),
  ];
}

function useThemeOptions(query: DirectoryParams, counts: Counts | undefined): Option<string>[] {
  const many = new Map(counts?.themes.map((one) => [one.theme, one.people]));
  const known = useThemes().filter(({ id }) => many.has(id) || query.theme === id);
  return [
    { value: "", label: t.directory.allThemes },
    ...known.map((theme) => ({
      value: String(theme.id),
      label: t.directory.counted(theme.name, many.get(theme.id) ?? 0),
    })),
  ];
}
