// A conversation as it is drawn: days, the unread line, blocks of one author. Pure.

import { sameDay } from "../../core/dates.ts";
import type { Message } from "../../core/types.ts";

export type Item =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: Message; first: boolean };

const BLOCK_MS = 5 * 60_000;

/** `readUpTo`: what was read when the conversation was opened; 0 draws no line. */
export function itemsOf(messages: readonly Message[], readUpTo: number, me: number): Item[] {
  const items: Item[] = [];
  let before: Message | undefined;
  let lined = readUpTo === 0;
  for (const message of messages) {
    const newDay = !before || !sameDay(before.at, message.at);
    if (newDay) {
      items.push({ kind: "day", key: `day-${message.id}`, at: message.at });
    }
    const line = !lined && message.id > readUpTo && message.author.id !== me && !message.deleted;
    if (line) {
      lined = true;
      items.push({ kind: "unread", key: "unread" });
    }
    const first = newDay || line || !before || !sameBlock(before, message);
    items.push({ kind: "message", key: String(message.id), message, first });
    before = message;
  }
  return items;
}

function sameBlock(before: Message, message: Message): boolean {
  return (
    before.author.id === message.author.id &&
    before.author.function === message.author.function &&
    !before.deleted &&
    !before.replies &&
    message.at - before.at < BLOCK_MS
  );
}
