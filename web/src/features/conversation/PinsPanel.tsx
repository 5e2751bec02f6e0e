import { useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, learn } from "../../core/live.ts";
import { channelRoute, go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { Quote } from "../../ui/message/Quote.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { SidePanel } from "./SidePanel.tsx";

export function PinsPanel({ channel }: { channel: Channel }) {
  const { data, error, again } = useQuery(async () => {
    const { seq, messages } = await ask("pin.list", { channel: channel.id });
    learn({ seq, messages });
    return messages.map((message) => message.id);
  }, [channel.id]);
  useFacts(["message.pinned", "message.deleted"], again);
  const messages = useSelect((now) => now.messages, []);
  const pinned = (data ?? []).map((id) => messages[id]).filter((one) => one && !one.deleted);
  return (
    <SidePanel title={t.channel.pins} onClose={() => go(channelRoute(channel))}>
      <div class="panel-body">
        {error && <Failed error={error} again={again} />}
        {!data && !error && <Loading />}
        {data && pinned.length === 0 && <p class="muted">{t.channel.pinsEmpty}</p>}
        <ul class="list">
          {pinned.map(
            (message) =>
              message && (
                <li key={message.id}>
                  <Quote message={message} />
                </li>
              ),
          )}
        </ul>
      </div>
    </SidePanel>
  );
}
