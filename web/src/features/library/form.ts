// What is typed about a resource, as plain data: what the fields hold is what is kept, compared and sent.

import { titleOf } from "../../core/library.ts";
import type { NewResourceParams } from "../../core/router.ts";
import type {
  Fiche,
  Licence,
  Resource,
  ResourceIn,
  ResourceKind,
  Territory,
} from "../../core/types.ts";
import { type Brought, NOTHING_BROUGHT, sentOf } from "./brought.ts";

export interface FormFunder {
  key: string; // of its place on the page
  name: string;
  amount: string;
}
export interface ResourceDraft {
  nonce: string;
  club: number; // whose shelf
  kind: ResourceKind;
  title: string;
  summary: string;
  brought: Brought; // of a new one: the others have editions
  themes: number[];
  territories: Territory[];
  organisation: string;
  dated: string; // as people write it: 2026, 03/2026, 15/03/2026
  licence: Licence;
  source: string;
  sourceLink: string;
  message: number; // the conversation a new one comes from; 0: none
  isPublic: boolean;
  cost: string;
  funders: FormFunder[];
  calendar: string;
  partners: string;
  lessons: string;
  post: number;
}
/** What cannot even be sent, by the path the server would name. */
export type Gap = "title" | "date" | "number" | "content";

export const newKey = (): string => crypto.randomUUID();

type FicheFields = Pick<
  ResourceDraft,
  "cost" | "funders" | "calendar" | "partners" | "lessons" | "post"
>;
const NO_FICHE: FicheFields = {
  cost: "",
  funders: [],
  calendar: "",
  partners: "",
  lessons: "",
  post: 0,
};

/** With what the address brought: a file of a conversation gives its title, its link its source. */
export function emptyDraft(club: number, query: NewResourceParams = {}): ResourceDraft {
  const { fichier: file, nom: name = "", message = 0 } = query;
  return {
    nonce: newKey(),
    club,
    kind: "reference",
    title: name ? titleOf(name) : "",
    summary: "",
    brought: file ? { file, name, link: "" } : NOTHING_BROUGHT,
    themes: [],
    territories: [],
    organisation: "",
    dated: "",
    licence: "inconnue",
    source: "",
    sourceLink: "",
    message,
    isPublic: false,
    ...NO_FICHE,
  };
}

export function draftOf(resource: Resource): ResourceDraft {
  return {
    nonce: newKey(),
    club: resource.club,
    kind: resource.kind,
    title: resource.title,
    summary: resource.summary,
    brought: NOTHING_BROUGHT,
    themes: [...(resource.themes ?? [])],
    territories: (resource.territories ?? []).map((one) => ({ ...one })),
    organisation: resource.organisation ?? "",
    dated: datedField(resource.dated_on ?? ""),
    licence: resource.licence,
    source: resource.source ?? "",
    sourceLink: resource.source_link ?? "",
    message: 0,
    isPublic: resource.is_public,
    ...(resource.fiche ? ficheFields(resource.fiche) : NO_FICHE),
  };
}

function ficheFields(fiche: Fiche): FicheFields {
  const { cost, funders = [], calendar = "", partners = "", lessons = "", post = 0 } = fiche;
  return {
    cost: cost ? String(cost) : "",
    funders: funders.map(({ name, amount }) => ({
      key: newKey(),
      name,
      amount: amount ? String(amount) : "",
    })),
    calendar,
    partners,
    lessons,
    post,
  };
}

/** « 15/03/2026 » of 2026-03-15. */
function datedField(dated: string): string {
  return dated.split("-").reverse().join("/");
}
/** 2026-03-15 of « 15/03/2026 », « 15.3.2026 »; undefined of what is no date. */
export function datedOf(text: string): string | undefined {
  const parts = text.trim().split(/[/.\s-]+/);
  const yearFirst = /^\d{4}$/.test(parts[0] ?? "");
  const [year = "", month, day] = yearFirst ? parts : parts.reverse();
  const two = (part: string | undefined) => (part === undefined ? "" : `-${part.padStart(2, "0")}`);
  const dated = `${year}${two(month)}${two(day)}`;
  const whole = `${dated}-01-01`.slice(0, 10);
  const time = Date.parse(`${whole}T00:00Z`);
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(whole);
  return /^\d{4}(-\d\d){0,2}$/.test(dated) && parts.length < 4 && exists ? dated : undefined;
}

/** Euros of « 412 000 € »; 0: not said; undefined of what is no number. */
export function eurosOf(text: string): number | undefined {
  const digits = text.replace(/[\s\u00a0\u202f€]/g, "");
  return digits === "" ? 0 : /^\d{1,11}$/.test(digits) ? Number(digits) : undefined;
}

/** `opens`: there must be something to open; of a fiche-projet that is its page. */
export function gapsOf(draft: ResourceDraft, opens = false): Record<string, Gap> {
  const gaps: Record<string, Gap> = {};
  if (opens && draft.kind !== "fiche_projet" && Object.keys(sentOf(draft.brought)).length === 0) {
    gaps.file = "content";
  }
  if (draft.title.trim() === "") {
    gaps.title = "title";
  }
  if (draft.dated.trim() !== "" && datedOf(draft.dated) === undefined) {
    gaps.dated_on = "date";
  }
  if (draft.kind === "fiche_projet") {
    if (eurosOf(draft.cost) === undefined) {
      gaps["fiche.cost"] = "number";
    }
    filled(draft).forEach(({ amount }, i) => {
      if (eurosOf(amount) === undefined) {
        gaps[`fiche.funders[${i}].amount`] = "number";
      }
    });
  }
  return gaps;
}

const isFilled = ({ name, amount }: FormFunder) => name.trim() !== "" || amount.trim() !== "";

/** Rows left empty are none. */
function filled({ funders }: ResourceDraft): FormFunder[] {
  return funders.filter(isFilled);
}
/** The path of a row among those that are sent. */
export function pathOf({ funders }: ResourceDraft, row: number): string {
  return `fiche.funders[${funders.slice(0, row).filter(isFilled).length}]`;
}

/** To be called without gaps only. */
export function wireOf(draft: ResourceDraft): ResourceIn {
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    licence: draft.licence,
    themes: draft.themes,
    territories: draft.territories.map(({ kind, code }) => ({ kind, code })),
    is_public: draft.isPublic,
    ...texts({
      summary: draft.summary,
      organisation: draft.organisation,
      dated_on: datedOf(draft.dated) ?? "",
      source: draft.source,
      source_link: draft.sourceLink,
    }),
    ...(draft.kind === "fiche_projet" ? { fiche: ficheOf(draft) } : {}),
  };
}

function ficheOf(draft: ResourceDraft): Fiche {
  const { calendar, partners, lessons, post } = draft;
  const cost = eurosOf(draft.cost);
  return {
    funders: filled(draft).map(({ name, amount }) => {
      const euros = eurosOf(amount);
      return { name: name.trim(), ...(euros ? { amount: euros } : {}) };
    }),
    ...(cost ? { cost } : {}),
    ...texts({ calendar, partners, lessons }),
    ...(post ? { post } : {}),
  };
}

/** Those that are filled in. */
function texts<Name extends string>(all: Record<Name, string>): Partial<Record<Name, string>> {
  const entries = Object.entries<string>(all).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== "")) as Partial<
    Record<Name, string>
  >;
}

export function isResourceDraft(value: unknown): value is ResourceDraft {
  const one = value as Partial<ResourceDraft> | null;
  return (
    typeof one === "object" &&
    one !== null &&
    typeof one.title === "string" &&
    typeof one.brought === "object" &&
    Array.isArray(one.territories) &&
    Array.isArray(one.funders)
  );
}
