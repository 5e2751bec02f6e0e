// Events, my own part in them, and what concerns me: how facts and snapshots change them.

import { byId, type Notices, type State, want } from "./state.ts";
import type { Snapshot } from "./store.ts";
import type { ClubEvent, EventMine, Notice, NoticeKind } from "./types.ts";

/** What follows Clubs, before any of it is fetched. */
const NOTHING_SEEN = { events: {}, attending: {}, resources: {}, resourceMine: {} } as const;

/**
 * Rights follow Clubs: with another standing in one, other events and resources are seen. What was
 * known is dropped, and whoever shows some fetches them anew; once for each fact, however often it is
 * laid. Who asks to come concerns me while I run the event.
 */
export function dropEvents(state: State, seq: number): State {
  return seq <= state.eventsSince
    ? state
    : want({ ...state, ...NOTHING_SEEN, eventsSince: seq }, "notices");
}

/**
 * My own part is not in a fact for all: with another date of change, what I can do there or the link
 * I am shown may be others. Counting its seats does not move that date.
 */
export function changeEvent(state: State, event: ClubEvent): State {
  const old = state.events[event.id];
  const next = {
    ...state,
    events: { ...state.events, [event.id]: event },
    notices: { ...state.notices, list: state.notices.list.map((one) => aboutNow(one, event)) },
  };
  const edited = old && old.changed_at !== event.changed_at;
  return edited && state.attending[event.id] ? want(next, `event:${event.id}`) : next;
}

/** What concerns me names the event as it is now. */
function aboutNow(notice: Notice, event: ClubEvent): Notice {
  const { id, title, starts_at, ends_at, zone, all_day, state } = event;
  return notice.event?.id === id
    ? { ...notice, event: { id, title, starts_at, ends_at, zone, all_day, state } }
    : notice;
}

export function dropEvent(state: State, id: number): State {
  const { [id]: _event, ...events } = state.events;
  const { [id]: _mine, ...attending } = state.attending;
  return { ...state, events, attending };
}

/** Who is invited from elsewhere hears of the event only so. */
export function changeMine(state: State, mine: EventMine): State {
  const next = { ...state, attending: { ...state.attending, [mine.event]: mine } };
  return state.events[mine.event] ? next : want(next, `event:${mine.event}`);
}

export function addNotice(state: State, notice: Notice): State {
  const list = [...state.notices.list.filter((one) => one.id !== notice.id), notice];
  list.sort((a, b) => a.id - b.id);
  return { ...state, notices: { ...state.notices, list } };
}

/** Where I stand at an event: the latest word is the one that counts. */
const STANDING: readonly NoticeKind[] = [
  "invited",
  "seated",
  "waiting",
  "offered",
  "lapsed",
  "refused",
  "unregistered",
];

/** What I have not seen, newest first; an event that is over calls nobody any more. */
export function unseenOf({ list, position }: Notices, now = Date.now()): Notice[] {
  const said = new Set<number>();
  return list
    .filter(({ id, event }) => id > position && !(event && event.ends_at <= now))
    .reverse()
    .filter(({ kind, event }) => {
      if (!event || !STANDING.includes(kind)) {
        return true;
      }
      const known = said.has(event.id);
      said.add(event.id);
      return !known;
    });
}

/** Lists read before all was dropped are dropped too: who shows them asks again. */
export function layEvents(state: State, snapshot: Snapshot): State {
  const { seq, whole, events = [], attending = [] } = snapshot;
  const notices = snapshot.notices ?? state.notices;
  if (whole) {
    return { ...state, ...NOTHING_SEEN, eventsSince: seq, notices };
  }
  if (seq < state.eventsSince || events.length + attending.length === 0) {
    return { ...state, notices };
  }
  const byEvent = Object.fromEntries(attending.map((mine) => [mine.event, mine]));
  return {
    ...state,
    events: { ...state.events, ...byId(events) },
    attending: { ...state.attending, ...byEvent },
    notices,
  };
}
