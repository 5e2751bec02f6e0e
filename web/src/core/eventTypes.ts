// What the wire says of events, in the words of the server's own headers.

import type { Nodes, Role } from "../gen/protocol.ts";

export type EventKind =
  | "webinaire"
  | "semaine"
  | "formation_initiale"
  | "formation_approfondissement"
  | "formation_complementaire"
  | "atelier"
  | "voyage"
  | "rencontre_regionale"
  | "rencontre_nationale"
  | "seance";
export type EventState = "draft" | "published" | "cancelled";
export type EventScope = "network" | "region" | "clubs";
export type RegistrationMode = "none" | "open" | "approval" | "invitation";
export type LinkShown = "all" | "registered";
export type QuestionKind = "text" | "choice" | "yes_no";
export type EventCan = "register" | "manage";
export type RegistrationState =
  | "none"
  | "invited"
  | "asked"
  | "waiting"
  | "offered"
  | "seated"
  | "refused"
  | "lapsed"
  | "cancelled";
export type NoticeKind =
  | "invited"
  | "asked"
  | "seated"
  | "waiting"
  | "offered"
  | "lapsed"
  | "refused"
  | "unregistered"
  | "moved"
  | "cancelled"
  | "reminder";

export interface Question {
  id: number;
  kind: QuestionKind;
  label: string;
  required: boolean;
  options?: string[];
}
export interface EventDocument {
  label: string;
  link: string;
}
export interface Event {
  id: number;
  club: number;
  parent?: number;
  kind: EventKind;
  title: string;
  description: string;
  nodes: Nodes;
  organiser: string;
  organisation?: string;
  themes?: number[];
  scope: EventScope;
  region?: string;
  clubs?: number[];
  roles: Role[];
  is_public: boolean;
  starts_at: number;
  ends_at: number;
  zone: string;
  all_day: boolean;
  address?: string;
  commune?: string;
  link?: string;
  platform?: string;
  link_shown: LinkShown;
  registration: RegistrationMode;
  capacity?: number;
  deadline_at?: number;
  hold_hours: number;
  questions?: Question[];
  state: EventState;
  publish_at?: number;
  published_at?: number;
  reason?: string;
  sequence: number;
  seated: number;
  waiting: number;
  channel?: number;
  replay?: string;
  documents?: EventDocument[];
  changed_at: number;
}
export interface Answer {
  question: number;
  text: string;
}
export interface EventMine {
  event: number;
  can: EventCan[];
  registration: RegistrationState;
  held_until?: number;
  link?: string;
  answers?: Answer[];
}
export interface NoticeEvent {
  id: number;
  title: string;
  starts_at: number;
  ends_at: number;
  zone: string;
  all_day: boolean;
  state: EventState;
}
export interface Notice {
  id: number;
  kind: NoticeKind;
  event: NoticeEvent;
  detail?: string;
  at: number;
}

interface Told {
  id: number;
  seq: number;
}
export interface EventCommands {
  "event.get": [{ event: number }, { seq: number; event: Event; mine: EventMine; rank?: number }];
  "event.list": [
    {
      from?: number;
      to?: number;
      club?: number;
      theme?: number;
      kind?: EventKind;
      mine?: boolean;
      drafts?: boolean;
      cursor?: string;
      limit?: number;
    },
    { seq: number; events: Event[]; mine: EventMine[]; next?: string },
  ];
  "theme.list": [Record<string, never>, { themes: { id: number; name: string }[] }];
  "event.register": [{ event: number; person?: number; answers?: Answer[]; nonce: string }, Told];
  "event.answer": [{ event: number; answers: Answer[] }, Told];
  "event.unregister": [{ event: number; person?: number }, Told];
  "event.confirm": [{ event: number }, Told];
  "colleague.list": [Record<string, never>, { people: { id: number; name: string }[] }];
  "notice.list": [
    { cursor?: string; limit?: number },
    { seq: number; position: number; notices: Notice[]; next?: string },
  ];
  "notice.see": [{ position: number }, { seq: number }];
}
export type EventFact = { seq: number } & (
  | { fact: "event.changed"; event: Event }
  | { fact: "event.gone"; event: number }
  | { fact: "registration.changed"; mine: EventMine }
  | { fact: "notice.added"; notice: Notice }
  | { fact: "notice.seen"; position: number }
);
