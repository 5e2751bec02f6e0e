import { briefOf, fullOf, hourOf } from "../../core/dates.ts";
import { functionBeside, personName } from "../../core/names.ts";
import type { Message } from "../../core/types.ts";
import { PersonLink } from "../person/PersonLink.tsx";

/** Who speaks and as what, and when: the function matters more here than a picture. */
export function Author({ message, brief }: { message: Message; brief?: boolean }) {
  const label = functionBeside(message.author);
  return (
    <div class="message-head">
      {brief ? (
        <span class="message-author">{personName(message.author)}</span>
      ) : (
        <PersonLink person={message.author} class="message-author" quiet />
      )}
      {label && <span class="message-function">{label}</span>}
      <time
        class="message-time"
        dateTime={new Date(message.at).toISOString()}
        title={fullOf(message.at)}
      >
        {brief ? briefOf(message.at) : hourOf(message.at)}
      </time>
    </div>
  );
}
