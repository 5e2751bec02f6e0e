// What an organiser types, as plain data: what the fields hold is what is kept, compared and sent.

import { addDays, instantOf, wallOf } from "../../core/time.ts";
import type {
  Club,
  ClubEvent,
  EventIn,
  EventKind,
  LinkShown,
  QuestionKind,
  RegistrationMode,
  Role,
  Scope,
  Zone,
} from "../../core/types.ts";

export interface FormQuestion {
  key: string; // of its place on the page
  id: number; // 0: new
  kind: QuestionKind;
  label: string;
  required: boolean;
  options: string; // one a line
}
/** A link, or a file that has come in. */
export interface FormDocument {
  key: string;
  label: string;
  link: string;
  file?: { key: string; name: string };
}
export interface EventDraft {
  nonce: string;
  kind: EventKind;
  title: string;
  description: string;
  organisation: string;
  parent: number;
  themes: number[];
  scope: Scope;
  region: string;
  clubs: number[];
  roles: Role[];
  isPublic: boolean;
  zone: Zone;
  allDay: boolean;
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  address: string;
  commune: string;
  link: string;
  linkShown: LinkShown;
  registration: RegistrationMode;
  capacity: string;
  deadlineDate: string;
  deadlineTime: string;
  holdHours: string;
  questions: FormQuestion[];
  documents: FormDocument[];
  replay: string;
}
/** What cannot even be sent. */
export type Gap = "date" | "number";

const HOLD_HOURS = 48;
const MIDNIGHT = "00:00";
const LAST_MINUTE = "23:59";
const OVERSEAS: Readonly<Record<string, Zone>> = {
  "971": "America/Guadeloupe",
  "972": "America/Martinique",
  "973": "America/Cayenne",
  "974": "Indian/Reunion",
  "976": "Indian/Mayotte",
};

export const newKey = (): string => crypto.randomUUID();

export function emptyDraft(club: Club): EventDraft {
  const national = club.kind === "national";
  return {
    nonce: newKey(),
    kind: national ? "webinaire" : "seance",
    title: "",
    description: "",
    organisation: "",
    parent: 0,
    themes: [],
    scope: national ? "network" : "clubs",
    region: "",
    clubs: [club.id],
    roles: [],
    isPublic: false,
    zone: OVERSEAS[club.departement ?? ""] ?? "Europe/Paris",
    allDay: false,
    startDate: "",
    startTime: "",
    endDate: "",
    endTime: "",
    address: "",
    commune: "",
    link: "",
    linkShown: "all",
    registration: "open",
    capacity: "",
    deadlineDate: "",
    deadlineTime: "",
    holdHours: String(HOLD_HOURS),
    questions: [],
    documents: [],
    replay: "",
  };
}

/** `link`: the organiser's own sight of it, where others see none. */
export function draftOf(event: ClubEvent, link?: string): EventDraft {
  const start = wallOf(event.starts_at, event.zone);
  const end = wallOf(event.ends_at, event.zone);
  const deadline = event.deadline_at
    ? wallOf(event.deadline_at, event.zone)
    : { day: "", time: "" };
  return {
    nonce: newKey(),
    kind: event.kind,
    title: event.title,
    description: event.description,
    organisation: event.organisation ?? "",
    parent: event.parent ?? 0,
    themes: [...(event.themes ?? [])],
    scope: event.scope,
    region: event.region ?? "",
    clubs: [...(event.clubs ?? [])],
    roles: [...event.roles],
    isPublic: event.is_public,
    zone: event.zone as Zone,
    allDay: event.all_day,
    startDate: start.day,
    startTime: start.time,
    endDate: event.all_day ? addDays(end.day, -1) : end.day,
    endTime: end.time,
    address: event.address ?? "",
    commune: event.commune ?? "",
    link: event.link ?? link ?? "",
    linkShown: event.link_shown,
    registration: event.registration,
    capacity: event.capacity ? String(event.capacity) : "",
    deadlineDate: deadline.day,
    deadlineTime: deadline.time,
    holdHours: String(event.hold_hours),
    questions: (event.questions ?? []).map((one) => ({
      key: newKey(),
      id: one.id ?? 0,
      kind: one.kind,
      label: one.label,
      required: one.required,
      options: (one.options ?? []).join("\n"),
    })),
    documents: (event.documents ?? []).map(({ label, link = "", file }) => ({
      key: newKey(),
      label,
      link,
      ...(file ? { file: { key: file.key, name: file.name } } : {}),
    })),
    replay: event.replay ?? "",
  };
}

/** UTC ms; NaN while the fields do not say it. */
export function startOf(draft: EventDraft): number {
  return at(draft.startDate, draft.allDay ? MIDNIGHT : draft.startTime, draft.zone);
}
export function endOf(draft: EventDraft): number {
  return draft.allDay
    ? at(draft.endDate && addDays(draft.endDate, 1), MIDNIGHT, draft.zone)
    : at(draft.endDate, draft.endTime, draft.zone);
}
/** 0: there is none. */
export function deadlineOf(draft: EventDraft): number {
  return draft.deadlineDate === ""
    ? 0
    : at(draft.deadlineDate, draft.deadlineTime || LAST_MINUTE, draft.zone);
}
function at(day: string, time: string, zone: string): number {
  return day && time ? instantOf({ day, time: time.slice(0, 5) }, zone) : Number.NaN;
}

/** What the fields cannot say yet, by field. */
export function gapsOf(draft: EventDraft): Record<string, Gap> {
  const gaps: Record<string, Gap> = {};
  if (Number.isNaN(startOf(draft))) {
    gaps.starts_at = "date";
  }
  if (Number.isNaN(endOf(draft))) {
    gaps.ends_at = "date";
  }
  if (Number.isNaN(deadlineOf(draft))) {
    gaps.deadline_at = "date";
  }
  if (draft.capacity.trim() !== "" && !/^\d+$/.test(draft.capacity.trim())) {
    gaps.capacity = "number";
  }
  if (!/^\d+$/.test(draft.holdHours.trim())) {
    gaps.hold_hours = "number";
  }
  return gaps;
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** To be called without gaps only. */
export function wireOf(draft: EventDraft): EventIn {
  const registers = draft.registration !== "none";
  const deadline = deadlineOf(draft);
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    scope: draft.scope,
    starts_at: startOf(draft),
    ends_at: endOf(draft),
    zone: draft.zone,
    all_day: draft.allDay,
    registration: draft.registration,
    link_shown: registers && draft.link.trim() ? draft.linkShown : "all",
    is_public: draft.isPublic,
    themes: draft.themes,
    roles: registers ? draft.roles : [],
    ...(draft.scope === "region" ? { region: draft.region } : {}),
    ...(draft.scope === "clubs" ? { clubs: draft.clubs } : {}),
    ...(draft.parent ? { parent: draft.parent } : {}),
    ...texts(draft),
    ...(registers && draft.capacity.trim() ? { capacity: Number(draft.capacity) } : {}),
    ...(registers && deadline ? { deadline_at: deadline } : {}),
    hold_hours: Number(draft.holdHours),
    questions: registers ? draft.questions.map(questionOf) : [],
    documents: draft.documents.map(({ label, link, file }) => ({
      label: label.trim(),
      ...(file ? { file: file.key } : { link: link.trim() }),
    })),
  };
}

/** Those that are filled in. */
function texts(draft: EventDraft): Partial<EventIn> {
  const { description, organisation, address, commune, link, replay } = draft;
  const all = { description, organisation, address, commune, link, replay };
  return Object.fromEntries(
    Object.entries(all)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value !== ""),
  );
}

function questionOf({ id, kind, label, required, options }: FormQuestion) {
  return {
    ...(id ? { id } : {}),
    kind,
    label: label.trim(),
    required,
    ...(kind === "choice" ? { options: linesOf(options) } : {}),
  };
}

/** Whether who registered would be told of this change: its time or its place. */
export function moves(event: ClubEvent, draft: EventDraft, link?: string): boolean {
  const was = draftOf(event, link);
  const parts: (keyof EventDraft)[] = ["zone", "allDay", "address", "commune", "link"];
  return (
    startOf(draft) !== event.starts_at ||
    endOf(draft) !== event.ends_at ||
    parts.some((part) => draft[part] !== was[part])
  );
}

export function isEventDraft(value: unknown): value is EventDraft {
  const one = value as Partial<EventDraft> | null;
  return (
    typeof one === "object" &&
    one !== null &&
    typeof one.title === "string" &&
    typeof one.startDate === "string" &&
    Array.isArray(one.questions) &&
    Array.isArray(one.documents)
  );
}
