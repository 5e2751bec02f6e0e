// The event that a message announces: what it takes to decide, and one tap to register.

import type { ComponentChildren } from "preact";
import { audienceOf, placeOf } from "../../core/audience.ts";
import { useEvent, useNonce } from "../../core/events.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { act } from "../../core/own.ts";
import { isRegistered, openingOf, questionsOf } from "../../core/registering.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, EventMine } from "../../core/types.ts";
import { Button } from "../Button.tsx";
import { Icon } from "../Icon.tsx";
import { EventMark, seatsText } from "./marks.tsx";
import { submitText } from "./register.ts";
import { Times } from "./Times.tsx";

interface CardProps {
  id: number;
  edited: boolean; // its words say more than the card does
  children: ComponentChildren; // the message's words, which say the same where there is no card
}

export default function EventCard({ id, edited, children }: CardProps) {
  const { event, mine } = useEvent(id);
  const card = event && <Card event={event} mine={mine} />;
  return (
    <>
      {(edited || !card) && children}
      {card}
    </>
  );
}

function Card({ event, mine }: { event: ClubEvent; mine: EventMine | undefined }) {
  return (
    <div class={`event-card${event.state === "cancelled" ? " event-off" : ""}`}>
      <p class="small muted">
        {t.kinds[event.kind]} <EventMark event={event} mine={mine} />
      </p>
      <p class="event-title">
        <a href={hrefOf({ page: "event", event: event.id })}>{event.title}</a>
      </p>
      <About event={event} />
      {mine && <Act event={event} mine={mine} />}
    </div>
  );
}

function About({ event }: { event: ClubEvent }) {
  const audience = useSelect((now) => audienceOf(now, event), [event]);
  const place = placeOf(event);
  const seats = event.state === "published" && Date.now() < event.starts_at && seatsText(event);
  return (
    <ul class="event-about">
      <li>
        <Icon name="calendar" />
        <Times when={event} />
      </li>
      {place && (
        <li>
          <Icon name="place" />
          <span>{place}</span>
        </li>
      )}
      <li>
        <Icon name="people" />
        <span>
          {t.event.openTo(audience)}
          {seats && <span class="block figures">{seats}</span>}
        </span>
      </li>
    </ul>
  );
}

/** One tap where nothing is asked; else the page, where it is. */
function Act({ event, mine }: { event: ClubEvent; mine: EventMine }) {
  const action = useAction();
  const nonce = useNonce();
  const opening = openingOf(event, mine, Date.now());
  if (opening !== "open" || mine.registration === "refused") {
    return null;
  }
  const page = hrefOf({ page: "event", event: event.id });
  const asks = questionsOf(event).length > 0;
  if (isRegistered(mine) || asks) {
    const offered = mine.registration === "offered";
    const kind = offered || !isRegistered(mine) ? "button-primary" : "";
    return (
      <p>
        <a class={`button ${kind}`} href={page}>
          {offered
            ? t.register.confirm
            : asks && !isRegistered(mine)
              ? t.register.see
              : t.event.see}
        </a>
      </p>
    );
  }
  const register = async () => {
    await action.run(async () => {
      await act("event.register", { event: event.id, nonce: nonce.value });
    });
    nonce.used();
  };
  return (
    <>
      <p>
        <Button kind="primary" busy={action.busy} onClick={() => void register()}>
          {submitText(event, mine)}
        </Button>
      </p>
      {action.error && <p class="field-error">{action.error}</p>}
    </>
  );
}
