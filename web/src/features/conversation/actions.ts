// What can be done to a message. The fact that comes back draws the change.

import { send, update } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { announce, toast } from "../../ui/Toasts.tsx";

async function tried(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    toast(messageOf(error));
  }
}

export function react(message: Message, emoji: string, me: number): Promise<void> {
  const people = message.reactions?.find((one) => one.emoji === emoji)?.people ?? [];
  return tried(send("reaction.set", { message: message.id, emoji, on: !people.includes(me) }));
}
export function pin(message: Message): Promise<void> {
  return tried(send("pin.set", { message: message.id, pinned: !message.pinned }));
}
export function keep(message: Message, saved: boolean): Promise<void> {
  return tried(send("saved.set", { message: message.id, saved }));
}
export function remove(message: Message): Promise<void> {
  return tried(send("message.delete", { message: message.id }));
}
export async function copyLink(message: Message): Promise<void> {
  const href = location.origin + hrefOf({ page: "message", message: message.id });
  await tried(navigator.clipboard.writeText(href).then(() => toast(t.message.linkCopied)));
}
export function say(text: string): void {
  announce(text);
}

/** Everything from this message on becomes unread again. */
export function unreadFrom(message: Message): Promise<void> {
  const { channel, id } = message;
  const position = id - 1;
  return tried(
    send("read.set", { channel, position }).then(() =>
      update((now) => {
        const old = now.channels[channel];
        const next = old && { ...old, mine: { ...old.mine, position } };
        return next ? { ...now, channels: { ...now.channels, [channel]: next } } : now;
      }),
    ),
  );
}
