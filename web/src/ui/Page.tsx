import type { ComponentChildren } from "preact";
import { back, type Route } from "../core/router.ts";
import { t } from "../core/strings.ts";
import { useTitle } from "../core/title.ts";
import { IconButton } from "./Button.tsx";
import { Foot } from "./LegalLinks.tsx";

interface PageProps {
  title: string;
  above?: ComponentChildren; // where this page belongs
  up?: Route; // where « Retour » leads on a phone
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** A page that scrolls: its title, what it says, the links every page has. */
export function Page({ title, above, up, tools, children }: PageProps) {
  useTitle(title);
  return (
    <main class="main" id="contenu" tabIndex={-1}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard */}
      <div class="page" tabIndex={0}>
        <div class="page-inner">
          {above && <p class="muted small">{above}</p>}
          <header class="page-title">
            {up && (
              <IconButton class="only-narrow" icon="back" label={t.back} onClick={() => back(up)} />
            )}
            <h1>{title}</h1>
            {tools}
          </header>
          {children}
          <Foot />
        </div>
      </div>
    </main>
  );
}
