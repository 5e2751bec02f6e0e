import { t } from "../core/strings.ts";
import type { Channel } from "../core/types.ts";
import { Icon } from "./Icon.tsx";

/** Only what is not plain is marked: private, of an event, announcements, direct. */
export function ChannelIcon({ channel }: { channel: Pick<Channel, "kind" | "posting"> }) {
  if (channel.kind === "private") {
    return <Icon name="lock" label={t.nav.private} />;
  }
  if (channel.kind === "event") {
    return <Icon name="calendar" label={t.nav.ofEvent} />;
  }
  if (channel.kind === "direct") {
    return <Icon name="direct" />;
  }
  return channel.posting === "animateurs" ? <Icon name="announce" /> : null;
}
