import type { ComponentChildren } from "preact";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { Disc } from "../Disc.tsx";
import { Icon } from "../Icon.tsx";
import { Author } from "./Author.tsx";
import { plainText } from "./Prose.tsx";

interface QuoteProps {
  message: Message;
  place?: ComponentChildren;
  to?: string; // elsewhere than the message itself
}

/** A message seen from elsewhere: its first lines, and the way to it. */
export function Quote({ message, place, to }: QuoteProps) {
  return (
    <a class="quote-card" href={to ?? hrefOf({ page: "message", message: message.id })}>
      {place && <span class="small muted">{place}</span>}
      <span class="list-item-flat">
        <Disc person={message.author} small />
        <Author message={message} brief />
      </span>
      <p>{message.deleted ? t.message.deleted : plainText(message.nodes)}</p>
      {message.files && !message.deleted && (
        <p class="small muted">
          <Icon name="attach" /> {message.files.map(({ name }) => name).join(" · ")}
        </p>
      )}
    </a>
  );
}
