// Beside the box: what kind of thing is looked for, with how many there are; the other filters, in sight
// where there is room, in a dialog on a phone.

import { useState } from "preact/hooks";
import { narrow } from "../../core/narrow.ts";
import { go, type SearchParams } from "../../core/router.ts";
import { find } from "../../core/strings/find.ts";
import type { HitKind } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Facets } from "./Facets.tsx";
import { countOf, filtersOf, withFilter, withoutFilters } from "./filtering.ts";
import { isInMessages, type Results } from "./find.ts";

export interface FiltersProps {
  query: SearchParams;
  results: Results | undefined;
}
export type Change = (part: Partial<SearchParams>) => void;

export function Filters({ query, results }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const active = filtersOf(query);
  const change: Change = (part) =>
    go({ page: "search", query: withFilter(query, part) }, "replace");
  const clear = () => go({ page: "search", query: withoutFilters(query) }, "replace");
  return (
    <div class="facets">
      {!isInMessages(query) && <Kinds query={query} results={results} change={change} />}
      {narrow.value ? (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {active > 0 ? find.filtersOn(active) : find.filters}
        </Button>
      ) : (
        <div class="filters">
          <Facets query={query} results={results} change={change} />
        </div>
      )}
      {!narrow.value && active > 0 && (
        <Button kind="quiet" onClick={clear}>
          {find.clear}
        </Button>
      )}
      {open && (
        <Dialog title={find.filters} onClose={() => setOpen(false)}>
          <Facets query={query} results={results} change={change} />
          <div class="dialog-actions">
            {active > 0 && <Button onClick={clear}>{find.clear}</Button>}
            <Button kind="primary" onClick={() => setOpen(false)}>
              {find.showResults}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

const KINDS: readonly HitKind[] = ["message", "event", "resource", "person", "town"];

/** All of it, or one kind; without those there are none of, unless it is the one looked for. */
function Kinds({ query, results, change }: FiltersProps & { change: Change }) {
  const counts = results?.counts?.kinds;
  const shown = KINDS.filter(
    (kind) => kind === query.genre || !counts || countOf(counts, kind) > 0,
  );
  return (
    <fieldset class="chips" aria-label={find.kindsLabel}>
      <Chip on={!query.genre} name={find.all} onClick={() => change({ genre: undefined })} />
      {shown.map((kind) => (
        <Chip
          key={kind}
          on={query.genre === kind}
          name={find.kinds[kind]}
          count={countOf(counts, kind)}
          atLeast={results?.cut ?? false}
          onClick={() => change({ genre: query.genre === kind ? undefined : kind })}
        />
      ))}
    </fieldset>
  );
}

interface ChipProps {
  on: boolean;
  name: string;
  count?: number;
  atLeast?: boolean;
  onClick: () => void;
}

function Chip({ on, name, count = 0, atLeast = false, onClick }: ChipProps) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={onClick}>
      {name}
      {count > 0 && (
        <span class="chip-count">
          {atLeast && <span class="visually-hidden">{find.atLeastBefore} </span>}
          {count}
          {atLeast && <span aria-hidden="true">+</span>}
        </span>
      )}
    </button>
  );
}
