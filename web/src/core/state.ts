// What the client knows, as plain data: it can be compared, saved and replayed.

import type { ThreadMine } from "../gen/protocol.ts";
import type {
  Channel,
  Club,
  ClubCard,
  ClubEvent,
  EventMine,
  Fact,
  Me,
  Message,
  Notice,
  Person,
  Resource,
  ResourceMine,
} from "./types.ts";

/** A stretch of messages without a hole: the main stream of a channel, or a thread. */
export interface Stretch {
  ids: number[]; // rising
  moreBefore: boolean;
  moreAfter: boolean;
}
/** A thread I follow, and the seq at which its counts hold. */
export type Follow = ThreadMine & { counted: number };
/** What a fact told to fetch, because it cannot be told to all in the same words. */
export type Wanted =
  | `club:${number}`
  | `channel:${number}`
  | `event:${number}`
  | `resource:${number}`
  | "notices";

/** What concerns me, newest last, and up to which one I have seen it. */
export interface Notices {
  list: readonly Notice[];
  position: number;
}

export interface State {
  seq: number; // every fact up to here is in
  me: Me;
  clubs: Readonly<Record<number, Club>>;
  channels: Readonly<Record<number, Channel>>;
  counted: Readonly<Record<number, number>>; // channel → seq at which its counts hold
  people: Readonly<Record<number, Person>>;
  messages: Readonly<Record<number, Message>>;
  stretches: Readonly<Record<string, Stretch>>;
  follows: Readonly<Record<number, Follow>>;
  saved: Readonly<Record<number, true>>;
  events: Readonly<Record<number, ClubEvent>>; // those met: a list on screen has loaded its own
  attending: Readonly<Record<number, EventMine>>; // event → my own part in it
  resources: Readonly<Record<number, Resource>>; // those met, as events are
  resourceMine: Readonly<Record<number, ResourceMine>>; // what I alone am told of those I opened
  eventsSince: number; // seq at which events and resources were last dropped; who shows some fetches them
  cards: Readonly<Record<number, ClubCard>>; // Club → its contact card, once asked for
  notices: Notices;
  wanted: readonly Wanted[];
  recent: readonly Fact[]; // to be laid again over a snapshot that is older than them
}

/** Facts kept to be laid over a late snapshot. */
export const RECENT_FACTS = 500;
/** The server counts no further: a count that reaches it means « at least ». */
export const UNREAD_MAX = 999;

export const emptyState: State = {
  seq: 0,
  me: { id: 0, name: "", email: "", administrator: false },
  clubs: {},
  channels: {},
  counted: {},
  people: {},
  messages: {},
  stretches: {},
  follows: {},
  saved: {},
  events: {},
  attending: {},
  resources: {},
  resourceMine: {},
  eventsSince: 0,
  cards: {},
  notices: { list: [], position: 0 },
  wanted: [],
  recent: [],
};

export function stretchKey(channel: number, thread?: number): string {
  return thread ? `t${thread}` : `c${channel}`;
}

export function want(state: State, wanted: Wanted): State {
  return state.wanted.includes(wanted) ? state : { ...state, wanted: [...state.wanted, wanted] };
}

export function byId<T extends { id: number }>(items: readonly T[]): Record<number, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}
