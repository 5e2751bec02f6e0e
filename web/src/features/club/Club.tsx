// A Club's front page: who we are here, and where we talk.

import { useEffect } from "preact/hooks";
import { fetchClub } from "../../core/fetch.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { byKind, channelsOf, waiting } from "../../core/places.ts";
import { channelRoute, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Club as ClubType } from "../../core/types.ts";
import { Badge } from "../../ui/Badge.tsx";
import { ChannelIcon } from "../../ui/ChannelIcon.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ContactCard } from "./ContactCard.tsx";
import { Enterable } from "./Enterable.tsx";

export default function Club({ id }: { id: number }) {
  const club = useSelect((now) => now.clubs[id], [id]);
  const state = useSelect((now) => now, []);
  const channels = channelsOf(state, id);
  const { administrator } = state.me;
  const loading = useAction();
  const load = () =>
    void loading.run(async () => {
      await fetchClub(id);
    });
  useEffect(load, [id]);
  const open = byKind(channels.filter((channel) => !channel.archived));
  const archived = channels.filter((channel) => channel.archived);
  return (
    <Page title={club?.name ?? t.nav.clubs} up={{ page: "places" }} above={club && standing(club)}>
      {loading.error && <Failed error={loading.error} again={load} />}
      {!club && !loading.error && <Loading />}
      {club && <Links club={club} />}
      {club?.can.includes("read") && (
        <ContactCard key={id} club={id} manages={club.can.includes("manage")} />
      )}
      {(open.places.length > 0 || open.events.length === 0) && (
        <section class="section" aria-labelledby="canaux">
          <h2 id="canaux">{t.club.channels}</h2>
          {club && open.places.length === 0 && !loading.busy && <p class="muted">{t.club.empty}</p>}
          <ChannelList channels={open.places} />
        </section>
      )}
      {open.events.length > 0 && (
        <section class="section" aria-labelledby="evenements">
          <h2 id="evenements">{t.club.eventChannels}</h2>
          <ChannelList channels={open.events} />
        </section>
      )}
      {administrator && <Enterable club={id} />}
      {archived.length > 0 && (
        <details class="section">
          <summary class="linklike">{t.nav.archived}</summary>
          <ChannelList channels={archived} />
        </details>
      )}
    </Page>
  );
}

function standing(club: ClubType): string {
  const roles = club.roles.map((role) => t.roles[role]).join(", ");
  const mine = roles
    ? t.club.yourRoles(roles)
    : club.can.includes("manage")
      ? t.club.administrator
      : t.club.guest;
  return mine;
}

function Links({ club }: { club: ClubType }) {
  const manages = club.can.includes("manage");
  return (
    <p class="row">
      <a
        class="button"
        href={hrefOf({
          page: "resources",
          query: club.kind === "national" ? {} : { etagere: club.id },
        })}
      >
        <Icon name="library" />
        {t.nav.resources}
      </a>
      <a class="button" href={hrefOf({ page: "members", club: club.id })}>
        <Icon name="people" />
        {manages ? t.club.membersLink : t.club.membersLinkPlain}
      </a>
      {club.can.includes("read") && (
        <a class="button" href={hrefOf({ page: "directory", query: { club: club.id } })}>
          <Icon name="directory" />
          {t.nav.directory}
        </a>
      )}
      {manages && (
        <>
          <a class="button" href={hrefOf({ page: "channels", club: club.id })}>
            <Icon name="settings" />
            {t.club.manage}
          </a>
          <a class="button" href={hrefOf({ page: "clubEvents", club: club.id })}>
            <Icon name="calendar" />
            {t.clubEvents.link}
          </a>
          <a class="button" href={hrefOf({ page: "eventNew", club: club.id })}>
            <Icon name="plus" />
            {t.clubEvents.add}
          </a>
        </>
      )}
    </p>
  );
}

function ChannelList({ channels }: { channels: readonly Channel[] }) {
  return (
    <ul class="card card-flush list">
      {channels.map((channel) => {
        const { unread, mentions } = waiting(channel);
        return (
          <li key={channel.id}>
            <a class="quote-card" href={hrefOf(channelRoute(channel))}>
              <span class="list-item-flat">
                <ChannelIcon channel={channel} />
                <span class={unread ? "grow strong" : "grow"}>{channel.name}</span>
                {unread && <span class="small strong">{t.today.unread(channel.mine.unread)}</span>}
                <Badge count={mentions} label={t.nav.mentions(mentions)} />
              </span>
              {channel.purpose && <p class="small muted">{channel.purpose}</p>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
