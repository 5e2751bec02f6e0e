// The line to the server and the state it feeds: first load, resume after a break, late fetches.

import { computed, effect, signal } from "@preact/signals";
import { post } from "./http.ts";
import { isLoginNeeded, Unreachable } from "./problem.ts";
import { Rpc } from "./rpc.ts";
import { emptyState, type State, type Wanted } from "./state.ts";
import { apply, merge, replay, type Snapshot } from "./store.ts";
import type { Breath, Commands, Fact, Hello, Limits, Me } from "./types.ts";

export type Session = "unknown" | "anonymous" | "open";
export type Line = "connecting" | "online" | "offline";

export const state = signal<State>(emptyState);
export const session = signal<Session>("unknown");
export const line = signal<Line>("connecting");
/** Why the person is asked to log in again; empty if they come or leave by themselves. */
export const sessionEnded = signal(false);
export const limits = signal<Limits>({
  body_chars: 10_000,
  body_bytes: 16_384,
  name_chars: 120,
  list_max: 100,
  direct_people: 8,
  frame_bytes: 65_536,
  presence_people: 50,
});
export const loaded = computed(() => state.value.me.id !== 0);

const PERSON_KEY = "beffroi.person"; // says that this browser has a session, before the server does
const WANTED_AFTER_MS = 60;
const LIST_MAX = 100;
const breathListeners = new Set<(breath: Breath) => void>();
const factListeners = new Set<(fact: Fact) => void>();
let epoch = "";
let me: Me = emptyState.me;
let resumed: Fact[] | undefined; // facts of a resume under way
let waitingForLine: (() => void)[] = [];

const scheme = location.protocol === "https:" ? "wss" : "ws";
const rpc = new Rpc(`${scheme}://${location.host}/ws`, {
  hello: (hello) => void onHello(hello),
  fact: onFact,
  breath: (breath) => {
    for (const listener of breathListeners) {
      listener(breath);
    }
  },
  reload: () => void loadAfresh(),
  down: (ended, wasUp) => void onDown(ended, wasUp),
});

/** Called once at start, and after a log-in. */
export async function start(): Promise<void> {
  if (localStorage.getItem(PERSON_KEY) === null && !(await hasSession())) {
    session.value = "anonymous";
    return;
  }
  sessionEnded.value = false;
  localStorage.setItem(PERSON_KEY, "1");
  rpc.start();
}

/** Forgets everything of the person in this tab. */
export function forget(ended: boolean): void {
  rpc.stop();
  localStorage.removeItem(PERSON_KEY);
  state.value = emptyState;
  epoch = "";
  sessionEnded.value = ended;
  session.value = "anonymous";
}

/** A command: refused at once when the line is down. */
export function send<Name extends keyof Commands>(
  name: Name,
  params: Commands[Name][0],
): Promise<Commands[Name][1]> {
  return rpc.call(name, params);
}

/** A query: waits for the line, and asks again if it broke meanwhile. */
export async function ask<Name extends keyof Commands>(
  name: Name,
  params: Commands[Name][0],
): Promise<Commands[Name][1]> {
  for (;;) {
    await whenOnline();
    try {
      return await rpc.call(name, params);
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        throw error;
      }
    }
  }
}

export function learn(snapshot: Snapshot): void {
  state.value = merge(state.value, snapshot);
}

/** Corrections on the spot, before the server's own word (read positions, drafts). */
export function update(change: (state: State) => State): void {
  state.value = change(state.value);
}

export function onBreath(listener: (breath: Breath) => void): () => void {
  breathListeners.add(listener);
  return () => breathListeners.delete(listener);
}
export function onEachFact(listener: (fact: Fact) => void): () => void {
  factListeners.add(listener);
  return () => factListeners.delete(listener);
}

function whenOnline(): Promise<void> {
  return line.value === "online"
    ? Promise.resolve()
    : new Promise((resolve) => waitingForLine.push(resolve));
}

async function hasSession(): Promise<boolean> {
  try {
    await post("session.list", {});
    return true;
  } catch (error) {
    return !isLoginNeeded(error); // unreachable: keep trying, as if there were one
  }
}

async function onHello(hello: Hello): Promise<void> {
  limits.value = { ...limits.value, ...hello.limits };
  me = hello.me;
  session.value = "open";
  if (loaded.value && hello.epoch === epoch) {
    await resume();
  } else {
    const drop = epoch !== "" && hello.epoch !== epoch;
    epoch = hello.epoch;
    await loadAfresh(drop);
  }
}

async function resume(): Promise<void> {
  resumed = [];
  try {
    const reply = await rpc.call("session.resume", { epoch, cursor: state.value.seq });
    const facts = resumed ?? [];
    resumed = undefined;
    if (reply.reload) {
      await loadAfresh();
      return;
    }
    state.value = replay(state.value, facts, reply.cursor);
    tell(facts);
    goOnline();
  } catch {
    resumed = undefined; // the line broke again; the next hello resumes from the same cursor
  }
}

async function loadAfresh(forgetFacts = false): Promise<void> {
  try {
    const result = await rpc.call("state.get", {});
    const { recent, saved } = state.value;
    const kept = forgetFacts ? emptyState : { ...emptyState, recent, saved };
    state.value = merge(kept, { ...result, me, whole: true });
    goOnline();
    await Promise.all([fetchFollows(), fetchSaved()]);
  } catch {
    // The line broke: the next hello tries again.
  }
}

function goOnline(): void {
  line.value = "online";
  const waiting = waitingForLine;
  waitingForLine = [];
  for (const go of waiting) {
    go();
  }
}

function onFact(fact: Fact): void {
  if (resumed) {
    resumed.push(fact);
    return;
  }
  state.value = apply(state.value, fact);
  tell([fact]);
}

function tell(facts: readonly Fact[]): void {
  for (const fact of facts) {
    for (const listener of factListeners) {
      listener(fact);
    }
  }
}

async function onDown(ended: boolean, wasUp: boolean): Promise<void> {
  if (session.value === "anonymous") {
    return;
  }
  line.value = navigator.onLine ? "connecting" : "offline";
  if (ended || (!wasUp && !(await hasSession()))) {
    forget(true);
  }
}

/** Fetches what facts said has changed for this person. */
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
  await fetchFollows().catch(() => {}); // threads came with the channel; a role may call me there
}

async function fetchOne(wanted: Wanted): Promise<void> {
  const [kind, text] = wanted.split(":");
  const id = Number(text);
  await (kind === "club" ? fetchClub(id) : fetchChannel(id));
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

/** Threads I follow, and what I keep: shown as marks beside messages, and counted. */
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

window.addEventListener("online", () => rpc.wake());
window.addEventListener("offline", () => {
  line.value = "offline";
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    rpc.wake();
  }
});
