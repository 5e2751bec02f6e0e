import type { ComponentChildren } from "preact";
import { useSelect } from "../../core/hooks.ts";
import { channelName } from "../../core/names.ts";
import { waiting } from "../../core/places.ts";
import { channelRoute, hrefOf, type Route, route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { Badge } from "../../ui/Badge.tsx";
import { ChannelIcon } from "../../ui/ChannelIcon.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";

interface PlaceProps {
  to: Route;
  name: string;
  icon?: IconName;
  face?: ComponentChildren;
  after?: ComponentChildren; // what kind of place
  unread?: boolean;
  mentions?: number;
  muted?: boolean;
  here?: boolean;
}

/** One line of the left column: weight says unread, a figure says called. */
export function PlaceLink({
  to,
  name,
  icon,
  face,
  after,
  unread,
  mentions = 0,
  muted,
  here,
}: PlaceProps) {
  const current = here ?? hrefOf(to) === hrefOf(route.value);
  const weight = unread || mentions > 0 ? " place-unread" : "";
  return (
    <li>
      <a
        class={`place${weight}${muted ? " place-muted" : ""}`}
        href={hrefOf(to)}
        aria-current={current ? "page" : undefined}
      >
        {icon ? <Icon name={icon} /> : face}
        <span class="place-name clip">{name}</span>
        {after}
        {unread && <span class="visually-hidden">({t.nav.unread})</span>}
        {muted && <span class="visually-hidden">({t.nav.muted})</span>}
        <Badge count={mentions} label={t.nav.mentions(mentions)} />
      </a>
    </li>
  );
}

export function ChannelLink({ channel, face }: { channel: Channel; face?: ComponentChildren }) {
  const name = useSelect((now) => channelName(now, channel), [channel]);
  const { unread, mentions } = waiting(channel);
  const here = "channel" in route.value && route.value.channel === channel.id;
  return (
    <PlaceLink
      to={channelRoute(channel)}
      name={name}
      after={channel.kind !== "direct" && <ChannelIcon channel={channel} />}
      face={face}
      unread={unread}
      mentions={mentions}
      muted={channel.mine.level === "none"}
      here={here}
    />
  );
}
