import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isDraftPending, readDraft, writeDraft } from "../../core/drafts.ts";
import { useSelect } from "../../core/hooks.ts";
import { limits, state } from "../../core/live.ts";
import { type Names, toField, toWire } from "../../core/mentions.ts";
import { enqueue } from "../../core/outbox.ts";
import { stretchKey } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { cancelUpload, uploadsOf } from "../../core/uploads.ts";
import { Button } from "../../ui/Button.tsx";
import { UploadList } from "../../ui/files/UploadList.tsx";
import { filesPasted } from "../../ui/files/useDrop.ts";
import { AttachButton } from "./AttachButton.tsx";
import { attach } from "./attach.ts";
import { Suggestions } from "./Suggestions.tsx";
import { sayTyping } from "./typing.ts";
import { useMentions } from "./useMentions.ts";

interface ComposerProps {
  channel: Channel;
  thread?: number;
  label: string;
  placeholder: string;
  submit: string; // what the button will do
  autoFocus?: boolean;
  onSent?: () => void;
}

type FieldRef = { current: HTMLTextAreaElement | null };

const isTouch = () => window.matchMedia("(hover: none)").matches;

/** One field that grows. Enter sends; the draft is never lost. */
export function Composer(props: ComposerProps) {
  const { channel, thread, label, placeholder, submit, autoFocus, onSent } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const names = useRef<Names>(new Map()).current;
  const [text, setText] = useDraft(channel.id, thread, field, names);
  const mentions = useMentions(channel, field, text, setText, names);
  const length = [...text].length;
  const max = limits.value.body_chars;
  const place = stretchKey(channel.id, thread);
  const attached = uploadsOf(place);
  const empty = text.trim() === "" && attached.length === 0;
  useGrowth(field, text);
  useEffect(() => {
    if (autoFocus && !isTouch()) {
      field.current?.focus();
    }
  }, [channel.id, thread]);

  const send = () => {
    if (!empty && length <= max) {
      const files = attached.map(({ id, name }) => ({ upload: id, name }));
      enqueue(channel.id, toWire(text.trim(), names), thread, files);
      setText("");
      onSent?.();
    }
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (mentions.onKeyDown(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !isTouch()) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <Suggestions {...mentions} />
        <textarea
          ref={field}
          rows={1}
          aria-label={label}
          placeholder={placeholder}
          aria-autocomplete="list"
          aria-controls={mentions.open ? mentions.id : undefined}
          aria-activedescendant={mentions.open ? mentions.activeId : undefined}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            mentions.look();
            sayTyping(channel.id, thread);
          }}
          onPaste={(event) => {
            const files = filesPasted(event);
            if (files.length > 0) {
              event.preventDefault();
              attach(place, files);
            }
          }}
          onKeyDown={onKeyDown}
          onBlur={mentions.close}
        />
        <UploadList
          uploads={attached}
          label={t.files.attached}
          onRemove={({ id }) => {
            cancelUpload(id);
            field.current?.focus();
          }}
        />
        <div class="composer-foot">
          <AttachButton onFiles={(files) => attach(place, files)} />
          <span class={length > max ? "small field-error" : "small muted"}>
            {length > max
              ? t.composer.tooLong(length, max)
              : isTouch()
                ? t.composer.hintTouch
                : t.composer.hint}
          </span>
          <Button
            kind={empty ? "plain" : "primary"}
            type="submit"
            icon="send"
            busy={empty || length > max}
          >
            {submit}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** The draft, and the one written meanwhile on another device when nobody types here. */
function useDraft(channel: number, thread: number | undefined, field: FieldRef, names: Names) {
  const key = `${channel}.${thread ?? ""}`;
  const read = (body: string) => toField(body, state.peek().people, names);
  const [draft, setDraft] = useState({ key, text: read(readDraft(channel, thread)) });
  const remote = useSelect((now) => now.channels[channel]?.mine.draft ?? "", [channel]);
  const text = draft.key === key ? draft.text : read(readDraft(channel, thread));
  useEffect(() => {
    const writing = document.activeElement === field.current && text !== "";
    if (!thread && !isDraftPending(channel) && !writing && remote !== toWire(text, names)) {
      setDraft({ key, text: read(remote) });
    }
  }, [remote, key]);
  const setText = (next: string) => {
    setDraft({ key, text: next });
    writeDraft(channel, toWire(next, names), thread);
  };
  return [text, setText] as const;
}

/** For browsers that do not size a field by its content. */
function useGrowth(field: FieldRef, text: string): void {
  useLayoutEffect(() => {
    const box = field.current;
    if (box && !CSS.supports("field-sizing", "content")) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight}px`;
    }
  }, [text]);
}
