// What a fiche-projet says besides: cost, funders, steps, partners, lessons, whom to ask.

import type { ComponentChildren } from "preact";
import { eurosText, shareText } from "../../core/library.ts";
import { lib } from "../../core/strings/library.ts";
import type { Fiche, Resource } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";

export interface FicheProps {
  resource: Resource;
  fiche: Fiche;
}

export function FicheFacts({ resource, fiche }: FicheProps) {
  const { cost, calendar, partners, lessons, post_label: contact } = fiche;
  const towns = townsOf(resource);
  return (
    <section class="section" aria-labelledby="projet">
      <div class="section-head">
        <h2 id="projet">{lib.fiche.title}</h2>
        <Button small icon="printer" onClick={() => window.print()}>
          {lib.page.print}
        </Button>
      </div>
      <dl class="resource-facts">
        {towns && <Line name={lib.fiche.towns}>{towns}</Line>}
        {cost ? (
          <Line name={lib.fiche.cost}>
            <span class="figures">{eurosText(cost)}</span>
          </Line>
        ) : null}
        {(fiche.funders ?? []).length > 0 && (
          <Line name={lib.fiche.funders}>
            <Funders fiche={fiche} />
          </Line>
        )}
        {calendar && <Line name={lib.fiche.calendar}>{calendar}</Line>}
        {partners && <Line name={lib.fiche.partners}>{partners}</Line>}
        {lessons && <Line name={lib.fiche.lessons}>{lessons}</Line>}
        {contact && <Line name={lib.fiche.contact}>{contact}</Line>}
      </dl>
    </section>
  );
}

export function townsOf({ territories = [] }: Resource): string {
  return territories
    .filter(({ kind }) => kind === "town")
    .map(({ name, code }) => name ?? code)
    .join(", ");
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="pre-line">{children}</dd>
    </div>
  );
}

/** Who paid how much, and which part of the cost that is. */
export function Funders({ fiche: { funders = [], cost } }: { fiche: Fiche }) {
  const shares = funders.some(({ amount }) => shareText(amount, cost) !== "");
  return (
    <table class="table funders">
      <thead>
        <tr>
          <th scope="col">{lib.fiche.funder}</th>
          <th scope="col">{lib.fiche.amount}</th>
          {shares && <th scope="col">{lib.fiche.share}</th>}
        </tr>
      </thead>
      <tbody>
        {funders.map(({ name, amount }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="figures">{amount ? eurosText(amount) : lib.fiche.notSaid}</td>
            {shares && <td class="figures">{shareText(amount, cost)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
