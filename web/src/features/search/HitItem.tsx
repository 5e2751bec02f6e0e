import type { ComponentChildren } from "preact";
import { briefOf, dateOf, fullOf } from "../../core/dates.ts";
import { hrefOfFile } from "../../core/filing.ts";
import { useSelect } from "../../core/hooks.ts";
import { functionBeside, personName } from "../../core/names.ts";
import { hrefOf } from "../../core/router.ts";
import { find } from "../../core/strings/find.ts";
import { lib } from "../../core/strings/library.ts";
import { t } from "../../core/strings.ts";
import { instantText } from "../../core/time.ts";
import type { Message, SearchHit } from "../../core/types.ts";
import { Icon, type IconName } from "../../ui/Icon.tsx";

const drawings: Record<SearchHit["kind"], IconName> = {
  message: "thread",
  event: "calendar",
  resource: "library",
  person: "people",
  town: "place",
};

/** What it is and where, what it is called, where the words stand in it. */
export function HitItem({ hit }: { hit: SearchHit }) {
  return hit.message ? (
    <MessageHit hit={hit} known={hit.message} />
  ) : (
    <Item hit={hit} href={hrefOfHit(hit)} title={hit.title} where={whereOf(hit)} />
  );
}

function MessageHit({ hit, known }: { hit: SearchHit; known: Message }) {
  const message = useSelect((now) => now.messages[known.id] ?? known, [known.id]);
  const { author, thread, deleted } = message;
  const where = [
    hit.channel_name || t.channel.direct,
    hit.club_name,
    thread ? t.message.inThread : undefined,
  ];
  const title = [personName(author), functionBeside(author)].filter(Boolean).join(" · ");
  const href = hrefOf({ page: "message", message: message.id });
  return (
    <Item
      hit={deleted ? { ...hit, snippet: [] } : hit}
      href={href}
      title={title}
      where={where}
      instead={deleted ? t.message.deleted : undefined}
    />
  );
}

interface ItemProps {
  hit: SearchHit;
  href: string;
  title: string;
  where: readonly (string | undefined)[];
  instead?: string | undefined; // of the words found
}

function Item({ hit, href, title, where, instead }: ItemProps) {
  const { kind, snippet, file, at } = hit;
  return (
    <li class="hit">
      <a class="hit-link" href={href}>
        <span class="hit-where small muted">
          <Icon name={drawings[kind]} />
          <span>{[nameOfKind(hit), ...where].filter(Boolean).join(" · ")}</span>
          {at !== undefined && <When hit={hit} at={at} />}
        </span>
        <span class="hit-title">{title}</span>
        {(instead || snippet.length > 0) && (
          <span class="hit-snippet">{instead ?? <Snippet pieces={snippet} />}</span>
        )}
        {kind === "town" && <span class="hit-next small">{find.whoWorks}</span>}
      </a>
      {file && <FileFound hit={hit} file={file} />}
    </li>
  );
}

function When({ hit: { kind }, at }: { hit: SearchHit; at: number }) {
  const text = kind === "event" ? instantText(at) : kind === "message" ? briefOf(at) : dateOf(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={fullOf(at)}>
      {text}
    </time>
  );
}

/** The file whose text holds the words, at its page. */
function FileFound({ hit, file }: { hit: SearchHit; file: NonNullable<SearchHit["file"]> }) {
  const { page } = hit;
  const where = pageText(page);
  const inPdf = page?.unit === "page" ? `#page=${page.number}` : "";
  return (
    <p class="hit-file small">
      <Icon name="file" />
      <a
        href={hrefOfFile(file.key) + inPdf}
        target="_blank"
        rel="noopener"
        aria-label={find.openFile(file.name, where)}
      >
        {file.name}
      </a>
      {where && <span class="muted">{where}</span>}
    </p>
  );
}

function pageText(page: SearchHit["page"]): string {
  switch (page?.unit) {
    case "page":
      return find.page(page.number);
    case "slide":
      return find.slide(page.number);
    case "sheet":
      return find.sheet(page.name ?? "", page.number);
    default:
      return "";
  }
}

function nameOfKind({ kind, type = "" }: SearchHit): string {
  const kinds: Readonly<Record<string, string>> =
    kind === "event" ? t.kinds : kind === "resource" ? lib.kinds : {};
  return kinds[type] ?? find.kindOf[kind];
}

function whereOf({ label, club_name }: SearchHit): (string | undefined)[] {
  return [label, club_name];
}

/** A town has no page: the directory shows who works for it. */
function hrefOfHit({ event, resource, person, title }: SearchHit): string {
  if (event) {
    return hrefOf({ page: "event", event });
  }
  if (resource) {
    return hrefOf({ page: "resource", resource });
  }
  return hrefOf(person ? { page: "person", person } : { page: "directory", query: { q: title } });
}

/** Plain and found pieces, in turn. */
function Snippet({ pieces }: { pieces: readonly string[] }): ComponentChildren {
  return pieces.map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece));
}
