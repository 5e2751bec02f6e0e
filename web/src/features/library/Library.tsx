// The reading room: the national library, or a Club's shelf with the national one beside its own.

import { useSelect } from "../../core/hooks.ts";
import { nationalClub, shelfName } from "../../core/library.ts";
import { myClubs } from "../../core/places.ts";
import { useShelfCan, type Wish } from "../../core/resources.ts";
import { hrefOf, type LibraryParams } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Club } from "../../core/types.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { Feed } from "./Feed.tsx";
import { Filters, isFiltered, wishOf } from "./Filters.tsx";
import { Shelf } from "./Shelf.tsx";

const SEARCH = { page: "search", query: { q: "", genre: "resource" } } as const;
const PREPARING = ["draft", "proposed", "returned", "scheduled"] as const;

export default function Library({ query }: { query: LibraryParams }) {
  const club = useSelect(
    (now) => (query.etagere ? now.clubs[query.etagere] : nationalClub(now)),
    [query.etagere],
  );
  const own = club?.kind === "departement" ? club : undefined;
  const name = useSelect((now) => (club ? shelfName(now, club.id) : lib.national), [club]);
  const wish = wishOf(query);
  const filtered = isFiltered(query);
  return (
    <Page title={lib.list.title} above={name} tools={<Tools club={club} />}>
      <Shelves query={query} />
      {!own && <p class="muted">{lib.list.nationalIntro}</p>}
      <p class="library-tools">
        <a class="button button-small" href={hrefOf(SEARCH)}>
          <Icon name="search" />
          {lib.list.search}
        </a>
      </p>
      <Filters query={query} />
      {club && <Mine wish={{ club: club.id }} />}
      {own && (
        <Shelf
          title={lib.shelfOf(own.name)}
          wish={{ ...wish, club: own.id }}
          empty={<Nothing filtered={filtered} text={lib.list.emptyShelf} />}
        />
      )}
      <Shelf
        title={lib.national}
        hint={own && lib.list.besides}
        wish={{ ...wish, national: true }}
        aside={own !== undefined}
        empty={<Nothing filtered={filtered} text={lib.list.emptyNational} />}
      />
      {club && <Feed key={club.id} club={club} />}
    </Page>
  );
}

function Nothing({ filtered, text }: { filtered: boolean; text: string }) {
  return filtered ? <p class="muted">{lib.list.emptyFiltered}</p> : <Empty title={text} />;
}

/** What I prepare there, or what was proposed and waits: nobody else sees it among the others. */
function Mine({ wish }: { wish: Wish }) {
  const mine = { ...wish, mine: true, state: "any" } as const;
  return <Shelf title={lib.list.mine} wish={mine} states={PREPARING} />;
}

function Tools({ club }: { club: Club | undefined }) {
  const can = useShelfCan(club?.id);
  if (!club || !can) {
    return null;
  }
  const keeps = can.includes("keep");
  return (
    <div class="row">
      {keeps && (
        <a class="button" href={hrefOf({ page: "resourceReview", club: club.id })}>
          <Icon name="check" />
          {lib.list.review}
        </a>
      )}
      {can.includes("write") && (
        <a
          class="button button-primary"
          href={hrefOf({ page: "resourceNew", query: { etagere: club.id } })}
        >
          <Icon name="plus" />
          {keeps ? lib.list.add : lib.list.propose}
        </a>
      )}
    </div>
  );
}

/** The national library, and the shelf of each of my Clubs. */
function Shelves({ query }: { query: LibraryParams }) {
  const all = useSelect(myClubs, []);
  const clubs = all.filter((one) => one.kind === "departement");
  const { etagere: _etagere, ...filters } = query;
  if (clubs.length === 0) {
    return null;
  }
  return (
    <nav class="tabs shelves" aria-label={lib.list.shelves}>
      <a
        href={hrefOf({ page: "resources", query: filters })}
        aria-current={query.etagere ? undefined : "page"}
      >
        {lib.national}
      </a>
      {clubs.map((one) => (
        <a
          key={one.id}
          href={hrefOf({ page: "resources", query: { ...filters, etagere: one.id } })}
          aria-current={query.etagere === one.id ? "page" : undefined}
        >
          {one.name}
        </a>
      ))}
    </nav>
  );
}
