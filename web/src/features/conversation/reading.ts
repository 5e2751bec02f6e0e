// Read positions: what has been on screen, in a window that is looked at, is read.

import { send, state } from "../../core/live.ts";
import { stretchKey } from "../../core/state.ts";
import type { Where } from "./pages.ts";

const SEND_AFTER_MS = 400;
let held: number | undefined; // a channel kept unread by choice until it is left
let sent: Record<string, number> = {};
const timers = new Map<string, number>();

/** « Marquer non lu à partir d'ici » must not be undone by the next scroll. */
export function holdReading(channel: number | undefined): void {
  held = channel;
  sent = {};
  window.clearTimeout(timers.get(`c${channel}`));
}

export function readSoFar({ channel, thread }: Where, message: number): void {
  const looked = document.visibilityState === "visible" && document.hasFocus();
  if (!looked || (held === channel && !thread)) {
    return;
  }
  const key = stretchKey(channel, thread);
  const read = () => void (thread ? readThread(thread, message) : readChannel(channel, message));
  window.clearTimeout(timers.get(key));
  timers.set(key, window.setTimeout(read, SEND_AFTER_MS));
}

async function readChannel(channel: number, position: number): Promise<void> {
  const now = state.peek().channels[channel];
  if (!now || position <= now.mine.position || position <= (sent[`c${channel}`] ?? 0)) {
    return;
  }
  sent[`c${channel}`] = position;
  await send("read.set", { channel, position }).catch(() => {
    delete sent[`c${channel}`];
  });
}

async function readThread(thread: number, position: number): Promise<void> {
  const follow = state.peek().follows[thread];
  if (!follow || position <= follow.position || position <= (sent[`t${thread}`] ?? 0)) {
    return;
  }
  sent[`t${thread}`] = position;
  await send("thread.read", { thread, position }).catch(() => {
    delete sent[`t${thread}`];
  });
}
