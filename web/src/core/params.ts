// What an address asks for after its path: searches, the agenda's views, the filters of the shelf and of the
// directory.

import type { HitKind, Role, TerritoryKind } from "./types.ts";

export interface SearchParams {
  q: string;
  genre?: HitKind; // what is looked for; all of it without
  type?: string; // kind of resource
  theme?: number;
  territoire?: TerritoryKind;
  code?: string; // of the territory
  annee?: number;
  club?: number;
  canal?: number; // with these, messages only
  auteur?: number;
  avant?: string; // yyyy-mm-dd
  apres?: string;
  tri?: "pertinence" | "recent";
}
export interface AgendaParams {
  vue?: "mois";
  mois?: string; // yyyy-mm, of the month view
  passes?: number; // a year whose past events are listed
  club?: number;
  theme?: number;
  type?: string;
  miens?: "oui";
}

export interface LibraryParams {
  etagere?: number; // a Club's own shelf; without it, the national library
  type?: string;
  theme?: number;
  territoire?: TerritoryKind;
  code?: string; // of the territory
  lieu?: string; // its name, only to be shown
}
/** What a new resource begins with. */
export interface NewResourceParams {
  etagere?: number;
  fichier?: string; // key of a file of the person's own, or one they read in a conversation
  nom?: string; // its name: a title to begin with
  message?: number; // the conversation it comes from
}

export interface DirectoryParams {
  q?: string;
  club?: number;
  departement?: string; // its code
  role?: Role;
  theme?: number;
}

export function withQuery(
  path: string,
  params: Record<string, string | number | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== "") {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const KINDS: readonly HitKind[] = ["message", "event", "resource", "person", "town"];
const ORDERS = ["pertinence", "recent"] as const;

export function searchParams(query: URLSearchParams): SearchParams {
  const result: SearchParams = { q: query.get("q") ?? "" };
  for (const name of ["club", "canal", "auteur", "theme", "annee"] as const) {
    const value = Number(query.get(name));
    if (value > 0) {
      result[name] = value;
    }
  }
  for (const name of ["avant", "apres"] as const) {
    const value = query.get(name);
    if (value && /^\d{4}-\d\d-\d\d$/.test(value)) {
      result[name] = value;
    }
  }
  const kind = KINDS.find((one) => one === query.get("genre"));
  const type = query.get("type");
  const territory = TERRITORIES.find((one) => one === query.get("territoire"));
  const code = query.get("code");
  const order = ORDERS.find((one) => one === query.get("tri"));
  return {
    ...result,
    ...(kind ? { genre: kind } : {}),
    ...(type && /^[a-z_]+$/.test(type) ? { type } : {}),
    ...(territory && code ? { territoire: territory, code } : {}),
    ...(order ? { tri: order } : {}),
  };
}

export function agendaParams(query: URLSearchParams): AgendaParams {
  const month = query.get("mois");
  const kind = query.get("type");
  const club = Number(query.get("club"));
  const theme = Number(query.get("theme"));
  return {
    ...(query.get("vue") === "mois" ? { vue: "mois" } : {}),
    ...(month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { mois: month } : {}),
    ...(/^20\d\d$/.test(query.get("passes") ?? "") ? { passes: Number(query.get("passes")) } : {}),
    ...(club > 0 ? { club } : {}),
    ...(theme > 0 ? { theme } : {}),
    ...(kind && /^[a-z_]+$/.test(kind) ? { type: kind } : {}),
    ...(query.get("miens") === "oui" ? { miens: "oui" } : {}),
  };
}

const TERRITORIES: readonly TerritoryKind[] = ["town", "commune", "epci", "departement"];

export function libraryParams(query: URLSearchParams): LibraryParams {
  const shelf = Number(query.get("etagere"));
  const theme = Number(query.get("theme"));
  const kind = query.get("type");
  const territory = TERRITORIES.find((one) => one === query.get("territoire"));
  const code = query.get("code");
  return {
    ...(shelf > 0 ? { etagere: shelf } : {}),
    ...(kind && /^[a-z_]+$/.test(kind) ? { type: kind } : {}),
    ...(theme > 0 ? { theme } : {}),
    ...(territory && code
      ? { territoire: territory, code, lieu: query.get("lieu") ?? undefined }
      : {}),
  };
}

export function newResourceParams(query: URLSearchParams): NewResourceParams {
  const shelf = Number(query.get("etagere"));
  const message = Number(query.get("message"));
  const key = query.get("fichier");
  const name = query.get("nom");
  return {
    ...(shelf > 0 ? { etagere: shelf } : {}),
    ...(key && /^\w+$/.test(key) ? { fichier: key } : {}),
    ...(name ? { nom: name } : {}),
    ...(message > 0 ? { message } : {}),
  };
}

const ROLES: readonly Role[] = ["animateur", "chef_de_projet", "elu", "partenaire", "lecteur"];

export function directoryParams(query: URLSearchParams): DirectoryParams {
  const departement = query.get("departement") ?? "";
  const role = ROLES.find((one) => one === query.get("role"));
  const words = query.get("q") ?? "";
  const club = Number(query.get("club"));
  const theme = Number(query.get("theme"));
  return {
    ...(words ? { q: words } : {}),
    ...(club > 0 ? { club } : {}),
    ...(/^[0-9AB]{2,3}$/.test(departement) ? { departement } : {}),
    ...(role ? { role } : {}),
    ...(theme > 0 ? { theme } : {}),
  };
}
