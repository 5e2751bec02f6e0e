import { fullOf } from "../../core/dates.ts";
import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Prose } from "../../ui/message/Prose.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";

/** How an edited message was worded before, the latest first. */
export function History({ message, onClose }: { message: Message; onClose: () => void }) {
  const { data, error, again } = useQuery(
    () => ask("message.history", { message: message.id }),
    [message.id],
  );
  const versions = [...(data?.versions ?? [])].sort((a, b) => b.number - a.number);
  return (
    <Dialog wide title={t.message.versionsTitle} onClose={onClose}>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {versions.map((version, index) => (
        <article key={version.number} class="card stack-s">
          <h3>
            {index === 0 ? t.message.currentVersion : t.message.version(version.number)}{" "}
            <span class="muted small">{fullOf(version.at)}</span>
          </h3>
          <Prose nodes={version.nodes} />
        </article>
      ))}
    </Dialog>
  );
}
