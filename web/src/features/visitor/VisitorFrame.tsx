import type { ComponentChildren } from "preact";
import { t } from "../../core/strings.ts";
import { useTitle } from "../../core/title.ts";
import { Belfry } from "../../ui/Icon.tsx";
import { Foot } from "../../ui/LegalLinks.tsx";

/** Around what is shown before anybody is logged in. */
export function VisitorFrame({
  title,
  wide,
  children,
}: {
  title: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  useTitle(title);
  return (
    <div class="visitor">
      <main class="visitor-main" id="contenu">
        <div class={wide ? "visitor-card visitor-wide" : "visitor-card"}>
          <a class="visitor-brand" href="/">
            <Belfry />
            <span>
              <strong>{t.app}</strong>
              <span class="muted">{t.tagline}</span>
            </span>
          </a>
          <div class="card">
            <h1>{title}</h1>
            {children}
          </div>
        </div>
      </main>
      <Foot />
    </div>
  );
}
