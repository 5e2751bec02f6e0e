import { hrefOf } from "../core/router.ts";
import { t } from "../core/strings.ts";
import type { PageSlug } from "../core/types.ts";

export function LegalLinks() {
  return (
    <>
      {(Object.entries(t.pages) as [PageSlug, string][]).map(([slug, name]) => (
        <a key={slug} href={hrefOf({ page: "text", slug })}>
          {name}
        </a>
      ))}
    </>
  );
}

/** At the end of every page that scrolls, where the left column is not in sight. */
export function Foot() {
  return (
    <footer class="foot">
      <LegalLinks />
    </footer>
  );
}
