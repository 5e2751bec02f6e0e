// Direct conversations, and how to begin one.

import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { channelName, othersOf } from "../../core/names.ts";
import { directsOf } from "../../core/places.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { NewDirect } from "./NewDirect.tsx";

export default function Directs() {
  const state = useSelect((now) => now, []);
  const [starting, setStarting] = useState(false);
  const directs = directsOf(state);
  const start = (
    <Button kind="primary" icon="plus" onClick={() => setStarting(true)}>
      {t.direct.start}
    </Button>
  );
  return (
    <Page title={t.direct.title} tools={directs.length > 0 ? start : undefined}>
      {directs.length === 0 ? (
        <Empty title={t.direct.emptyTitle}>
          <p>{t.direct.empty}</p>
          <p>{start}</p>
        </Empty>
      ) : (
        <ul class="card card-flush list">
          {directs.map((channel) => (
            <DirectItem key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {starting && <NewDirect onClose={() => setStarting(false)} />}
    </Page>
  );
}

function DirectItem({ channel }: { channel: Channel }) {
  const name = useSelect((now) => channelName(now, channel), [channel]);
  const state = useSelect((now) => now, []);
  const others = othersOf(state, channel);
  const [first] = others;
  return (
    <li>
      <a class="quote-card quote-card-row" href={hrefOf({ page: "direct", channel: channel.id })}>
        {first && <Disc person={first} />}
        <span class="grow">
          <span class={channel.mine.unread > 0 ? "strong" : ""}>{name}</span>
          <br />
          <span class="small muted">
            {others.length === 1 ? first?.function : t.channel.readers(others.length + 1)}
          </span>
        </span>
        <Badge count={channel.mine.unread} label={t.today.unread(channel.mine.unread)} />
      </a>
    </li>
  );
}
