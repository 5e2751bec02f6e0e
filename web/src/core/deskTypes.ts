// What the wire will say of the organisers' commands; gone once the server says it itself.

import type * as gen from "../gen/protocol.ts";

export interface EventIn {
  kind: gen.EventKind;
  title: string;
  description?: string;
  organisation?: string;
  parent?: number;
  themes?: number[];
  scope: gen.EventScope;
  region?: string;
  clubs?: number[];
  roles?: gen.Role[];
  public?: boolean;
  starts_at: number;
  ends_at: number;
  zone: gen.Zone;
  all_day?: boolean;
  address?: string;
  commune?: string;
  link?: string;
  link_shown?: gen.LinkShown;
  registration: gen.RegistrationMode;
  capacity?: number;
  deadline_at?: number;
  hold_hours?: number;
  questions?: {
    id?: number;
    kind: gen.QuestionKind;
    label: string;
    required: boolean;
    options?: string[];
  }[];
  documents?: gen.EventDocument[];
  replay?: string;
}
export interface Registration {
  id: number;
  person?: { id: number; name: string; function?: string };
  state: gen.RegistrationState;
  held_until?: number;
  turn: number;
  rank?: number;
  invited: boolean;
  registered_by?: { id: number; name: string };
  role: gen.Role;
  departement?: string;
  present?: boolean;
  answers?: gen.Answer[];
  at: number;
}
interface Counts {
  invited: number;
  registered: number;
  waiting: number;
  present: number;
}
type None = Record<string, never>;
type Made = { id: number; seq: number };
export interface DeskCommands {
  "event.create": [{ club: number; nonce: string } & EventIn, Made];
  "event.update": [{ event: number } & EventIn, None];
  "event.publish": [{ event: number; at?: number }, None];
  "event.cancel": [{ event: number; reason: string }, None];
  "event.delete": [{ event: number }, None];
  "event.duplicate": [{ event: number; nonce: string }, Made];
  "event.reach": [
    { club: number },
    {
      network: boolean;
      clubs: { id: number; name: string; region?: string }[];
    },
  ];
  "registration.list": [
    { event: number; cursor?: string; limit?: number },
    {
      seq: number;
      registrations: Registration[];
      counts: Counts & { asked: number };
      next?: string;
    },
  ];
  "attendance.set": [{ event: number; person: number; present?: boolean }, None];
  "attendance.log": [
    { event: number },
    {
      corrections: {
        id: number;
        at: number;
        present?: boolean;
        person?: { id: number; name: string };
        by?: { id: number; name: string };
      }[];
    },
  ];
  "attendance.summary": [
    { event?: number; club?: number },
    {
      all: Counts;
      roles: ({ role: gen.Role } & Counts)[];
      departements: ({ departement?: string } & Counts)[];
    },
  ];
  "feed.create": [{ kind: FeedKind; club?: number; theme?: number }, { id: number; url: string }];
  "feed.list": [
    None,
    { feeds: { id: number; kind: FeedKind; club?: number; theme?: number; created_at: number }[] },
  ];
  "feed.revoke": [{ feed: number }, None];
  "reminder.get": [None, { week: boolean; day: boolean; hour: boolean }];
  "reminder.set": [{ week: boolean; day: boolean; hour: boolean }, None];
}
export type FeedKind = "mine" | "club" | "theme";
export type DeskFact = { seq: number } & {
  fact: "attendance.changed";
  event: number;
  person: number;
  present?: boolean;
};
