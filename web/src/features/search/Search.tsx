// One box over everything one may read; what was found in one list, whatever its kind.

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { channelName } from "../../core/names.ts";
import { narrow } from "../../core/narrow.ts";
import { go, type SearchParams } from "../../core/router.ts";
import { find } from "../../core/strings/find.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { Order } from "./Facets.tsx";
import { Filters } from "./Filters.tsx";
import { filtersOf, withFilter, withoutFilters } from "./filtering.ts";
import { keepPlace, placeIn } from "./find.ts";
import { Hits } from "./Hits.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { type Searching, useSearch } from "./useSearch.ts";

export default function Search({ query }: { query: SearchParams }) {
  const searching = useSearch(query);
  const { results } = searching;
  const root = useRef<HTMLDivElement>(null);
  const channel = useSelect(
    (now) => {
      const one = query.canal ? now.channels[query.canal] : undefined;
      return one && channelName(now, one);
    },
    [query.canal],
  );
  usePlace(root, query, results !== undefined);
  return (
    <Page title={find.title}>
      <div ref={root}>
        <search>
          <SearchBox
            query={query}
            label={channel ? find.inChannel(channel) : find.label}
            toResults={() => root.current?.querySelector<HTMLElement>(".hit-link")?.focus()}
          />
          {query.q !== "" && <Filters query={query} results={results} />}
        </search>
        <Outcome query={query} searching={searching} />
      </div>
    </Page>
  );
}

function Outcome({ query, searching }: { query: SearchParams; searching: Searching }) {
  const { results, busy, error, again, more } = searching;
  const count = results?.hits.length ?? 0;
  if (query.q.trim() === "") {
    return (
      <Empty title={find.introTitle}>
        <p>{find.intro}</p>
      </Empty>
    );
  }
  return (
    <>
      <div class="hits-head">
        <p aria-live="polite" class="small muted hits-count">
          {results &&
            !busy &&
            count > 0 &&
            countText(results.next !== undefined, results.cut, count)}
        </p>
        {!narrow.value && count > 1 && (
          <Order
            query={query}
            change={(part) => go({ page: "search", query: withFilter(query, part) }, "replace")}
          />
        )}
      </div>
      {error && <Failed error={error} again={again} />}
      {busy && !results && <Loading />}
      {results?.cut && <Notice kind="caution">{find.cut}</Notice>}
      {results && count === 0 && !busy && <Nothing query={query} />}
      <div class={busy && results ? "hits-old" : ""}>
        <Hits hits={results?.hits ?? []} />
      </div>
      {results?.next && (
        <Button busy={busy} onClick={more}>
          {t.loadMore}
        </Button>
      )}
    </>
  );
}

function countText(more: boolean, cut: boolean, count: number): string {
  if (more) {
    return find.foundMore(count);
  }
  return cut ? find.foundAtLeast(count) : find.found(count);
}

function Nothing({ query }: { query: SearchParams }) {
  const filtered = filtersOf(query) > 0;
  return (
    <Empty title={find.none(query.q)}>
      <p>{filtered ? find.noneFiltered : find.noneHint}</p>
      {filtered && (
        <Button onClick={() => go({ page: "search", query: withoutFilters(query) }, "replace")}>
          {find.clear}
        </Button>
      )}
    </Empty>
  );
}

/** The place left is the place found. */
function usePlace(
  root: { current: HTMLElement | null },
  query: SearchParams,
  ready: boolean,
): void {
  const latest = useRef(query);
  latest.current = query;
  useLayoutEffect(() => {
    const page = root.current?.closest(".page");
    if (page && ready) {
      page.scrollTop = placeIn(query);
    }
  }, [ready]);
  useEffect(() => {
    const page = root.current?.closest(".page");
    const onScroll = () => page && keepPlace(latest.current, page.scrollTop);
    page?.addEventListener("scroll", onScroll, { passive: true });
    return () => page?.removeEventListener("scroll", onScroll);
  }, []);
}
