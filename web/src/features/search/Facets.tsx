// The filters one by one, each with the values that are found and how many there are of each.

import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { narrow } from "../../core/narrow.ts";
import { myClubs } from "../../core/places.ts";
import { find } from "../../core/strings/find.ts";
import { lib } from "../../core/strings/library.ts";
import type { FacetValue } from "../../core/types.ts";
import { BareSelect, type Option, Select } from "../../ui/Field.tsx";
import type { Change, FiltersProps } from "./Filters.tsx";
import { territoryOf, territoryWord } from "./filtering.ts";
import { isInMessages } from "./find.ts";
import { MessageFilters } from "./MessageFilters.tsx";

type FacetsProps = FiltersProps & { change: Change };

export function Facets(props: FacetsProps) {
  const { query } = props;
  const inMessages = isInMessages(query);
  const noResources = inMessages || (query.genre !== undefined && query.genre !== "resource");
  return (
    <>
      {!noResources && <TypeFacet {...props} />}
      {!inMessages && <ThemeFacet {...props} />}
      {!inMessages && <TerritoryFacet {...props} />}
      <ClubFacet {...props} />
      {!inMessages && <YearFacet {...props} />}
      {(inMessages || query.genre === "message") && <MessageFilters {...props} />}
      {narrow.value && <Order {...props} label />}
    </>
  );
}

interface FacetProps {
  label: string;
  any: string;
  value: string;
  values: readonly FacetValue[] | undefined;
  nameOf: (value: FacetValue) => string;
  wordOf?: (value: FacetValue) => string;
  atLeast: boolean;
  onValue: (value: string) => void;
}

/** Nothing to choose among: the filter is not shown. What is chosen stays in the list. */
function Facet(props: FacetProps) {
  const { label, any, value, values = [], nameOf, atLeast, onValue } = props;
  const wordOf = props.wordOf ?? ((one: FacetValue) => one.value);
  const options: Option<string>[] = values.map((one) => ({
    value: wordOf(one),
    label: find.count(nameOf(one), one.count, atLeast),
  }));
  if (value !== "" && !options.some((option) => option.value === value)) {
    const chosen = { value: value.split(".").pop() ?? value, count: 0 };
    options.push({ value, label: nameOf(chosen) });
  }
  return options.length > 0 ? (
    <Select
      label={label}
      value={value}
      options={[{ value: "", label: any }, ...options]}
      onValue={onValue}
    />
  ) : null;
}

function TypeFacet({ query, results, change }: FacetsProps) {
  const names: Readonly<Record<string, string>> = lib.kinds;
  return (
    <Facet
      label={find.type}
      any={find.anyType}
      value={query.type ?? ""}
      values={results?.counts?.types}
      nameOf={({ value }) => names[value] ?? value}
      atLeast={results?.cut ?? false}
      onValue={(type) => change({ type })}
    />
  );
}

function ThemeFacet({ query, results, change }: FacetsProps) {
  const themes = useThemes();
  return (
    <Facet
      label={find.theme}
      any={find.anyTheme}
      value={String(query.theme ?? "")}
      values={results?.counts?.themes}
      nameOf={({ value }) => themes.find(({ id }) => id === Number(value))?.name ?? value}
      atLeast={results?.cut ?? false}
      onValue={(theme) => change({ theme: Number(theme) })}
    />
  );
}

function TerritoryFacet({ query, results, change }: FacetsProps) {
  const { territoire, code } = query;
  return (
    <Facet
      label={find.territory}
      any={find.anyTerritory}
      value={territoire && code ? territoryWord(territoire, code) : ""}
      values={results?.counts?.territories}
      nameOf={({ name, value }) => name ?? value}
      wordOf={({ kind = "", value }) => territoryWord(kind, value)}
      atLeast={results?.cut ?? false}
      onValue={(word) =>
        change(word ? territoryOf(word) : { territoire: undefined, code: undefined })
      }
    />
  );
}

function ClubFacet({ query, results, change }: FacetsProps) {
  const state = useSelect((now) => now, []);
  const mine = myClubs(state).map(({ id }) => ({ value: String(id), count: 0 }));
  const counted = results?.counts?.clubs;
  const nameOf = ({ value, name }: FacetValue) => state.clubs[Number(value)]?.name ?? name ?? value;
  const onValue = (club: string) => change({ club: Number(club), canal: 0, auteur: 0 });
  const value = String(query.club ?? (query.canal && state.channels[query.canal]?.club) ?? "");
  return counted ? (
    <Facet
      label={find.club}
      any={find.anyClub}
      value={value}
      values={counted}
      nameOf={nameOf}
      atLeast={results?.cut ?? false}
      onValue={onValue}
    />
  ) : (
    <Select
      label={find.club}
      value={value}
      options={[
        { value: "", label: find.anyClub },
        ...mine.map((one) => ({ value: one.value, label: nameOf(one) })),
      ]}
      onValue={onValue}
    />
  );
}

function YearFacet({ query, results, change }: FacetsProps) {
  return (
    <Facet
      label={find.year}
      any={find.anyYear}
      value={String(query.annee ?? "")}
      values={results?.counts?.years}
      nameOf={({ value }) => value}
      atLeast={results?.cut ?? false}
      onValue={(annee) => change({ annee: Number(annee) })}
    />
  );
}

/** `label`: shown above; else only told. */
export function Order({ query, change, label }: Omit<FacetsProps, "results"> & { label?: true }) {
  const usual = isInMessages(query) ? "recent" : "pertinence";
  const choice = {
    label: find.order,
    value: query.tri ?? usual,
    options: [
      { value: "pertinence" as const, label: find.relevant },
      { value: "recent" as const, label: find.recent },
    ],
    onValue: (tri: "pertinence" | "recent") => change({ tri: tri === usual ? undefined : tri }),
  };
  return label ? <Select {...choice} /> : <BareSelect {...choice} />;
}
