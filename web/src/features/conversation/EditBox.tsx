import { useEffect, useRef, useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send, state } from "../../core/live.ts";
import { type Names, toField, toWire } from "../../core/mentions.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";

export function EditBox({ message, onDone }: { message: Message; onDone: () => void }) {
  const names = useRef<Names>(new Map()).current;
  const [text, setText] = useState(() => toField(message.body, state.peek().people, names));
  const body = toWire(text, names);
  const field = useRef<HTMLTextAreaElement>(null);
  const saving = useAction();
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const save = async () => {
    const same = body.trim() === message.body.trim() || body.trim() === "";
    if (
      same ||
      (await saving.run(
        async () => void (await send("message.edit", { message: message.id, body })),
      ))
    ) {
      onDone();
    }
  };
  return (
    <form
      class="stack-s"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        class="input"
        rows={Math.min(12, body.split("\n").length + 1)}
        aria-label={t.message.edit}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onDone();
          } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            void save();
          }
        }}
      />
      {saving.error && <Notice kind="error">{saving.error}</Notice>}
      <div class="row">
        <Button small kind="primary" type="submit" busy={saving.busy}>
          {t.composer.update}
        </Button>
        <Button small onClick={onDone}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
