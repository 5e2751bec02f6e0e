// The line to the server and the state it feeds: first load, resume after a break.

import { computed, signal } from "@preact/signals";
import { post } from "./http.ts";
import { isLoginNeeded, Unreachable } from "./problem.ts";
import { Rpc } from "./rpc.ts";
import { emptyState, type State } from "./state.ts";
import { apply, merge, replay, type Snapshot } from "./store.ts";
import type { Breath, Commands, Fact, Hello, Limits, Me } from "./types.ts";

export type Session = "unknown" | "anonymous" | "open";
export type Line = "connecting" | "online" | "offline";

export const state = signal<State>(emptyState);
export const session = signal<Session>("unknown");
export const line = signal<Line>("connecting");
/** false: the server's disk is full or failing, and what one writes has to wait. */
export const writable = signal(true);
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
  file_bytes: 2_147_483_648,
  image_bytes: 52_428_800,
  message_files: 10,
});
export const loaded = computed(() => state.value.me.id !== 0);

const PERSON_KEY = "beffroi.person"; // says that this browser has a session, before the server does
const breathListeners = new Set<(breath: Breath) => void>();
const factListeners = new Set<(fact: Fact) => void>();
const loadListeners = new Set<() => void>();
let epoch = "";
let me: Me = emptyState.me;
let resumed: Fact[] | undefined; // facts of a resume under way
let settled = false; // what was missed is in: the line is as good as its socket
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
  writable: (now) => {
    writable.value = now;
  },
  alive: () => {
    if (settled && line.value !== "online") {
      goOnline(); // the network blinked, and the socket outlived it
    }
  },
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
/** Called after everything was loaded anew. */
export function onLoad(listener: () => void): void {
  loadListeners.add(listener);
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
  settled = false;
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
    const { recent, saved, notices } = state.value;
    const kept = forgetFacts ? emptyState : { ...emptyState, recent, saved, notices };
    state.value = merge(kept, { ...result, me, whole: true });
    goOnline();
    for (const listener of loadListeners) {
      listener();
    }
  } catch {
    // The line broke: the next hello tries again.
  }
}

function goOnline(): void {
  settled = true;
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
  settled = false;
  if (session.value === "anonymous") {
    return;
  }
  line.value = navigator.onLine ? "connecting" : "offline";
  if (ended || (!wasUp && !(await hasSession()))) {
    forget(true);
  }
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
