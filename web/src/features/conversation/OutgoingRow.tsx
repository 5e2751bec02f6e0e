import { useSelect } from "../../core/hooks.ts";
import { writable } from "../../core/live.ts";
import { toField } from "../../core/mentions.ts";
import { discard, discardFile, retry } from "../../core/outbox.ts";
import type { Outgoing } from "../../core/outgoing.ts";
import { t } from "../../core/strings.ts";
import { uploadsOf } from "../../core/uploads.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { UploadList } from "../../ui/files/UploadList.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** A message that has not come back from the server yet: en attente, envoyé or échec. */
export function OutgoingRow({ outgoing }: { outgoing: Outgoing }) {
  const me = useSelect((now) => now.me, []);
  const people = useSelect((now) => now.people, []);
  const failed = outgoing.status === "failed";
  return (
    <div class={`message message-first message-pending${failed ? " message-failed" : ""}`}>
      <div class="message-aside">
        <Disc person={me} />
      </div>
      <div class="message-main">
        <div class="message-head">
          <span class="message-author">{me.name}</span>
        </div>
        <div class="prose">
          {toField(outgoing.body, people, new Map())
            .split("\n")
            .map((text, index) => (
              <p key={index}>{text}</p>
            ))}
        </div>
        {outgoing.status !== "sent" && <OutgoingFiles outgoing={outgoing} />}
        <div class="message-notes" role={failed ? "alert" : undefined}>
          <span class="message-note">
            <Icon name={failed ? "alert" : outgoing.status === "sent" ? "check" : "clock"} />
            {stateText(outgoing)}
          </span>
          {outgoing.status === "waiting" && outgoing.files && (
            <button type="button" onClick={() => discard(outgoing.nonce)}>
              {t.composer.discard}
            </button>
          )}
          {failed && (
            <>
              <button type="button" onClick={() => retry(outgoing.nonce)}>
                {t.retry}
              </button>
              <button type="button" onClick={() => discard(outgoing.nonce)}>
                {t.composer.discard}
              </button>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function stateText({ status, error = "", files }: Outgoing): string {
  if (status === "failed") {
    return t.composer.failed(error);
  }
  if (status === "waiting" && !writable.value) {
    return t.composer.waitingWritable;
  }
  return status === "waiting" && files ? t.composer.waitingFiles : t.composer[status];
}

/** Its files, and those a reload has lost for good: they can only be taken off. */
function OutgoingFiles({ outgoing: { nonce, files = [] } }: { outgoing: Outgoing }) {
  const uploads = uploadsOf(`out.${nonce}`);
  const gone = files.filter((file) => !uploads.some(({ id }) => id === file.upload));
  return (
    <>
      <UploadList
        uploads={uploads}
        label={t.files.attached}
        onRemove={({ id }) => discardFile(nonce, id)}
      />
      {gone.map(({ upload, name }) => (
        <div class="upload upload-wrong" key={upload}>
          <p class="small grow">
            {name} : {t.files.gone}
          </p>
          <IconButton
            icon="close"
            label={t.files.remove(name)}
            onClick={() => discardFile(nonce, upload)}
          />
        </div>
      ))}
    </>
  );
}
