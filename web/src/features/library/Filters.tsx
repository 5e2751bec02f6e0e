import { useThemes } from "../../core/events.ts";
import type { Wish } from "../../core/resources.ts";
import { go, type LibraryParams } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { ResourceKind } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { TerritoryPicker } from "../../ui/TerritoryPicker.tsx";

const NO_FILTER = {
  type: undefined,
  theme: undefined,
  territoire: undefined,
  code: undefined,
  lieu: undefined,
} as const;

function kindOf(text: string | undefined): ResourceKind | undefined {
  return text !== undefined && text in lib.kinds ? (text as ResourceKind) : undefined;
}

export function isFiltered({ type, theme, code }: LibraryParams): boolean {
  return Boolean(type || theme || code);
}

/** What the filters ask of a shelf. */
export function wishOf({ type, theme, territoire, code }: LibraryParams): Wish {
  const kind = kindOf(type);
  return {
    ...(kind ? { kind } : {}),
    ...(theme ? { theme } : {}),
    ...(territoire && code ? { territory: { kind: territoire, code } } : {}),
  };
}

export function Filters({ query }: { query: LibraryParams }) {
  const themes = useThemes();
  const active = isFiltered(query);
  const change = (part: Partial<LibraryParams>) =>
    go({ page: "resources", query: { ...query, ...part } }, "replace");
  return (
    <search class="agenda-search">
      <details class="filters-box grow" open={active}>
        <summary>{lib.list.filters}</summary>
        <div class="filters">
          <Select
            label={lib.list.kind}
            value={kindOf(query.type) ?? ""}
            options={[
              { value: "", label: lib.list.allKinds },
              ...Object.entries(lib.kinds).map(([value, label]) => ({ value, label })),
            ]}
            onValue={(value) => change({ type: value || undefined })}
          />
          <Select
            label={lib.list.theme}
            value={String(query.theme ?? "")}
            options={[
              { value: "", label: lib.list.allThemes },
              ...themes.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            onValue={(value) => change({ theme: Number(value) || undefined })}
          />
          <Where query={query} change={change} />
        </div>
        {active && (
          <Button kind="quiet" onClick={() => change(NO_FILTER)}>
            {lib.list.clear}
          </Button>
        )}
      </details>
    </search>
  );
}

interface WhereProps {
  query: LibraryParams;
  change: (part: Partial<LibraryParams>) => void;
}

/** One place at a time; its name stays in sight. */
function Where({ query, change }: WhereProps) {
  const { territoire, code, lieu } = query;
  if (!territoire || !code) {
    return (
      <TerritoryPicker
        label={lib.list.territory}
        placeholder={lib.list.territoryHint}
        without={[]}
        onPick={({ kind, code: chosen, name }) =>
          change({ territoire: kind, code: chosen, lieu: name })
        }
      />
    );
  }
  const name = lieu ?? code;
  return (
    <div class="field">
      <span class="field-label">{lib.list.territory}</span>
      <button
        type="button"
        class="button"
        aria-label={lib.list.removeTerritory(name)}
        onClick={() => change({ territoire: undefined, code: undefined, lieu: undefined })}
      >
        {name}
        <Icon name="close" />
      </button>
    </div>
  );
}
