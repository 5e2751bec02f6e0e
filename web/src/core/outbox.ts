// What I wrote and the server has not confirmed: kept in the browser, sent in order, at most one on
// its way at a time. The nonce makes a second sending harmless.

import { effect, signal, untracked } from "@preact/signals";
import { line, send, state } from "./live.ts";
import { nextToSend, type Outgoing, parseOutgoing, withOne, without } from "./outgoing.ts";
import { isPassing, messageOf } from "./problem.ts";
import { stretchKey } from "./state.ts";

const PREFIX = "beffroi.outbox.";
const RETRY_MS = 3_000;

export const outbox = signal<readonly Outgoing[]>([]);
let sending = false;
let retryTimer: number | undefined;

export function enqueue(channel: number, body: string, thread?: number): void {
  const nonce = crypto.randomUUID();
  const person = state.value.me.id;
  const base: Outgoing = { nonce, person, channel, body, at: Date.now(), status: "waiting" };
  const item = thread ? { ...base, thread } : base;
  keep(item);
  outbox.value = [...outbox.value, item];
  void pump();
}

export function retry(nonce: string): void {
  const item = outbox.value.find((one) => one.nonce === nonce);
  if (item) {
    const { error: _error, ...rest } = item;
    replace({ ...rest, status: "waiting" });
    void pump();
  }
}

export function discard(nonce: string): void {
  drop(nonce);
  outbox.value = without(outbox.value, nonce);
}

/** Takes up what a reload or a crash of the browser left unsent. */
export function restore(person: number): void {
  const items = Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => parseOutgoing(localStorage.getItem(key)))
    .filter((item): item is Outgoing => item?.person === person)
    .sort((a, b) => a.at - b.at);
  outbox.value = items;
  void pump();
}

/** At log-out nothing of the person stays in the browser. */
export function clearOutbox(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) {
      localStorage.removeItem(key);
    }
  }
  outbox.value = [];
}

async function pump(): Promise<void> {
  const item = nextToSend(outbox.value);
  if (sending || !item || line.value !== "online") {
    return;
  }
  sending = true;
  try {
    const { channel, body, nonce, thread } = item;
    const { id } = await send("message.post", {
      channel,
      body,
      nonce,
      ...(thread ? { thread } : {}),
    });
    drop(nonce);
    outbox.value = isShown(item, id)
      ? without(outbox.value, nonce)
      : withOne(outbox.value, { ...item, status: "sent", id });
  } catch (error) {
    if (isPassing(error)) {
      window.clearTimeout(retryTimer);
      retryTimer = window.setTimeout(() => void pump(), RETRY_MS);
      sending = false;
      return;
    }
    replace({ ...item, status: "failed", error: messageOf(error) });
  }
  sending = false;
  void pump();
}

function isShown(item: Outgoing, id: number): boolean {
  const stretch = state.value.stretches[stretchKey(item.channel, item.thread)];
  return !stretch || stretch.ids.includes(id);
}

function replace(item: Outgoing): void {
  keep(item);
  outbox.value = withOne(outbox.value, item);
}
function keep(item: Outgoing): void {
  try {
    localStorage.setItem(PREFIX + item.nonce, JSON.stringify(item));
  } catch {
    // Storage full or forbidden: the message still lives in this tab.
  }
}
function drop(nonce: string): void {
  localStorage.removeItem(PREFIX + nonce);
}

/** A sent message leaves the outbox when its fact has brought it into the conversation. */
effect(() => {
  const arrived = outbox.value.filter(
    (item) => item.id !== undefined && state.value.messages[item.id],
  );
  if (arrived.length > 0) {
    const nonces = new Set(arrived.map((item) => item.nonce));
    outbox.value = outbox.value.filter((item) => !nonces.has(item.nonce));
  }
});
effect(() => {
  if (line.value === "online") {
    untracked(() => void pump());
  }
});
