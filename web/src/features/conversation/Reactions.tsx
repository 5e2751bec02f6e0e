import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { react } from "./actions.ts";

export function Reactions({ message }: { message: Message }) {
  const reactions = (message.reactions ?? []).filter((one) => one.people.length > 0);
  if (reactions.length === 0) {
    return null;
  }
  return (
    <div class="reactions">
      {reactions.map(({ emoji, people }) => (
        <ReactionButton key={emoji} message={message} emoji={emoji} people={people} />
      ))}
    </div>
  );
}

interface ButtonProps {
  message: Message;
  emoji: string;
  people: readonly number[];
}

/** Who reacted is asked when somebody looks closer. */
function ReactionButton({ message, emoji, people }: ButtonProps) {
  const me = useSelect((now) => now.me.id, []);
  const [names, setNames] = useState("");
  const look = () =>
    void ask("reaction.list", { message: message.id, emoji }).then(
      (found) =>
        setNames(
          found.people.map((one) => (one.id === me ? t.message.you : personName(one))).join(", "),
        ),
      () => {},
    );
  return (
    <button
      type="button"
      class="reaction"
      aria-pressed={people.includes(me)}
      title={names}
      onMouseEnter={look}
      onFocus={look}
      onClick={() => void react(message, emoji, me)}
    >
      <span aria-hidden="true">
        {emoji} {people.length}
      </span>
      <span class="visually-hidden">{t.message.reaction(emoji, people.length)}</span>
    </button>
  );
}
