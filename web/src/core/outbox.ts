// What I wrote and the server has not confirmed: kept in the browser, sent in order, at most one on
// its way at a time. The nonce makes a second sending harmless.

import { effect, signal, untracked } from "@preact/signals";
import { line, send, state, writable } from "./live.ts";
import { newNonce } from "./nonce.ts";
import {
  nextToSend,
  type Outgoing,
  type OutgoingFile,
  parseOutgoing,
  withOne,
  without,
} from "./outgoing.ts";
import { isPassing, messageOf } from "./problem.ts";
import { stretchKey } from "./state.ts";
import { isStored } from "./stored.ts";
import { cancelUpload, forgetUpload, moveUploads, restoreUploads, uploads } from "./uploads.ts";

const PREFIX = "beffroi.outbox.";
const RETRY_MS = 3_000;

export const outbox = signal<readonly Outgoing[]>([]);
let sending = false;
let retryTimer: number | undefined;

/** `files`: their uploads, whole or still on their way; the message leaves when all are there. */
export function enqueue(
  channel: number,
  body: string,
  thread?: number,
  files: readonly OutgoingFile[] = [],
): void {
  const nonce = newNonce();
  const person = state.value.me.id;
  const base: Outgoing = { nonce, person, channel, body, at: Date.now(), status: "waiting" };
  const item = {
    ...base,
    ...(thread ? { thread } : {}),
    ...(files.length > 0 ? { files: [...files] } : {}),
  };
  keep(item);
  moveUploads(idsOf(item), `out.${nonce}`);
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
  const item = outbox.value.find((one) => one.nonce === nonce);
  drop(nonce);
  outbox.value = without(outbox.value, nonce);
  idsOf(item).forEach(cancelUpload);
}

/** The message goes without this file; one that had nothing else does not go. */
export function discardFile(nonce: string, upload: string): void {
  const item = outbox.value.find((one) => one.nonce === nonce);
  const files = item?.files?.filter((one) => one.upload !== upload) ?? [];
  if (!item || (files.length === 0 && item.body === "")) {
    discard(nonce);
    return;
  }
  const { files: _files, error: _error, ...rest } = item;
  replace({ ...rest, status: "waiting", ...(files.length > 0 ? { files } : {}) });
  cancelUpload(upload);
}

/** Takes up what a reload or a crash of the browser left unsent. */
export function restore(person: number): void {
  takeUp(person);
  restoreUploads(person, () => takeUp(person));
}

/** Files that another tab is sending are that tab's affair, and so is their message. */
function takeUp(person: number): void {
  const mine = outbox.peek().filter((item) => item.person === person);
  const known = new Set(mine.map(({ nonce }) => nonce));
  const isOurs = (upload: string) =>
    !isStored(upload) || uploads.peek().some(({ id }) => id === upload);
  const found = Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => parseOutgoing(localStorage.getItem(key)))
    .filter((item): item is Outgoing => item?.person === person && !known.has(item.nonce))
    .filter((item) => idsOf(item).every(isOurs));
  outbox.value = [...mine, ...found].sort((a, b) => a.at - b.at);
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
  const item = nextToSend(outbox.value, (id) => keyOf(id) !== undefined);
  if (sending || !item || line.value !== "online" || !writable.value) {
    return;
  }
  sending = true;
  try {
    const { channel, body, nonce, thread } = item;
    const files = idsOf(item).flatMap((id) => keyOf(id) ?? []);
    const { id } = await send("message.post", {
      channel,
      body,
      nonce,
      ...(thread ? { thread } : {}),
      ...(files.length > 0 ? { files } : {}),
    });
    drop(nonce);
    idsOf(item).forEach(forgetUpload);
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

const idsOf = (item: Outgoing | undefined) => item?.files?.map(({ upload }) => upload) ?? [];

/** Of a file that is there whole. */
function keyOf(upload: string): string | undefined {
  const found = uploads.peek().find(({ id }) => id === upload);
  return found?.status === "ready" ? found.key : undefined;
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
  if (line.value === "online" && writable.value && uploads.value) {
    untracked(() => void pump());
  }
});
