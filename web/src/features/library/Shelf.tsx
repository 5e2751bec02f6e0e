import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { useShelf, type Wish } from "../../core/resources.ts";
import { t } from "../../core/strings.ts";
import type { Resource, ResourceState } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { ResourceLine } from "../../ui/resource/ResourceLine.tsx";

const SHOWN: readonly ResourceState[] = ["published"];

interface ShelfProps {
  title: string;
  hint?: string | undefined;
  wish: Wish;
  states?: readonly ResourceState[]; // what moved on to another one meanwhile is left out
  except?: readonly number[]; // shown elsewhere on the page
  aside?: boolean; // beside the Club's own
  empty?: ComponentChildren; // absent: nothing at all where there is none
}

/** One shelf, page after page. */
export function Shelf(props: ShelfProps) {
  const { title, hint, wish, states = SHOWN, except = [], aside, empty } = props;
  const id = useId();
  const { items, more, error, next, again } = useShelf(wish);
  const known = useSelect((now) => now.resources, []);
  const seen = (items ?? [])
    .map((item) => known[item.id])
    .filter((one): one is Resource => one !== undefined && states.includes(one.state))
    .filter(({ id: one }) => !except.includes(one));
  if (!empty && seen.length === 0) {
    return null;
  }
  return (
    <section class={`section${aside ? " shelf-aside" : ""}`} aria-labelledby={id}>
      {hint && <p class="small muted">{hint}</p>}
      <h2 id={id}>{title}</h2>
      {error && <Failed error={error} again={again} />}
      {!items && !error && <Loading />}
      {items && seen.length === 0 && empty}
      {seen.length > 0 && (
        <ul class="card card-flush list">
          {seen.map((one) => (
            <li key={one.id}>
              <ResourceLine resource={one} />
            </li>
          ))}
        </ul>
      )}
      {more && (
        <p class="row shelf-more">
          <Button label={`${t.loadMore} : ${title}`} onClick={next}>
            {t.loadMore}
          </Button>
        </p>
      )}
    </section>
  );
}
