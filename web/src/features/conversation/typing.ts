// Who is writing, in memory only, and forgotten after a few seconds.

import { signal } from "@preact/signals";
import { onBreath, send, state } from "../../core/live.ts";

interface Writer {
  channel: number;
  thread?: number;
  person: number;
  until: number;
}
const SHOWN_MS = 6_000;
const SAY_EVERY_MS = 4_000;
export const writers = signal<readonly Writer[]>([]);
let saidAt = 0;

onBreath((breath) => {
  if (breath.breath !== "typing" || breath.person === state.peek().me.id) {
    return;
  }
  const { channel, thread, person } = breath;
  const others = writers.value.filter((one) => one.person !== person || one.channel !== channel);
  const writer = { channel, person, until: Date.now() + SHOWN_MS };
  writers.value = [...others, thread ? { ...writer, thread } : writer];
  setTimeout(() => {
    writers.value = writers.value.filter((one) => one.until > Date.now());
  }, SHOWN_MS + 50);
});

/** A message that has arrived is no longer being written. */
export function hasWritten(person: number, channel: number): void {
  writers.value = writers.value.filter((one) => one.person !== person || one.channel !== channel);
}

export function sayTyping(channel: number, thread?: number): void {
  if (Date.now() - saidAt > SAY_EVERY_MS) {
    saidAt = Date.now();
    send("typing.set", thread ? { channel, thread } : { channel }).catch(() => {});
  }
}
