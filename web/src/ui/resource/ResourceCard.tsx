// The resource that a message announces: what it is, and the way to it.

import type { ComponentChildren } from "preact";
import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { shelfName } from "../../core/library.ts";
import { useResource } from "../../core/resources.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { Icon } from "../Icon.tsx";
import { aboutText, originText } from "./about.ts";
import { kindIcon, StateMark } from "./marks.tsx";

interface CardProps {
  id: number;
  edited: boolean; // its words say more than the card does
  children: ComponentChildren; // the message's words, which say the same where there is no card
}

export default function ResourceCard({ id, edited, children }: CardProps) {
  const { resource } = useResource(id);
  return (
    <>
      {(edited || !resource) && children}
      {resource && <Card resource={resource} />}
    </>
  );
}

function Card({ resource }: { resource: Resource }) {
  const origin = useSelect((now) => originText(now, resource), [resource]);
  const shelf = useSelect((now) => shelfName(now, resource.club), [resource.club]);
  const about = aboutText(resource, useThemes());
  const to = hrefOf({ page: "resource", resource: resource.id });
  return (
    <div class="event-card">
      <p class="small muted">
        <Icon name={kindIcon(resource.kind)} /> {lib.kinds[resource.kind]} · {shelf}{" "}
        <StateMark resource={resource} />
      </p>
      <p class="event-title">
        <a href={to}>{resource.title}</a>
      </p>
      <p class="small muted">{origin}</p>
      {about && <p class="small">{about}</p>}
    </div>
  );
}
