// Addresses: one table to read them and one function to write them. History API, no hash but for
// the tokens of invitations and resets, which must never reach a log.

import { signal } from "@preact/signals";
import {
  type AgendaParams,
  agendaParams,
  type DirectoryParams,
  directoryParams,
  type LibraryParams,
  libraryParams,
  type NewResourceParams,
  newResourceParams,
  type SearchParams,
  searchParams,
  withQuery,
} from "./params.ts";
import type { PageSlug } from "./types.ts";

export type { AgendaParams, DirectoryParams, LibraryParams, NewResourceParams, SearchParams };

export type Route =
  | { page: "today" }
  | { page: "login" }
  | { page: "places" }
  | { page: "club"; club: number }
  | { page: "members"; club: number }
  | { page: "channels"; club: number }
  | { page: "channel"; club: number; channel: number; at?: number; thread?: number; panel?: Panel }
  | { page: "directs" }
  | { page: "direct"; channel: number; at?: number; thread?: number; panel?: Panel }
  | { page: "message"; message: number }
  | { page: "search"; query: SearchParams }
  | { page: "agenda"; query: AgendaParams }
  | { page: "event"; event: number }
  | { page: "eventNew"; club: number }
  | { page: "eventEdit"; event: number }
  | { page: "eventRegistrations"; event: number }
  | { page: "eventPresence"; event: number }
  | { page: "clubEvents"; club: number }
  | { page: "resources"; query: LibraryParams }
  | { page: "resource"; resource: number; edition?: number }
  | { page: "resourceNew"; query: NewResourceParams }
  | { page: "resourceEdit"; resource: number }
  | { page: "resourceReview"; club: number }
  | { page: "directory"; query: DirectoryParams }
  | { page: "person"; person: number }
  | { page: "saved" }
  | { page: "threads" }
  | { page: "settings" }
  | { page: "persons" }
  | { page: "synonyms" }
  | { page: "text"; slug: PageSlug }
  | { page: "invitation"; token: string }
  | { page: "reset"; token: string }
  | { page: "forgot" }
  | { page: "lost" };

export type Panel = "details" | "epingles";
const slugs: readonly PageSlug[] = ["mentions-legales", "donnees-personnelles", "accessibilite"];

type Reader = (ids: number[], query: URLSearchParams, fragment: string, words: string[]) => Route;

const pages: [RegExp, Reader][] = [
  [/^\/(?:aujourdhui)?$/, () => ({ page: "today" })],
  [/^\/connexion$/, () => ({ page: "login" })],
  [/^\/clubs$/, () => ({ page: "places" })],
  [/^\/club\/(\d+)$/, ([club = 0]) => ({ page: "club", club })],
  [/^\/club\/(\d+)\/membres$/, ([club = 0]) => ({ page: "members", club })],
  [/^\/club\/(\d+)\/canaux$/, ([club = 0]) => ({ page: "channels", club })],
  [
    /^\/club\/(\d+)\/canal\/(\d+)$/,
    ([club = 0, channel = 0], query) => ({ page: "channel", club, channel, ...aside(query) }),
  ],
  [/^\/direct$/, () => ({ page: "directs" })],
  [/^\/direct\/(\d+)$/, ([channel = 0], query) => ({ page: "direct", channel, ...aside(query) })],
  [/^\/message\/(\d+)$/, ([message = 0]) => ({ page: "message", message })],
  [/^\/recherche$/, (_ids, query) => ({ page: "search", query: searchParams(query) })],
  [/^\/agenda$/, (_ids, query) => ({ page: "agenda", query: agendaParams(query) })],
  [/^\/evenement\/(\d+)$/, ([event = 0]) => ({ page: "event", event })],
  [
    /^\/evenement\/nouveau$/,
    (_ids, query) => ({ page: "eventNew", club: Number(query.get("club")) || 0 }),
  ],
  [/^\/evenement\/(\d+)\/modifier$/, ([event = 0]) => ({ page: "eventEdit", event })],
  [/^\/evenement\/(\d+)\/inscriptions$/, ([event = 0]) => ({ page: "eventRegistrations", event })],
  [/^\/evenement\/(\d+)\/presence$/, ([event = 0]) => ({ page: "eventPresence", event })],
  [/^\/club\/(\d+)\/evenements$/, ([club = 0]) => ({ page: "clubEvents", club })],
  [/^\/ressources$/, (_ids, query) => ({ page: "resources", query: libraryParams(query) })],
  [
    /^\/ressource\/(\d+)$/,
    ([resource = 0], query) => ({ page: "resource", resource, ...editionOf(query) }),
  ],
  [
    /^\/ressource\/nouvelle$/,
    (_ids, query) => ({ page: "resourceNew", query: newResourceParams(query) }),
  ],
  [/^\/ressource\/(\d+)\/modifier$/, ([resource = 0]) => ({ page: "resourceEdit", resource })],
  [
    /^\/ressources\/revue$/,
    (_ids, query) => ({ page: "resourceReview", club: Number(query.get("etagere")) || 0 }),
  ],
  [/^\/annuaire$/, (_ids, query) => ({ page: "directory", query: directoryParams(query) })],
  [/^\/personne\/(\d+)$/, ([person = 0]) => ({ page: "person", person })],
  [/^\/enregistres$/, () => ({ page: "saved" })],
  [/^\/fils$/, () => ({ page: "threads" })],
  [/^\/reglages$/, () => ({ page: "settings" })],
  [/^\/administration\/personnes$/, () => ({ page: "persons" })],
  [/^\/synonymes$/, () => ({ page: "synonyms" })],
  [/^\/pages\/([a-z-]+)$/, (_ids, _query, _fragment, [slug]) => textRoute(slug)],
  [/^\/invitation$/, (_ids, _query, token) => ({ page: "invitation", token })],
  [
    /^\/mot-de-passe$/,
    (_ids, _query, token) => (token ? { page: "reset", token } : { page: "forgot" }),
  ],
];

export function parseRoute(path: string, search = "", fragment = ""): Route {
  for (const [pattern, read] of pages) {
    const match = pattern.exec(path);
    if (match) {
      const words = match.slice(1);
      return read(
        words.map(Number),
        new URLSearchParams(search),
        fragment.replace(/^#/, ""),
        words,
      );
    }
  }
  return { page: "lost" };
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case "today":
      return "/aujourdhui";
    case "login":
      return "/connexion";
    case "places":
      return "/clubs";
    case "club":
      return `/club/${route.club}`;
    case "members":
      return `/club/${route.club}/membres`;
    case "channels":
      return `/club/${route.club}/canaux`;
    case "channel":
      return `/club/${route.club}/canal/${route.channel}${asideQuery(route)}`;
    case "directs":
      return "/direct";
    case "direct":
      return `/direct/${route.channel}${asideQuery(route)}`;
    case "message":
      return `/message/${route.message}`;
    case "search":
      return withQuery("/recherche", { ...route.query });
    case "agenda":
      return withQuery("/agenda", { ...route.query });
    case "event":
      return `/evenement/${route.event}`;
    case "eventNew":
      return withQuery("/evenement/nouveau", { club: route.club || undefined });
    case "eventEdit":
      return `/evenement/${route.event}/modifier`;
    case "eventRegistrations":
      return `/evenement/${route.event}/inscriptions`;
    case "eventPresence":
      return `/evenement/${route.event}/presence`;
    case "clubEvents":
      return `/club/${route.club}/evenements`;
    case "resources":
      return withQuery("/ressources", { ...route.query });
    case "resource":
      return withQuery(`/ressource/${route.resource}`, { edition: route.edition });
    case "resourceNew":
      return withQuery("/ressource/nouvelle", { ...route.query });
    case "resourceEdit":
      return `/ressource/${route.resource}/modifier`;
    case "resourceReview":
      return withQuery("/ressources/revue", { etagere: route.club || undefined });
    case "directory":
      return withQuery("/annuaire", { ...route.query });
    case "person":
      return `/personne/${route.person}`;
    case "saved":
      return "/enregistres";
    case "threads":
      return "/fils";
    case "settings":
      return "/reglages";
    case "persons":
      return "/administration/personnes";
    case "synonyms":
      return "/synonymes";
    case "text":
      return `/pages/${route.slug}`;
    case "invitation":
      return `/invitation#${route.token}`;
    case "reset":
      return `/mot-de-passe#${route.token}`;
    case "forgot":
      return "/mot-de-passe";
    case "lost":
      return "/";
  }
}

/** The conversation's own address, whichever kind it is. */
export function channelRoute(
  channel: { id: number; club?: number },
  extra: { at?: number; thread?: number; panel?: Panel } = {},
): Route {
  return channel.club
    ? { page: "channel", club: channel.club, channel: channel.id, ...extra }
    : { page: "direct", channel: channel.id, ...extra };
}

function textRoute(slug: string | undefined): Route {
  const known = slugs.find((one) => one === slug);
  return known ? { page: "text", slug: known } : { page: "lost" };
}

function editionOf(query: URLSearchParams): { edition?: number } {
  const edition = Number(query.get("edition"));
  return edition > 0 ? { edition } : {};
}

interface Aside {
  at?: number;
  thread?: number;
  panel?: Panel;
}
function aside(query: URLSearchParams): Aside {
  const at = Number(query.get("message"));
  const thread = Number(query.get("fil"));
  const panel = query.get("volet");
  return {
    ...(at > 0 ? { at } : {}),
    ...(thread > 0 ? { thread } : {}),
    ...(panel === "details" || panel === "epingles" ? { panel } : {}),
  };
}
function asideQuery(route: Aside): string {
  return withQuery("", { message: route.at, fil: route.thread, volet: route.panel });
}
export const route = signal<Route>({ page: "today" });

function read(): void {
  route.value = parseRoute(location.pathname, location.search, location.hash);
}

export function go(to: Route, how: "push" | "replace" = "push"): void {
  const href = hrefOf(to);
  if (href === location.pathname + location.search + location.hash) {
    return;
  }
  history[how === "push" ? "pushState" : "replaceState"]({ inside: true }, "", href);
  read();
}

/** Back where one came from inside the client, else to a place that makes sense. */
export function back(otherwise: Route): void {
  if ((history.state as { inside?: boolean } | null)?.inside) {
    history.back();
  } else {
    go(otherwise, "replace");
  }
}

/** Reads the address, and lets plain links be followed without a reload. */
export function startRouter(): void {
  read();
  window.addEventListener("popstate", read);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) {
      return;
    }
    const url = new URL(link.href);
    const isPage = !url.pathname.startsWith("/api/") && !/\.\w+$/.test(url.pathname);
    if (url.origin === location.origin && isPage && !url.hash) {
      event.preventDefault();
      go(parseRoute(url.pathname, url.search, url.hash));
    }
  });
}
