import { find } from "../../core/strings/find.ts";
import type { SearchHit } from "../../core/types.ts";
import { HitItem } from "./HitItem.tsx";

/** Up and down go from one to the next; up from the first one, to the box. */
export function Hits({ hits }: { hits: readonly SearchHit[] }) {
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".hit-link")];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (step === 0 || at < 0) {
      return;
    }
    event.preventDefault();
    const box = document.querySelector<HTMLElement>(".search-form input");
    (at + step < 0 ? box : links[at + step])?.focus();
  };
  return hits.length > 0 ? (
    <ol class="list" aria-label={find.results} onKeyDown={onKeyDown}>
      {hits.map((hit, index) => (
        <HitItem key={index} hit={hit} />
      ))}
    </ol>
  ) : null;
}
