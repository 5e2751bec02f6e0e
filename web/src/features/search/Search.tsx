import { useEffect, useRef, useState } from "preact/hooks";
import { startOfDay } from "../../core/dates.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { ask, learn } from "../../core/live.ts";
import { go, hrefOf, type SearchParams } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Commands, Hit } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Author } from "../../ui/message/Author.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { Filters } from "./Filters.tsx";

const PAGE = 30;
const DAY_MS = 86_400_000;

interface Results {
  hits: Hit[];
  cut: boolean;
  next?: number; // cursor of the page that follows
}

function paramsOf(query: SearchParams, cursor?: number): Commands["message.search"][0] {
  const after = startOfDay(query.apres);
  const before = startOfDay(query.avant);
  return {
    query: query.q,
    limit: PAGE,
    ...(cursor ? { cursor } : {}),
    ...(query.club ? { club: query.club } : {}),
    ...(query.canal ? { channel: query.canal } : {}),
    ...(query.auteur ? { author: query.auteur } : {}),
    ...(after ? { after } : {}),
    ...(before ? { before: before + DAY_MS } : {}),
    ...(query.tri ? { order: "relevant" } : {}),
  };
}

export default function Search({ query }: { query: SearchParams }) {
  const [text, setText] = useState(query.q);
  const [results, setResults] = useState<Results | undefined>(undefined);
  const searching = useAction();
  const field = useRef<HTMLInputElement>(null);
  const run = (cursor?: number) =>
    searching.run(async () => {
      const found = await ask("message.search", paramsOf(query, cursor));
      learn({ seq: found.seq, messages: found.hits.map((hit) => hit.message) });
      const before = cursor ? (results?.hits ?? []) : [];
      setResults({
        hits: [...before, ...found.hits],
        cut: found.cut,
        ...(found.next ? { next: found.next } : {}),
      });
    });
  useEffect(() => {
    setText(query.q);
    if (query.q === "") {
      field.current?.focus();
    }
    setResults(undefined);
    if (query.q.trim() !== "") {
      void run();
    }
  }, [JSON.stringify(query)]);
  const count = results?.hits.length ?? 0;
  return (
    <Page title={t.search.title}>
      <search>
        <form
          class="search-form"
          onSubmit={(event) => {
            event.preventDefault();
            go({ page: "search", query: { ...query, q: text.trim() } });
          }}
        >
          <input
            class="input"
            type="search"
            aria-label={t.search.label}
            placeholder={t.search.label}
            value={text}
            ref={field}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" kind="primary" icon="search">
            {t.search.submit}
          </Button>
        </form>
        <Filters query={query} />
      </search>
      <div aria-live="polite" class="small muted">
        {results && count > 0 && (results.next ? t.search.foundMore(count) : t.search.found(count))}
      </div>
      {searching.error && <Failed error={searching.error} again={() => void run()} />}
      {searching.busy && !results && <Loading />}
      {results?.cut && <Notice kind="caution">{t.search.cut}</Notice>}
      {query.q === "" && (
        <Empty title={t.search.introTitle}>
          <p>{t.search.intro}</p>
        </Empty>
      )}
      {results && count === 0 && (
        <Empty title={t.search.none(query.q)}>
          <p>{t.search.noneHint}</p>
        </Empty>
      )}
      <ol class="list">
        {results?.hits.map((hit) => (
          <HitItem key={hit.message.id} hit={hit} />
        ))}
      </ol>
      {results?.next && (
        <Button busy={searching.busy} onClick={() => void run(results.next)}>
          {t.loadMore}
        </Button>
      )}
    </Page>
  );
}

function HitItem({ hit }: { hit: Hit }) {
  const message = useSelect((now) => now.messages[hit.message.id] ?? hit.message, [hit.message.id]);
  const place = [
    hit.channel_name || t.channel.direct,
    hit.club_name,
    message.thread ? t.message.inThread : undefined,
  ];
  return (
    <li class="hit">
      <a class="hit-link stack-xs" href={hrefOf({ page: "message", message: message.id })}>
        <span class="small muted">{place.filter(Boolean).join(" · ")}</span>
        <span class="list-item-flat">
          <Disc person={message.author} small />
          <Author message={message} brief />
        </span>
        <p class="hit-snippet">
          {message.deleted ? t.message.deleted : <Snippet pieces={hit.snippet} />}
        </p>
      </a>
    </li>
  );
}

/** Plain and found pieces, in turn. */
function Snippet({ pieces }: { pieces: readonly string[] }) {
  return (
    <>
      {pieces.map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece))}
    </>
  );
}
