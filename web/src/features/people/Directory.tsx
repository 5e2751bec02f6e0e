// « Annuaire » : who is in my Clubs, by territory, function and theme.

import { useEffect, useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { narrow } from "../../core/narrow.ts";
import { type DirectoryParams, go, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { PersonCard } from "../../ui/person/PersonCard.tsx";
import { WriteButton } from "../../ui/person/WriteButton.tsx";
import { Filters, filtersSet } from "./Filters.tsx";
import { type Counts, useDirectory } from "./useDirectory.ts";

export default function Directory({ query }: { query: DirectoryParams }) {
  const { people, counts, busy, error, next, again } = useDirectory(query);
  const me = useSelect((now) => now.me.id, []);
  return (
    <Page
      title={t.directory.title}
      up={{ page: "places" }}
      tools={narrow.value ? undefined : <MyProfile />}
    >
      <search>
        <Words query={query} />
        {narrow.value ? (
          <FiltersDialog query={query} counts={counts} />
        ) : (
          <Filters query={query} counts={counts} />
        )}
      </search>
      <p class="small muted" role="status">
        {counts && counts.people > 0 && t.directory.found(counts.people)}
      </p>
      {error && <Failed error={error} again={again} />}
      {!people && !error && <Loading />}
      {people?.length === 0 && <Nobody query={query} />}
      <ul class="people">
        {people?.map((profile) => (
          <li key={profile.id} class="card">
            <PersonCard
              profile={profile}
              level={2}
              tools={profile.id !== me && <WriteButton id={profile.id} name={profile.name} />}
            />
          </li>
        ))}
      </ul>
      {next && (
        <Button busy={busy} onClick={next}>
          {t.loadMore}
        </Button>
      )}
    </Page>
  );
}

function MyProfile() {
  return (
    <a class="button" href={hrefOf({ page: "settings" })}>
      <Icon name="edit" />
      {t.directory.mine}
    </a>
  );
}

function Words({ query }: { query: DirectoryParams }) {
  const [text, setText] = useState(query.q ?? "");
  useEffect(() => setText(query.q ?? ""), [query.q]);
  const { q: _old, ...filters } = query;
  const submit = () => {
    const words = text.trim();
    go({ page: "directory", query: { ...(words ? { q: words } : {}), ...filters } });
  };
  return (
    <form
      class="search-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <input
        class="input"
        type="search"
        aria-label={t.directory.search}
        placeholder={t.directory.placeholder}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" kind="primary" icon="search">
        {t.directory.submit}
      </Button>
    </form>
  );
}

/** On a phone the filters wait behind one button, and say what they would leave. */
function FiltersDialog({ query, counts }: { query: DirectoryParams; counts: Counts | undefined }) {
  const [open, setOpen] = useState(false);
  const set = filtersSet(query);
  return (
    <div class="row filters-open">
      <Button icon="filter" onClick={() => setOpen(true)}>
        {set > 0 ? t.directory.filtersSet(set) : t.directory.filters}
      </Button>
      {open && (
        <Dialog title={t.directory.filters} onClose={() => setOpen(false)}>
          <Filters query={query} counts={counts} />
          <div class="dialog-actions">
            <Button kind="primary" onClick={() => setOpen(false)}>
              {t.directory.show(counts?.people ?? 0)}
            </Button>
          </div>
        </Dialog>
      )}
      <MyProfile />
    </div>
  );
}

/** A guest of single channels has no directory; others looked for too much. */
function Nobody({ query }: { query: DirectoryParams }) {
  const inClub = useSelect(
    (now) => Object.values(now.clubs).some((club) => club.can.includes("read")),
    [],
  );
  if (!inClub) {
    return (
      <Empty title={t.directory.alone}>
        <p>{t.directory.aloneHint}</p>
      </Empty>
    );
  }
  const asked = Object.keys(query).length > 0;
  return (
    <Empty title={t.directory.none}>
      <p>{t.directory.noneHint}</p>
      {asked && (
        <p>
          <Button onClick={() => go({ page: "directory", query: {} })}>{t.directory.clear}</Button>
        </p>
      )}
    </Empty>
  );
}
