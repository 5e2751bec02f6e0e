// One draft per conversation. The channel's own follows the person to other devices; that of a
// thread stays in this browser. What the server has not confirmed is kept here.

import { send, state, update } from "./live.ts";

const PREFIX = "beffroi.draft.";
const SAVE_AFTER_MS = 800;
const timers = new Map<string, number>();

function storageKey(channel: number, thread?: number): string {
  return `${PREFIX}${state.peek().me.id}.${channel}${thread ? `.${thread}` : ""}`;
}

export function readDraft(channel: number, thread?: number): string {
  const local = localStorage.getItem(storageKey(channel, thread));
  return local ?? (thread ? "" : (state.peek().channels[channel]?.mine.draft ?? ""));
}

export function writeDraft(channel: number, body: string, thread?: number): void {
  const key = storageKey(channel, thread);
  try {
    localStorage.setItem(key, body);
  } catch {
    // Storage full or forbidden: the text is still in the field, and soon on the server.
  }
  window.clearTimeout(timers.get(key));
  if (thread) {
    if (body === "") {
      localStorage.removeItem(key);
    }
    return;
  }
  const wait = body === "" ? 0 : SAVE_AFTER_MS;
  timers.set(
    key,
    window.setTimeout(() => void save(channel, body, key), wait),
  );
}

async function save(channel: number, body: string, key: string): Promise<void> {
  timers.delete(key);
  try {
    await send("draft.set", { channel, body });
  } catch {
    return; // kept here, and sent with the next change
  }
  update((now) => {
    const old = now.channels[channel];
    const next = old && { ...old, mine: { ...old.mine, draft: body } };
    return next ? { ...now, channels: { ...now.channels, [channel]: next } } : now;
  });
  if (localStorage.getItem(key) === body) {
    localStorage.removeItem(key);
  }
}

/** Whether this browser holds something the server has not confirmed. */
export function isDraftPending(channel: number): boolean {
  return localStorage.getItem(storageKey(channel)) !== null;
}

export function clearDrafts(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) {
      localStorage.removeItem(key);
    }
  }
}
