// What the wire will say of the organisers' commands; gone once the server says it itself.

import type * as gen from "../gen/protocol.ts";

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
export interface DeskCommands {
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
