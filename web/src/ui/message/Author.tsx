import { briefOf, fullOf, hourOf } from "../../core/dates.ts";
import { personName } from "../../core/names.ts";
import type { Message } from "../../core/types.ts";

/** Who speaks and as what, and when: the function matters more here than a picture. */
export function Author({ message, brief }: { message: Message; brief?: boolean }) {
  return (
    <div class="message-head">
      <span class="message-author">{personName(message.author)}</span>
      {message.author.function && <span class="message-function">{message.author.function}</span>}
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
