import type { ComponentChildren } from "preact";
import { dateOf } from "../../core/dates.ts";
import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { datedText, eurosText } from "../../core/library.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import { Prose } from "../../ui/message/Prose.tsx";
import { themesOf } from "../../ui/resource/about.ts";
import { type FicheProps, Funders, townsOf } from "./Fiche.tsx";

/** On paper only: one A4 page or two, black on white, to be pinned up or handed round. */
export function FicheSheet({ resource, fiche }: FicheProps) {
  const club = useSelect((now) => now.clubs[resource.club]?.name, [resource.club]);
  const themes = themesOf(resource, useThemes());
  const towns = townsOf(resource);
  const others = (resource.territories ?? []).filter(({ kind }) => kind !== "town");
  const { cost, calendar, partners, lessons, post_label: contact } = fiche;
  const { dated_on, licence, source } = resource;
  const address = `${location.host}${hrefOf({ page: "resource", resource: resource.id })}`;
  const origin = [resource.organisation ?? club, dated_on && datedText(dated_on)];
  return (
    <article class="sheet fiche" aria-hidden="true">
      <header>
        <p class="sheet-kind">{lib.fiche.printKind}</p>
        <p class="sheet-title">{resource.title}</p>
        <p class="fiche-where">
          {[towns, ...others.map(({ name, code }) => name ?? code)].filter(Boolean).join(" · ")}
        </p>
        {themes.length > 0 && <p>{themes.join(" · ")}</p>}
      </header>
      <div class="fiche-columns">
        <div class="fiche-main">
          {resource.nodes.length > 0 && <Prose nodes={resource.nodes} />}
          {calendar && <Part title={lib.fiche.calendar}>{calendar}</Part>}
          {lessons && (
            <Part title={lib.fiche.lessons} boxed>
              {lessons}
            </Part>
          )}
        </div>
        <div class="fiche-side">
          {cost ? (
            <Part title={lib.fiche.cost}>
              <span class="fiche-cost">{eurosText(cost)}</span>
            </Part>
          ) : null}
          {(fiche.funders ?? []).length > 0 && (
            <Part title={lib.fiche.funders}>
              <Funders fiche={fiche} />
            </Part>
          )}
          {partners && <Part title={lib.fiche.partners}>{partners}</Part>}
          {contact && <Part title={lib.fiche.contact}>{contact}</Part>}
        </div>
      </div>
      <footer>
        <p>{[...origin, lib.licences[licence], source].filter(Boolean).join(" · ")}</p>
        <p>{lib.fiche.printFoot(address, dateOf(Date.now()))}</p>
      </footer>
    </article>
  );
}

interface PartProps {
  title: string;
  boxed?: boolean;
  children: ComponentChildren;
}

function Part({ title, boxed, children }: PartProps) {
  return (
    <section class={boxed ? "fiche-part fiche-boxed" : "fiche-part"}>
      <p class="fiche-name">{title}</p>
      <div class="pre-line">{children}</div>
    </section>
  );
}
