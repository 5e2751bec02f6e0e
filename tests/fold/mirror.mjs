// A client that keeps its state as the web client does: a first load, facts through its own reducer, what
// they say to fetch, resumes after a break. The steps are those of web/src/core/live.ts.

import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { Client } from "../lib/client.mjs";

const BUNDLE = resolve(`build/test/reducer-${process.pid}.mjs`);
mkdirSync("build/test", { recursive: true });
buildSync({
  stdin: {
    contents:
      'export * from "./store.ts"; export * from "./about.ts"; export { emptyState, stretchKey } from "./state.ts";',
    resolveDir: "web/src/core",
  },
  bundle: true,
  format: "esm",
  outfile: BUNDLE,
});
const { apply, emptyState, merge, personIn, replay, stretchKey } = await import(
  pathToFileURL(BUNDLE)
);
rmSync(BUNDLE);

const LIMIT = 100;

export class Mirror extends Client {
  constructor(server, credential) {
    super(server, credential);
    this.state = emptyState;
    this.profiles = new Map(); // person on screen → what profile.get said; undefined: nobody
    this.stale = new Set(); // those of them whom facts said to fetch again
    this.agendaSince = undefined; // eventsSince at which the agenda was loaded, if it is on screen
    this.librarySince = undefined; // the same of the library
  }

  learn(snapshot) {
    this.state = merge(this.state, snapshot);
  }

  /** Connects; goes on from where it was, or loads everything. */
  async begin() {
    this.onnotice = ({ method, params }) => {
      if (method === "hello" && this.#isKnown(params)) this.resumed = []; // before any fact
      if (method === "fact") this.#hear(params);
    };
    const hello = await this.connect();
    this.me = hello.me;
    if (this.#isKnown(hello)) return this.#resume();
    this.epoch = hello.epoch;
    return this.#load();
  }

  #isKnown({ epoch }) {
    return this.state.me.id !== 0 && epoch === this.epoch;
  }

  #hear(fact) {
    this.#age(fact);
    if (this.resumed) this.resumed.push(fact);
    else this.state = apply(this.state, fact);
  }

  /** What a fact says of the people on screen, as useProfile() takes it. */
  #age(fact) {
    const id = personIn(fact);
    if (this.profiles.has(id)) this.stale.add(id);
    if (fact.fact.startsWith("access.")) this.#ageAll();
  }

  #ageAll() {
    for (const id of this.profiles.keys()) this.stale.add(id);
  }

  async #resume() {
    const reply = await this.call("session.resume", { epoch: this.epoch, cursor: this.state.seq });
    const facts = this.resumed;
    this.resumed = undefined;
    if (reply.reload) return this.#load();
    this.state = replay(this.state, facts, reply.cursor);
  }

  async #load() {
    const result = await this.call("state.get");
    const { recent, saved, notices } = this.state;
    const kept = { ...emptyState, recent, saved, notices };
    this.#ageAll();
    this.state = merge(kept, { ...result, me: this.me, whole: true });
    await Promise.all([this.#fetchFollows(), this.#fetchSaved(), this.#fetchNotices()]);
  }

  async #fetchFollows() {
    const { seq, threads } = await this.call("thread.list", { limit: LIMIT });
    this.learn({
      seq,
      follows: threads.map(({ mine }) => mine),
      messages: threads.map(({ root }) => root),
    });
  }

  async #fetchSaved() {
    const { seq, messages } = await this.call("saved.list", { limit: LIMIT });
    this.learn({ seq, saved: messages.map(({ id }) => id) });
  }

  async #fetchNotices() {
    const { seq, position, notices } = await this.call("notice.list", { limit: LIMIT });
    const list = [...notices].sort((a, b) => a.id - b.id);
    this.learn({ seq, notices: { list, position } });
  }

  /** What facts said to fetch. Who lost the right meanwhile gets nothing. */
  async fetchWanted() {
    const { wanted } = this.state;
    this.state = { ...this.state, wanted: [] };
    for (const one of wanted) {
      const [kind, id] = one.split(":");
      await this.#fetch(kind, Number(id)).catch(unlessRefused);
    }
    if (wanted.some((one) => /^(club|channel):/.test(one))) await this.#fetchFollows();
  }

  #fetch(kind, id) {
    if (kind === "notices") return this.#fetchNotices();
    if (kind === "event") return this.fetchEvent(id);
    if (kind === "resource") return this.fetchResource(id);
    return kind === "club" ? this.#fetchClub(id) : this.#fetchChannel(id);
  }

  async fetchEvent(id) {
    const { seq, event, mine } = await this.call("event.get", { event: id });
    this.learn({ seq, events: [event], attending: [mine] });
  }

  async fetchResource(id) {
    const { seq, resource, can } = await this.call("resource.get", { resource: id });
    this.learn({ seq, resources: [resource], resourceMine: { [id]: { can } } });
  }

  /** Every resource there is, drafts and all, each with what one can do with it. */
  async openLibrary() {
    this.librarySince = this.state.eventsSince;
    for (let cursor; ; ) {
      const asked = { state: "any", limit: LIMIT, ...(cursor && { cursor }) };
      const page = await this.call("resource.list", asked);
      this.learn({ seq: page.seq, resources: page.resources });
      cursor = page.next;
      if (!cursor) break;
    }
    for (const id of Object.keys(this.state.resources)) {
      if (!this.state.resourceMine[id]) await this.fetchResource(id).catch(unlessRefused);
    }
  }

  /** Every event there is, as the agenda shows them. */
  async openAgenda() {
    this.agendaSince = this.state.eventsSince;
    for (let cursor; ; ) {
      const asked = { drafts: true, limit: LIMIT, ...(cursor && { cursor }) };
      const page = await this.call("event.list", asked);
      this.learn({ seq: page.seq, events: page.events, attending: page.mine });
      cursor = page.next;
      if (!cursor) return;
    }
  }

  /** What is on screen and not held, or not held any more. */
  async #fillAgenda() {
    if (this.agendaSince === undefined) return;
    if (this.agendaSince !== this.state.eventsSince) await this.openAgenda();
    const { events, attending } = this.state;
    for (const id of Object.keys(events)) {
      if (!attending[id]) await this.fetchEvent(Number(id)).catch(unlessRefused);
    }
  }

  async #fillLibrary() {
    if (this.librarySince === undefined) return;
    const { resources, resourceMine } = this.state;
    const lacks = Object.keys(resources).some((id) => !resourceMine[id]);
    if (lacks || this.librarySince !== this.state.eventsSince) await this.openLibrary();
  }

  async #fetchClub(club) {
    const [one, list] = await Promise.all([
      this.call("club.get", { club }),
      this.call("channel.list", { club }),
    ]);
    this.learn({ seq: one.seq, clubs: [one.club] });
    this.learn({ seq: list.seq, channels: list.channels });
  }

  async #fetchChannel(id) {
    const { seq, channel } = await this.call("channel.get", { channel: id });
    this.learn({ seq, channels: [channel] });
    if (channel.club && !this.state.clubs[channel.club]) {
      const found = await this.call("club.get", { club: channel.club });
      this.learn({ seq: found.seq, clubs: [found.club] });
    }
    if (channel.people) {
      const { members } = await this.call("channel.members", { channel: id });
      this.learn({ seq, people: members });
    }
  }

  async openCard(club) {
    const { seq, card } = await this.call("club.card_get", { club });
    this.learn({ seq, cards: [card] });
  }

  async openPerson(person) {
    // On screen from now on: what is told before the answer comes makes it old, as in useProfile().
    if (!this.profiles.has(person)) this.profiles.set(person, undefined);
    this.stale.delete(person);
    const found = await this.call("profile.get", { person }).catch(unlessRefused);
    this.profiles.set(person, found?.profile);
  }

  async #refreshPeople() {
    for (const id of [...this.stale]) await this.openPerson(id);
  }

  /** Opens a channel, or a thread, at its end. */
  async open(channel, thread) {
    const page = await this.call("message.list", {
      channel,
      limit: LIMIT,
      ...(thread && { thread }),
    });
    this.learn({
      seq: page.seq,
      messages: page.messages,
      people: page.people,
      page: {
        key: stretchKey(channel, thread),
        mode: "replace",
        ids: page.messages.map(({ id }) => id),
        moreBefore: page.more_before,
        moreAfter: page.more_after,
      },
    });
  }

  /** Everything told so far is in, and everything wanted is fetched. */
  async quiet() {
    await this.settle();
    do {
      await this.fetchWanted();
      await this.#fillAgenda();
      await this.#fillLibrary();
      await this.#refreshPeople();
      await this.settle();
    } while (this.state.wanted.length || this.stale.size);
  }

  /** A second client of the same person, that loads what this one has on screen. */
  async afresh() {
    const fresh = new Mirror(this.server, this.credential);
    await fresh.begin();
    for (const key of Object.keys(this.state.stretches)) {
      const [kind, id] = [key[0], Number(key.slice(1))];
      const root = kind === "t" ? this.state.messages[id] : undefined;
      if (kind === "c") await fresh.open(id);
      else if (root) await fresh.open(root.channel, id);
    }
    if (this.agendaSince !== undefined) await fresh.openAgenda();
    if (this.librarySince !== undefined) await fresh.openLibrary();
    for (const club of Object.keys(this.state.cards)) await fresh.openCard(Number(club));
    for (const person of this.profiles.keys()) await fresh.openPerson(person);
    for (const id of Object.keys(this.state.events)) {
      if (!fresh.state.events[id]) await fresh.fetchEvent(Number(id)).catch(unlessRefused);
    }
    for (const id of Object.keys(this.state.resources)) {
      if (!fresh.state.resources[id]) await fresh.fetchResource(Number(id)).catch(unlessRefused);
    }
    await fresh.quiet();
    await fresh.close();
    return fresh;
  }
}

export function unlessRefused(error) {
  if (!error.problem) throw error;
}

/** What two clients of one person must agree on. */
export function shown({ state, profiles }) {
  const names = ({ id, name }) => ({ id, name });
  const messages = {};
  for (const { ids } of Object.values(state.stretches)) {
    // The names of those mentioned are looked up in `people`.
    for (const id of ids) messages[id] = { ...state.messages[id], people: undefined };
  }
  return {
    me: state.me,
    clubs: { ...state.clubs },
    channels: { ...state.channels },
    follows: withoutCounted(state.follows),
    saved: Object.keys(messages).filter((id) => state.saved[id]),
    stretches: state.stretches,
    messages,
    events: { ...state.events },
    attending: { ...state.attending },
    resources: { ...state.resources },
    resourceMine: { ...state.resourceMine },
    cards: { ...state.cards },
    profiles: Object.fromEntries(profiles),
    notices: { ...state.notices, list: state.notices.list.slice(-LIMIT) },
    people: Object.fromEntries(
      Object.values(state.people).map((person) => [person.id, names(person)]),
    ),
  };
}

function withoutCounted(follows) {
  return Object.fromEntries(
    Object.entries(follows).map(([id, { counted: _, ...follow }]) => [id, follow]),
  );
}
