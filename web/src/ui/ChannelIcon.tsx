import { t } from "../core/strings.ts";
import type { Channel } from "../gen/protocol.ts";
import { Icon } from "./Icon.tsx";

/** Locked, for announcements, direct, or plain. */
export function ChannelIcon({ channel }: { channel: Pick<Channel, "kind" | "posting"> }) {
  if (channel.kind === "private") {
    return <Icon name="lock" label={t.nav.private} />;
  }
  if (channel.kind === "direct") {
    return <Icon name="direct" />;
  }
  return <Icon name={channel.posting === "animateurs" ? "announce" : "thread"} />;
}
