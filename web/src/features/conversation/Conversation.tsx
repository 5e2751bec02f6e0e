// A channel or a direct conversation: its name always in sight, its messages, its composer, its
// panel.

import { useEffect, useMemo } from "preact/hooks";
import { fetchChannel } from "../../core/fetch.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { channelName, placeName } from "../../core/names.ts";
import { back, channelRoute, go, hrefOf, type Panel } from "../../core/router.ts";
import { stretchKey } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import { useTitle } from "../../core/title.ts";
import type { Channel } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { ChannelIcon } from "../../ui/ChannelIcon.tsx";
import { useDrop } from "../../ui/files/useDrop.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { attach } from "./attach.ts";
import { Composer } from "./Composer.tsx";
import { DetailsPanel } from "./DetailsPanel.tsx";
import { PinsPanel } from "./PinsPanel.tsx";
import { openEnd, stretchOf } from "./pages.ts";
import { holdReading } from "./reading.ts";
import { Stream } from "./Stream.tsx";
import { ThreadPanel } from "./ThreadPanel.tsx";
import { useOpenChannel, useReaders } from "./useChannel.ts";

export interface ConversationProps {
  id: number;
  at?: number;
  thread?: number;
  panel?: Panel;
}

export default function Conversation({ id, at, thread, panel }: ConversationProps) {
  const channel = useSelect((now) => now.channels[id], [id]);
  const loading = useAction();
  const load = () => void loading.run(() => fetchChannel(id));
  useEffect(() => {
    if (!channel) {
      load();
    }
  }, [id, channel === undefined]);
  if (!channel) {
    return (
      <main class="main" id="contenu" tabIndex={-1}>
        {loading.error ? <Failed error={loading.error} again={load} /> : <Loading />}
      </main>
    );
  }
  return (
    <>
      <Talk channel={channel} at={at} key={channel.id} />
      {thread && <ThreadPanel key={thread} channel={channel} thread={thread} at={at} />}
      {!thread && panel === "details" && <DetailsPanel channel={channel} />}
      {!thread && panel === "epingles" && <PinsPanel channel={channel} />}
    </>
  );
}

function Talk({ channel, at }: { channel: Channel; at?: number }) {
  const name = useSelect((now) => channelName(now, channel), [channel]);
  const place = useSelect((now) => placeName(now, channel), [channel]);
  // As it was when the conversation was opened.
  const { position, unread } = useMemo(() => channel.mine, [channel.id]);
  const readUpTo = unread > 0 ? position : 0;
  useTitle(place);
  const where = { channel: channel.id };
  useOpenChannel(channel.id);
  useEffect(() => holdReading(undefined), [channel.id]);
  const mainAt = useMainAt(at);
  const key = stretchKey(channel.id);
  const drop = useDrop(mayPublish(channel) ? (files) => attach(key, files) : undefined);
  return (
    <main class="main" id="contenu" tabIndex={-1} aria-label={place} {...drop.handlers}>
      {drop.over && <p class="drop-here">{t.files.dropTo(name)}</p>}
      <Head channel={channel} name={name} />
      <Stream
        channel={channel.id}
        at={mainAt}
        name={place}
        readUpTo={readUpTo}
        freshAfter={position}
        empty={mayPublish(channel) ? t.channel.empty : t.channel.emptyRead}
      />
      {mayPublish(channel) ? (
        <Composer
          channel={channel}
          label={t.composer.label(place)}
          placeholder={
            channel.kind === "direct"
              ? t.composer.placeholderDirect(name)
              : t.composer.placeholder(name)
          }
          submit={channel.posting === "animateurs" ? t.composer.publish : t.composer.send}
          autoFocus
          onSent={() => stretchOf(where)?.moreAfter && void openEnd(where)}
        />
      ) : (
        <p class="composer-note">{whyNot(channel)}</p>
      )}
    </main>
  );
}

/** A reply is shown in its thread, not looked for in the main stream. */
function useMainAt(at: number | undefined): number | undefined {
  const inThread = useSelect((now) => (at ? now.messages[at]?.thread : undefined), [at]);
  return inThread ? undefined : at;
}

/** Announcements are for animateurs; who may write elsewhere may still answer them in a thread. */
function mayPublish(channel: Channel): boolean {
  const { can } = channel.mine;
  return can.includes("write") && (channel.posting === "all" || can.includes("manage"));
}

function whyNot(channel: Channel): string {
  if (channel.archived) {
    return t.channel.archived;
  }
  if (channel.kind === "direct") {
    return t.channel.directClosed;
  }
  return channel.posting === "animateurs" ? t.channel.announceOnly : t.channel.readOnly;
}

/** « Habitat · Club PVD de l'Ain · 61 personnes » */
function Head({ channel, name }: { channel: Channel; name: string }) {
  const club = useSelect(
    (now) => (channel.club ? now.clubs[channel.club] : undefined),
    [channel.club],
  );
  const direct = channel.kind === "direct";
  const up = direct ? ({ page: "directs" } as const) : ({ page: "places" } as const);
  const details = direct ? t.channel.directDetails : t.channel.details;
  return (
    <header class="place-head">
      <IconButton class="only-narrow" icon="back" label={t.back} onClick={() => back(up)} />
      <div class="place-head-text">
        <h1>
          <ChannelIcon channel={channel} />
          <span class="clip">{name}</span>
        </h1>
        <p class="clip">
          {club && (
            <>
              <a href={hrefOf({ page: "club", club: club.id })}>{club.name}</a>
              {" · "}
            </>
          )}
          {direct ? t.channel.direct : <Readers channel={channel.id} />}
          {channel.purpose && ` · ${channel.purpose}`}
        </p>
      </div>
      <a
        class="icon-button not-narrow"
        href={hrefOf({ page: "search", query: { q: "", canal: channel.id } })}
        aria-label={t.channel.search}
        title={t.channel.search}
      >
        <Icon name="search" />
      </a>
      <IconButton
        class="not-narrow"
        icon="pin"
        label={t.channel.pins}
        onClick={() => go(channelRoute(channel, { panel: "epingles" }))}
      />
      <IconButton
        icon="info"
        label={details}
        onClick={() => go(channelRoute(channel, { panel: "details" }))}
      />
    </header>
  );
}

/** How many can read what is written here. */
function Readers({ channel }: { channel: number }) {
  const { data } = useReaders(channel);
  return <>{data !== undefined && t.channel.readers(data)}</>;
}
