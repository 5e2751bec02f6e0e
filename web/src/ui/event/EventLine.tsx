import { placeOf } from "../../core/audience.ts";
import { useSelect } from "../../core/hooks.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { daysOf } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import { EventMark } from "./marks.tsx";
import { Times } from "./Times.tsx";

interface LineProps {
  event: ClubEvent;
  hour?: string; // beside a day that is a heading; without it the whole time is told
}

/** An event in a list: when, what, where, whose; and where I stand. */
export function EventLine({ event, hour }: LineProps) {
  const mine = useSelect((now) => now.attending[event.id], [event.id]);
  const place = placeOf(event);
  const { from, to } = daysOf(event);
  const about = [t.kinds[event.kind], event.organiser, place].filter(Boolean).join(" · ");
  return (
    <a
      class={`event-line${event.state === "cancelled" ? " event-off" : ""}`}
      href={hrefOf({ page: "event", event: event.id })}
    >
      {hour !== undefined && <span class="event-hour figures">{hour}</span>}
      <span class="grow">
        <span class="event-title">{event.title}</span> <EventMark event={event} mine={mine} />
        {(hour === undefined || from !== to) && (
          <span class="block">
            <Times when={event} />
          </span>
        )}
        <span class="block small muted">{about}</span>
      </span>
    </a>
  );
}
