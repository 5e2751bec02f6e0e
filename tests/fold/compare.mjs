// What a client holds against what one that loads now would hold: the same, but for what nobody tells.
import { shown } from "./mirror.mjs";

/** "path: held / loaded" of whatever differs; mirrors have the `role` of their person. */
export function compare(mirror, fresh) {
  const [held, loaded] = [shown(mirror), shown(fresh)];
  for (const id of Object.keys(held.people)) if (!loaded.people[id]) delete held.people[id];
  // Who began a thread is named by the list of threads, and by its channel when that is opened.
  for (const thread of Object.keys(fresh.state.follows)) {
    const { id } = fresh.state.messages[thread]?.author ?? {};
    if (id && !held.people[id]) delete loaded.people[id];
  }
  // One's own part of an event is fetched when the event is on screen.
  for (const id of Object.keys(loaded.attending))
    if (!held.attending[id]) delete loaded.attending[id];
  // So is what one can do with a resource.
  for (const id of Object.keys(loaded.resourceMine))
    if (!held.resourceMine[id]) delete loaded.resourceMine[id];
  leaveOutUnheard(mirror, held.profiles, loaded.profiles);
  if (mirror.role === "admin") leaveOutVisited(held, loaded);
  return differences(held, loaded);
}

/**
 * Who is seen by a seat at one event alone comes and goes unheard; so does another standing of somebody
 * whom a guest meets in one channel. A page of theirs shows them as they were when it was opened.
 */
function leaveOutUnheard(mirror, held, loaded) {
  for (const id of Object.keys(held)) {
    if (mirror.role === "invited" || !held[id] || !loaded[id]) {
      delete held[id];
      delete loaded[id];
    }
  }
}

/**
 * An administrator sees every Club, and is loaded with the channels of those they belong to, or where
 * they have a seat at an event: the others are listed when their Club is opened.
 */
function leaveOutVisited(held, loaded) {
  const isVisited = ({ club, kind }) =>
    club && kind !== "event" && !loaded.clubs[club]?.roles.length;
  for (const channels of [held.channels, loaded.channels]) {
    for (const one of Object.values(channels)) if (isVisited(one)) delete channels[one.id];
  }
}

/** "path: held / loaded" of whatever differs. */
function differences(held, loaded, path = "") {
  // Left out where it is empty: an optional member of an answer, not of a fact.
  const empty = (value) => !value || value.length === 0;
  if (empty(held) && empty(loaded)) return [];
  const plain = (value) => value === undefined || value === null || typeof value !== "object";
  if (plain(held) || plain(loaded)) {
    return held === loaded ? [] : [`${path}: ${JSON.stringify(held)} / ${JSON.stringify(loaded)}`];
  }
  const keys = new Set([...Object.keys(held), ...Object.keys(loaded)]);
  return [...keys].flatMap((key) => differences(held[key], loaded[key], `${path}.${key}`));
}
