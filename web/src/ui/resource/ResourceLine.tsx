import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { Icon } from "../Icon.tsx";
import { aboutText, originText } from "./about.ts";
import { kindIcon, StateMark } from "./marks.tsx";

/** A resource on its shelf: what it is, who made it and when, what it is about. */
export function ResourceLine({ resource }: { resource: Resource }) {
  const origin = useSelect((now) => originText(now, resource), [resource]);
  const about = aboutText(resource, useThemes());
  return (
    <a class="resource-line" href={hrefOf({ page: "resource", resource: resource.id })}>
      <span class="resource-kind">
        <Icon name={kindIcon(resource.kind)} />
      </span>
      <span class="grow">
        <span class="block small muted">
          {lib.kinds[resource.kind]} <StateMark resource={resource} />
        </span>
        <span class="block resource-title">{resource.title}</span>
        <span class="block small muted">{origin}</span>
        {about && <span class="block small">{about}</span>}
      </span>
    </a>
  );
}
