import { useSelect } from "../../core/hooks.ts";
import { toField } from "../../core/mentions.ts";
import { discard, retry } from "../../core/outbox.ts";
import type { Outgoing } from "../../core/outgoing.ts";
import { t } from "../../core/strings.ts";
import { Disc } from "../../ui/Disc.tsx";
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
        <div class="message-notes" role={failed ? "alert" : undefined}>
          <span class="message-note">
            <Icon name={failed ? "alert" : outgoing.status === "sent" ? "check" : "clock"} />
            {outgoing.status === "failed"
              ? t.composer.failed(outgoing.error ?? "")
              : t.composer[outgoing.status]}
          </span>
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
