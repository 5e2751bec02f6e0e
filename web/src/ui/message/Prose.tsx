// A message's tree to elements. The list of nodes is closed: an unknown one shows its text, no
// more.

import type { ComponentChildren, VNode } from "preact";
import { useSelect } from "../../core/hooks.ts";
import { state } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Node, NodeObject } from "../../core/types.ts";

const SAFE_LINK = /^(https?:|mailto:|\/(?!\/))/i;

/** `headings`: the page has no headings of its own below h1, so these are real ones. */
export function Prose({ nodes, headings }: { nodes: readonly Node[]; headings?: boolean }) {
  return <div class="prose">{nodes.map((node) => show(node, headings))}</div>;
}

function all(nodes: readonly Node[] | undefined): ComponentChildren {
  return nodes?.map((node) => show(node));
}

function show(node: Node, headings = false): VNode | string {
  if (typeof node === "string") {
    return node;
  }
  switch (node.t) {
    case "p":
      return <p>{all(node.c)}</p>;
    case "h":
      return <Heading node={node} real={headings} />;
    case "ul":
      return <ul>{all(node.c)}</ul>;
    case "ol":
      return <ol start={node.start}>{all(node.c)}</ol>;
    case "li":
      return <li>{all(node.c)}</li>;
    case "quote":
      return <blockquote>{all(node.c)}</blockquote>;
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard
        <pre tabIndex={0}>
          <code>{node.text}</code>
        </pre>
      );
    case "hr":
      return <hr />;
    default:
      return showInline(node);
  }
}

function showInline(node: NodeObject): VNode | string {
  switch (node.t) {
    case "br":
      return <br />;
    case "em":
      return <em>{all(node.c)}</em>;
    case "strong":
      return <strong>{all(node.c)}</strong>;
    case "c":
      return <code>{node.text}</code>;
    case "a":
      return <Link href={node.href}>{node.c}</Link>;
    case "person":
      return <PersonChip id={node.id} />;
    case "role":
      return <span class="chip">@{t.mentionRoles[node.name]}</span>;
    case "all":
      return <span class="chip">@{t.mentionRoles.all}</span>;
    case "message":
      return (
        <a class="chip" href={hrefOf({ page: "message", message: node.id })}>
          {t.message.linkTo} {node.id}
        </a>
      );
    case "event":
      return <EventChip id={node.id} />;
    case "resource":
      return <ResourceChip id={node.id} edition={node.edition} />;
    case "town":
      return (
        <span class="chip" title={t.message.town}>
          {node.name ?? t.message.town}
        </span>
      );
    default:
      return "c" in node ? plainText(node.c as Node[]) : "";
  }
}

function Heading({ node, real }: { node: Extract<NodeObject, { t: "h" }>; real: boolean }) {
  if (!real) {
    return (
      <p>
        <strong>{all(node.c)}</strong>
      </p>
    );
  }
  const Tag = node.level === 1 ? "h2" : node.level === 2 ? "h3" : "h4";
  return <Tag>{all(node.c)}</Tag>;
}

/** A link says where it leads, unless its own text does. */
function Link({ href, children }: { href: string; children: readonly Node[] }) {
  const text = plainText(children);
  if (!SAFE_LINK.test(href)) {
    return <>{text}</>;
  }
  if (href.startsWith("/")) {
    return <a href={href}>{all(children)}</a>;
  }
  const host = hostOf(href);
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {all(children)}
      </a>
      {host && !text.includes(host) && <span class="host"> ({host})</span>}
    </>
  );
}

function PersonChip({ id }: { id: number }) {
  const person = useSelect((now) => now.people[id], [id]);
  const isMe = id === state.value.me.id;
  const face = `chip${isMe ? " chip-me" : ""}`;
  return person?.name === undefined ? (
    <span class={face}>@{person ? personName(person) : t.message.someone}</span>
  ) : (
    <a class={face} title={person.function} href={hrefOf({ page: "person", person: id })}>
      @{person.name}
    </a>
  );
}

function EventChip({ id }: { id: number }) {
  const title = useSelect((now) => now.events[id]?.title, [id]);
  return (
    <a class="chip" href={hrefOf({ page: "event", event: id })}>
      {title ?? `${t.message.event} ${id}`}
    </a>
  );
}

function ResourceChip({ id, edition }: { id: number; edition: number | undefined }) {
  const title = useSelect((now) => now.resources[id]?.title, [id]);
  return (
    <a
      class="chip"
      href={hrefOf({ page: "resource", resource: id, ...(edition ? { edition } : {}) })}
    >
      {title ?? `${t.message.resource} ${id}`}
    </a>
  );
}

function hostOf(href: string): string {
  try {
    return new URL(href).host.replace(/^www\./, "");
  } catch {
    return "";
  }
}

/** In one line, for excerpts and screen readers; chips say what they stand for. */
export function plainText(nodes: readonly Node[]): string {
  return nodes.map(textOf).join("").trim();
}

function textOf(node: Node): string {
  if (typeof node === "string") {
    return node;
  }
  switch (node.t) {
    case "code":
    case "c":
      return node.t === "code" ? `${node.text} ` : node.text;
    case "person": {
      const person = state.value.people[node.id];
      return `@${person ? personName(person) : t.message.someone}`;
    }
    case "role":
      return `@${t.mentionRoles[node.name]}`;
    case "all":
      return `@${t.mentionRoles.all}`;
    case "message":
      return `${t.message.linkTo} ${node.id}`;
    case "event":
      return `${t.message.event} ${node.id}`;
    case "resource":
      return `${t.message.resource} ${node.id}`;
    case "town":
      return node.name ?? t.message.town;
    case "br":
    case "hr":
      return " ";
    default:
      return isBlock(node)
        ? `${node.c.map(textOf).join("")} `
        : (node.c ?? []).map(textOf).join("");
  }
}

function isBlock(node: NodeObject): boolean {
  return ["p", "h", "li", "quote", "ul", "ol"].includes(node.t);
}
