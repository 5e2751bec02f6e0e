// « Aujourd'hui » : what mentions me, what goes on in my threads, what happened in each Club.

import { unseenOf } from "../../core/attend.ts";
import { dayOf } from "../../core/dates.ts";
import { useAction, useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, learn, send, state } from "../../core/live.ts";
import { channelName, placeName } from "../../core/names.ts";
import { narrow } from "../../core/narrow.ts";
import { channelRoute, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Message, TodayChannel, TodayClub } from "../../core/types.ts";
import { lazy } from "../../lazy.tsx";
import { Button } from "../../ui/Button.tsx";
import { ChannelIcon } from "../../ui/ChannelIcon.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Quote } from "../../ui/message/Quote.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";

const Concerns = lazy(
  () => import("./Concerns.tsx"),
  (part) => part.default,
  () => null,
);

interface Board {
  clubs: TodayClub[];
  mentions: number[];
}

async function fetchBoard(): Promise<Board> {
  const { seq, clubs, mentions } = await ask("today.get", {});
  const latest = clubs.flatMap((club) => club.channels.flatMap((channel) => channel.messages));
  learn({ seq, messages: [...mentions, ...latest] });
  return { clubs, mentions: mentions.map((message) => message.id) };
}

export default function Today() {
  const { data, error, again } = useQuery(fetchBoard, []);
  useFacts(
    [
      "message.posted",
      "message.deleted",
      "read.moved",
      "thread.read",
      "access.gained",
      "access.changed",
      "access.lost",
    ],
    again,
  );
  const messages = useSelect((now) => now.messages, []);
  const channels = useSelect((now) => now.channels, []);
  const waits = Object.values(channels).filter((channel) => channel.mine.unread > 0);
  const total = waits.reduce((sum, channel) => sum + channel.mine.unread, 0);
  const mentions = (data?.mentions ?? [])
    .map((id) => messages[id])
    .filter((one) => one && !one.deleted);
  const clubs = (data?.clubs ?? []).filter((club) => club.channels.some((one) => one.unread > 0));
  const concerned = useSelect(({ notices }) => unseenOf(notices).length > 0, []);
  const calm = data && mentions.length === 0 && clubs.length === 0 && !concerned;
  return (
    <Page title={t.today.title} above={dayOfToday()} tools={<SearchLink />}>
      {narrow.value && <Quick />}
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {calm && (
        <Empty title={t.today.calm}>
          <p>{t.today.calmHint}</p>
        </Empty>
      )}
      {total > 0 && <p class="muted">{t.today.summary(total, waits.length)}</p>}
      <Concerns />
      {mentions.length > 0 && (
        <section class="section" aria-labelledby="mentions">
          <h2 id="mentions">{t.today.mentions}</h2>
          <ul class="card card-flush list">
            {mentions.map(
              (message) => message && <MentionItem key={message.id} message={message} />,
            )}
          </ul>
        </section>
      )}
      <Threads />
      {clubs.map((club) => (
        <ClubNews key={club.club ?? 0} club={club} />
      ))}
    </Page>
  );
}

/** On a phone, where the left column is not in sight. */
function SearchLink() {
  return (
    <a
      class="icon-button only-narrow"
      href={hrefOf({ page: "search", query: { q: "" } })}
      aria-label={t.nav.search}
    >
      <Icon name="search" />
    </a>
  );
}

/** The two places that the bar has no room for. */
function Quick() {
  return (
    <p class="row quick">
      <a class="button" href={hrefOf({ page: "resources", query: {} })}>
        <Icon name="library" />
        {t.nav.resources}
      </a>
      <a class="button" href={hrefOf({ page: "directory", query: {} })}>
        <Icon name="directory" />
        {t.nav.directory}
      </a>
    </p>
  );
}

function dayOfToday(): string {
  const now = Date.now();
  const DAY_MS = 86_400_000;
  return dayOf(now, now + 2 * DAY_MS); // in full: « mardi 3 novembre »
}

function MentionItem({ message }: { message: Message }) {
  return (
    <li>
      <Quote message={message} place={placeOf(message)} />
    </li>
  );
}

function Threads() {
  const follows = useSelect((now) => now.follows, []);
  const messages = useSelect((now) => now.messages, []);
  const waiting = Object.values(follows).filter(
    (follow) => follow.unread > 0 && messages[follow.thread],
  );
  if (waiting.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="fils">
      <h2 id="fils">{t.today.threads}</h2>
      <ul class="card card-flush list">
        {waiting.map((follow) => {
          const root = messages[follow.thread];
          return (
            root && (
              <li key={follow.thread}>
                <Quote
                  message={root}
                  place={`${placeOf(root)} · ${t.today.replies(follow.unread)}`}
                  to={threadHref(root)}
                />
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

function placeOf(message: Message): string {
  const now = state.peek();
  const channel = now.channels[message.channel];
  return channel ? placeName(now, channel) : "";
}

function threadHref(root: Message): string {
  const channel = state.peek().channels[root.channel];
  return hrefOf(
    channel ? channelRoute(channel, { thread: root.id }) : { page: "message", message: root.id },
  );
}

function ClubNews({ club }: { club: TodayClub }) {
  const name = club.name ?? t.today.directs;
  const id = `today-${club.club ?? "directs"}`;
  return (
    <section class="section today-club" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {club.channels
        .filter((one) => one.unread > 0)
        .map((one) => (
          <ChannelNews key={one.channel} news={one} />
        ))}
    </section>
  );
}

function ChannelNews({ news }: { news: TodayChannel }) {
  const channel = useSelect((now) => now.channels[news.channel], [news.channel]);
  const messages = useSelect((now) => now.messages, []);
  const reading = useAction();
  if (!channel || channel.mine.unread === 0) {
    return null;
  }
  const latest = news.messages.map((one) => messages[one.id] ?? one).filter((one) => !one.deleted);
  const more = channel.mine.unread - latest.length;
  return (
    <article class="card today-channel">
      <ChannelNewsHead
        channel={channel}
        busy={reading.busy}
        onRead={() => void reading.run(() => markRead(channel, latest))}
      />
      <ul class="list">
        {latest.map((message) => (
          <li key={message.id}>
            <Quote message={message} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p class="today-more small">
          <a href={hrefOf(channelRoute(channel))}>{t.today.andMore(more)}</a>
        </p>
      )}
    </article>
  );
}

function ChannelNewsHead({
  channel,
  busy,
  onRead,
}: {
  channel: Channel;
  busy: boolean;
  onRead: () => void;
}) {
  const name = useSelect((now) => channelName(now, channel), [channel]);
  return (
    <header class="today-channel-head">
      <h3>
        <a href={hrefOf(channelRoute(channel))}>
          <ChannelIcon channel={channel} /> {name}
        </a>
      </h3>
      <span class="muted small">{t.today.unread(channel.mine.unread)}</span>
      <Button
        kind="quiet"
        small
        busy={busy}
        onClick={onRead}
        label={`${t.today.markRead} : ${name}`}
      >
        <Icon name="check" />
        {t.today.markRead}
      </Button>
    </header>
  );
}

async function markRead(channel: Channel, latest: readonly Message[]): Promise<void> {
  const position = Math.max(state.peek().seq, ...latest.map((message) => message.id));
  await send("read.set", { channel: channel.id, position });
  toast(t.today.markedRead);
}
