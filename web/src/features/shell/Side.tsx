import { useState } from "preact/hooks";
import { fold } from "../../core/fold.ts";
import { useSelect } from "../../core/hooks.ts";
import { othersOf } from "../../core/names.ts";
import {
  byKind,
  channelsOf,
  clubsInOrder,
  directsOf,
  myClubs,
  waiting,
} from "../../core/places.ts";
import { hrefOf, route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Club } from "../../core/types.ts";
import { Disc } from "../../ui/Disc.tsx";
import { Belfry, Icon } from "../../ui/Icon.tsx";
import { LegalLinks } from "../../ui/LegalLinks.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { isFolded, setFolded } from "./folded.ts";
import { ChannelLink, PlaceLink } from "./PlaceLink.tsx";

const DIRECTS_SHOWN = 6;

export function Side({ onJump }: { onJump: () => void }) {
  const follows = useSelect((now) => now.follows, []);
  const waitingThreads = Object.values(follows).some((follow) => follow.unread > 0);
  const administrator = useSelect((now) => now.me.administrator, []);
  return (
    <nav class="side" aria-label={t.nav.main}>
      <div class="side-head">
        <a class="brand" href={hrefOf({ page: "today" })}>
          <Belfry />
          {t.app}
        </a>
        <AccountMenu onJump={onJump} />
      </div>
      <div class="side-scroll">
        <ul>
          <PlaceLink icon="today" to={{ page: "today" }} name={t.nav.today} />
          <PlaceLink
            icon="calendar"
            to={{ page: "agenda", query: {} }}
            name={t.nav.agenda}
            here={route.value.page === "agenda"}
          />
          <PlaceLink
            icon="library"
            to={{ page: "resources", query: {} }}
            name={t.nav.resources}
            here={route.value.page.startsWith("resource")}
          />
          <PlaceLink
            icon="directory"
            to={{ page: "directory", query: {} }}
            name={t.nav.directory}
            here={route.value.page === "directory" || route.value.page === "person"}
          />
          <PlaceLink
            icon="search"
            to={{ page: "search", query: { q: "" } }}
            name={t.nav.search}
            here={route.value.page === "search"}
          />
          <PlaceLink
            icon="thread"
            to={{ page: "threads" }}
            name={t.nav.threads}
            unread={waitingThreads}
          />
          <PlaceLink icon="bookmark" to={{ page: "saved" }} name={t.nav.saved} />
          {administrator && (
            <>
              <PlaceLink icon="shield" to={{ page: "persons" }} name={t.nav.persons} />
              <PlaceLink icon="list" to={{ page: "synonyms" }} name={t.nav.synonyms} />
            </>
          )}
        </ul>
        <Clubs />
        <Directs />
        <OtherClubs />
      </div>
      <div class="side-foot">
        <LegalLinks />
      </div>
    </nav>
  );
}

function Clubs() {
  const state = useSelect((now) => now, []);
  return (
    <>
      {myClubs(state).map((club) => (
        <ClubSection key={club.id} club={club} />
      ))}
    </>
  );
}

function ClubSection({ club }: { club: Club }) {
  const state = useSelect((now) => now, []);
  const [folded, fold] = useState(isFolded(club.id));
  const channels = channelsOf(state, club.id).filter((channel) => !channel.archived);
  const shown = folded
    ? channels.filter((channel) => isHere(channel.id) || waits(channel))
    : channels;
  const { places, events } = byKind(shown);
  const current = route.value.page === "club" && route.value.club === club.id;
  return (
    <section class="side-section" aria-labelledby={`club-${club.id}`}>
      <h2 class="side-title" id={`club-${club.id}`}>
        <button
          type="button"
          class="fold"
          aria-expanded={!folded}
          aria-label={club.name}
          onClick={() => {
            setFolded(club.id, !folded);
            fold(!folded);
          }}
        >
          <Icon name="right" />
        </button>
        <a
          href={hrefOf({ page: "club", club: club.id })}
          aria-current={current ? "page" : undefined}
        >
          {club.name}
        </a>
      </h2>
      <ul>
        {places.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} />
        ))}
      </ul>
      <EventChannels club={club} channels={events} />
    </section>
  );
}

function EventChannels({ club, channels }: { club: Club; channels: readonly Channel[] }) {
  if (channels.length === 0) {
    return null;
  }
  return (
    <>
      <h3 class="side-subtitle" id={`events-${club.id}`}>
        {t.nav.events}
      </h3>
      <ul aria-labelledby={`events-${club.id}`}>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} />
        ))}
      </ul>
    </>
  );
}

function waits(channel: Channel): boolean {
  const { unread, mentions } = waiting(channel);
  return unread || mentions > 0;
}

function isHere(channel: number): boolean {
  return "channel" in route.value && route.value.channel === channel;
}

function Directs() {
  const state = useSelect((now) => now, []);
  const directs = directsOf(state);
  return (
    <section class="side-section" aria-labelledby="directs">
      <h2 class="side-title" id="directs">
        <a href={hrefOf({ page: "directs" })}>{t.nav.directs}</a>
        <a class="icon-button" href={hrefOf({ page: "directs" })} aria-label={t.nav.newDirect}>
          <Icon name="plus" />
        </a>
      </h2>
      <ul>
        {directs.slice(0, DIRECTS_SHOWN).map((channel) => {
          const others = othersOf(state, channel);
          const face = others[0] && <Disc person={others[0]} small />;
          return <ChannelLink key={channel.id} channel={channel} face={face} />;
        })}
      </ul>
    </section>
  );
}

/** The hundred Clubs an administrator may enter without belonging to them. */
function OtherClubs() {
  const state = useSelect((now) => now, []);
  const [filter, setFilter] = useState("");
  const mine = new Set(myClubs(state).map((club) => club.id));
  const others = clubsInOrder(state).filter((club) => !mine.has(club.id));
  const shown = others.filter((club) => fold(club.name).includes(fold(filter)));
  if (others.length === 0) {
    return null;
  }
  return (
    <details class="side-section">
      <summary class="side-title">{t.nav.otherClubs(others.length)}</summary>
      <input
        class="input"
        type="search"
        aria-label={t.nav.filterClubs}
        placeholder={t.nav.filterClubs}
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <ul>
        {shown.map((club) => (
          <PlaceLink key={club.id} to={{ page: "club", club: club.id }} name={club.name} />
        ))}
      </ul>
    </details>
  );
}
