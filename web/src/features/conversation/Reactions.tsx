import { useSelect } from "../../core/hooks.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { react } from "./actions.ts";

export function Reactions({ message }: { message: Message }) {
  const me = useSelect((now) => now.me.id, []);
  const people = useSelect((now) => now.people, []);
  const reactions = (message.reactions ?? []).filter((one) => one.people.length > 0);
  if (reactions.length === 0) {
    return null;
  }
  const who = (id: number) =>
    id === me ? t.message.you : people[id] ? personName(people[id]) : undefined;
  return (
    <div class="reactions">
      {reactions.map(({ emoji, people: ids }) => (
        <button
          key={emoji}
          type="button"
          class="reaction"
          aria-pressed={ids.includes(me)}
          aria-label={t.message.reaction(emoji, ids.length)}
          title={ids.map(who).filter(Boolean).join(", ")}
          onClick={() => void react(message, emoji, me)}
        >
          <span aria-hidden="true">{emoji}</span> {ids.length}
        </button>
      ))}
    </div>
  );
}
