// Who made it, when, what one may do with it, where it is about, where it comes from.

import type { ComponentChildren } from "preact";
import { dateOf } from "../../core/dates.ts";
import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { datedText, hostOf } from "../../core/library.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { themesOf } from "../../ui/resource/about.ts";

interface FactsProps {
  resource: Resource;
  message: number | undefined; // it was taken from; told only to who may read it
}

export function Facts({ resource, message }: FactsProps) {
  const club = useSelect((now) => now.clubs[resource.club]?.name, [resource.club]);
  const themes = themesOf(resource, useThemes());
  const { territories = [], organisation, dated_on, licence, published_at } = resource;
  const maker = organisation ?? club;
  return (
    <section class="section" aria-labelledby="a-propos">
      <h2 id="a-propos">{lib.page.facts}</h2>
      <dl class="resource-facts">
        {maker && <Line name={lib.page.organisation}>{maker}</Line>}
        {dated_on && <Line name={lib.page.dated}>{datedText(dated_on)}</Line>}
        <Line name={lib.page.licence}>
          {lib.licences[licence]}
          <span class="block small muted">{lib.allows[licence]}</span>
        </Line>
        {themes.length > 0 && <Line name={lib.page.themes}>{themes.join(" · ")}</Line>}
        {territories.length > 0 && (
          <Line name={lib.page.territory}>
            {territories.map(({ kind, code, name }) => (
              <span class="block" key={`${kind} ${code}`}>
                {name ?? code} <span class="small muted">{lib.territories[kind]}</span>
              </span>
            ))}
          </Line>
        )}
        <Source resource={resource} message={message} />
        {published_at && resource.state === "published" && (
          <Line name={lib.states.published}>
            {dateOf(published_at)}
            {resource.is_public && <span class="block small muted">{lib.page.publicly}</span>}
          </Line>
        )}
      </dl>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Source({ resource, message }: FactsProps) {
  const { source, source_link: link } = resource;
  if (!source && !link && !message) {
    return null;
  }
  return (
    <Line name={lib.page.source}>
      {link ? (
        <a href={link} target="_blank" rel="noopener noreferrer nofollow">
          {source || hostOf(link)}
        </a>
      ) : (
        source
      )}
      {link && source && <span class="host"> ({hostOf(link)})</span>}
      {message !== undefined && (
        <a class="block" href={hrefOf({ page: "message", message })}>
          {lib.page.toConversation}
        </a>
      )}
    </Line>
  );
}
