// What an address asks for after its path: searches, the agenda's views, the directory's filters.

import type { Role } from "./types.ts";

export interface SearchParams {
  q: string;
  club?: number;
  canal?: number;
  auteur?: number;
  avant?: string; // yyyy-mm-dd
  apres?: string;
  tri?: "pertinence";
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

export function searchParams(query: URLSearchParams): SearchParams {
  const result: SearchParams = { q: query.get("q") ?? "" };
  for (const name of ["club", "canal", "auteur"] as const) {
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
  return query.get("tri") === "pertinence" ? { ...result, tri: "pertinence" } : result;
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
