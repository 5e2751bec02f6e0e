// Brings stretches of messages into the store.

import { ask, learn, state } from "../../core/live.ts";
import { type Stretch, stretchKey } from "../../core/state.ts";
import type { PageMode } from "../../core/stretch.ts";

const PAGE = 50;

export interface Where {
  channel: number;
  thread?: number;
}

async function fetchPage(
  where: Where,
  from: { before?: number; after?: number; around?: number },
  mode: PageMode,
) {
  const { channel, thread } = where;
  const inThread = thread ? { thread } : {};
  const page = await ask("message.list", { channel, ...inThread, ...from, limit: PAGE });
  const stretch: Stretch = {
    ids: page.messages.map((message) => message.id),
    moreBefore: page.more_before ?? false,
    moreAfter: page.more_after ?? false,
  };
  learn({
    seq: page.seq,
    messages: page.messages,
    page: { ...stretch, key: stretchKey(channel, thread), mode },
  });
}

export function stretchOf(where: Where): Stretch | undefined {
  return state.peek().stretches[stretchKey(where.channel, where.thread)];
}

/**
 * The end of the conversation; or the stretch around a message; or around where I stopped
 * reading.
 */
export async function openAt(where: Where, at: number | undefined): Promise<void> {
  const channel = state.peek().channels[where.channel];
  const from =
    at ??
    (!where.thread && channel && channel.mine.unread > PAGE / 2
      ? channel.mine.position
      : undefined);
  await fetchPage(where, from ? { around: from } : {}, "replace");
}
export function openEnd(where: Where): Promise<void> {
  return fetchPage(where, {}, "replace");
}
export async function fetchBefore(where: Where): Promise<void> {
  const first = stretchOf(where)?.ids[0];
  if (first) {
    await fetchPage(where, { before: first }, "before");
  }
}
export async function fetchAfter(where: Where): Promise<void> {
  const last = stretchOf(where)?.ids.at(-1);
  if (last) {
    await fetchPage(where, { after: last }, "after");
  }
}

/** A message alone, when its conversation is not around it (root of a thread, permalink). */
export async function fetchMessage(message: number) {
  const result = await ask("message.get", { message });
  learn({ seq: result.seq, messages: [result.message] });
  return result.message;
}
