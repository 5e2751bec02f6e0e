// What is fetched beside the first load: what facts said has changed for this person, what pages
// need.

import { effect } from "@preact/signals";
import { ask, learn, line, onLoad, state, update } from "./live.ts";
import type { Wanted } from "./state.ts";

const WANTED_AFTER_MS = 60;
const LIST_MAX = 100;

onLoad(() => {
  void Promise.all([fetchFollows(), fetchSaved(), fetchNotices()]).catch(() => {});
});

effect(() => {
  if (state.value.wanted.length > 0 && line.value === "online") {
    const timer = setTimeout(() => void fetchWanted(), WANTED_AFTER_MS);
    return () => clearTimeout(timer);
  }
  return undefined;
});

async function fetchWanted(): Promise<void> {
  const wanted = state.value.wanted;
  update((now) => ({ ...now, wanted: [] }));
  await Promise.all(wanted.map((one) => fetchOne(one).catch(() => {})));
  if (wanted.some((one) => /^(club|channel):/.test(one))) {
    await fetchFollows().catch(() => {}); // threads came with the channel; a role may call me there
  }
}

async function fetchOne(wanted: Wanted): Promise<void> {
  const [kind, text] = wanted.split(":");
  const id = Number(text);
  if (kind === "notices") {
    await fetchNotices();
  } else if (kind === "event") {
    await fetchEvent(id);
  } else if (kind === "resource") {
    await fetchResource(id);
  } else {
    await (kind === "club" ? fetchClub(id) : fetchChannel(id));
  }
}

export async function fetchClub(id: number): Promise<void> {
  const [one, list] = await Promise.all([
    ask("club.get", { club: id }),
    ask("channel.list", { club: id }),
  ]);
  learn({ seq: one.seq, clubs: [one.club] });
  learn({ seq: list.seq, channels: list.channels });
}

/** With what it needs to be named: a guest's Club, the people of a direct conversation. */
export async function fetchChannel(id: number): Promise<void> {
  const { seq, channel } = await ask("channel.get", { channel: id });
  learn({ seq, channels: [channel] });
  const { clubs } = state.peek();
  if (channel.club && !clubs[channel.club]) {
    const found = await ask("club.get", { club: channel.club });
    learn({ seq: found.seq, clubs: [found.club] });
  }
  if (channel.people) {
    // a name known from before may have changed unheard
    const { members } = await ask("channel.members", { channel: id });
    learn({ seq, people: members });
  }
}

/** An event and my own part in it. @returns my place in its waiting list, if I wait */
export async function fetchEvent(id: number): Promise<number | undefined> {
  const { seq, event, mine, rank } = await ask("event.get", { event: id });
  learn({ seq, events: [event], attending: [mine] });
  return rank;
}

/** A resource and what I can do with it. */
export async function fetchResource(id: number): Promise<void> {
  const { seq, resource, ...mine } = await ask("resource.get", { resource: id });
  learn({ seq, resources: [resource], resourceMine: { [id]: mine } });
}

/** Threads I follow, what I keep, what concerns me: shown as marks, and counted. */
async function fetchFollows(): Promise<void> {
  const { seq, threads } = await ask("thread.list", { limit: LIST_MAX });
  learn({
    seq,
    follows: threads.map((thread) => thread.mine),
    messages: threads.map((thread) => thread.root),
  });
}
async function fetchSaved(): Promise<void> {
  const { seq, messages } = await ask("saved.list", { limit: LIST_MAX });
  learn({ seq, saved: messages.map((message) => message.id) });
}
async function fetchNotices(): Promise<void> {
  const { seq, position, notices } = await ask("notice.list", { limit: LIST_MAX });
  const list = [...notices].sort((a, b) => a.id - b.id);
  learn({ seq, notices: { list, position } });
}
