// Files on their way in: how far each is, and what can be done about it.

import { useEffect, useRef } from "preact/hooks";
import { kindOfType, sizeText } from "../../core/filing.ts";
import { line } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { giveAgain, retryUpload, type Upload } from "../../core/uploads.ts";
import { Button, IconButton } from "../Button.tsx";
import { announce, toast } from "../Toasts.tsx";
import { FileIcon } from "./FileIcon.tsx";

interface ListProps {
  uploads: readonly Upload[];
  label: string;
  onRemove: (upload: Upload) => void;
}

export function UploadList({ uploads, label, onRemove }: ListProps) {
  return uploads.length > 0 ? (
    <ul class="uploads" aria-label={label}>
      {uploads.map((upload) => (
        <UploadItem key={upload.id} upload={upload} onRemove={() => onRemove(upload)} />
      ))}
    </ul>
  ) : null;
}

const percentOf = ({ sent, bytes }: Upload) => Math.min(99, Math.floor((100 * sent) / bytes));

/** « envoi 42 % » */
function stateText(upload: Upload): string {
  const { status } = upload;
  const offline = line.value !== "online" && status !== "ready";
  if (offline && (status === "waiting" || status === "sending")) {
    return t.files.state.offline;
  }
  return status === "sending" ? t.files.state.sending(percentOf(upload)) : t.files.state[status];
}

function UploadItem({ upload, onRemove }: { upload: Upload; onRemove: () => void }) {
  const { id, name, bytes, status, error } = upload;
  const wrong = status === "failed" || status === "lost";
  const moving = status === "sending" || status === "checking";
  useSaying(upload);
  return (
    <li class={`upload${wrong ? " upload-wrong" : ""}`}>
      <FileIcon kind={kindOfType(upload.file?.type ?? typeByName(name))} />
      <div class="upload-text">
        <span class="upload-name" title={name}>
          {name}
        </span>
        <span class="small muted upload-state">
          {sizeText(bytes)} · {stateText(upload)}
        </span>
        {moving && (
          <progress
            aria-label={t.files.progress(name)}
            value={status === "checking" ? undefined : percentOf(upload)}
            max={100}
          />
        )}
        {wrong && <p class="small upload-error">{error ?? t.files.lost}</p>}
      </div>
      {status === "failed" && (
        <Button small label={t.files.retry(name)} onClick={() => retryUpload(id)}>
          {t.retry}
        </Button>
      )}
      {status === "lost" && <GiveAgain upload={upload} />}
      <IconButton
        icon="close"
        label={status === "ready" || wrong ? t.files.remove(name) : t.files.cancel(name)}
        onClick={onRemove}
      />
    </li>
  );
}

/** A page cannot keep a file past its reload: the same one must be chosen again. */
function GiveAgain({ upload }: { upload: Upload }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          const why = file && giveAgain(upload.id, file);
          event.currentTarget.value = "";
          if (why) {
            toast(why, "alert");
          }
        }}
      />
      <Button small label={t.files.again(upload.name)} onClick={() => input.current?.click()}>
        {t.files.chooseAgain}
      </Button>
    </>
  );
}

/** Only how it ended is said: who wants to know more asks the progress bar. */
function useSaying({ name, status, error }: Upload): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status && status === "ready") {
      announce(t.files.ready(name));
    } else if (before.current !== status && status === "failed") {
      announce(t.files.failed(name, error ?? ""));
    }
    before.current = status;
  }, [status]);
}

/** Before the server has looked at it, its name must do. */
function typeByName(name: string): string {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const types: Readonly<Record<string, string>> = { pdf: "application/pdf", mp3: "audio/mpeg" };
  const image = /^(jpe?g|png|gif|webp|heic|svg)$/.test(ending);
  return types[ending] ?? (image ? "image/*" : "");
}
