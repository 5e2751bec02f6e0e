// What I do about an event myself: the page I do it on shows it, and the notice that follows need not
// say it again.

import { send } from "./live.ts";
import type { Commands, NoticeKind } from "./types.ts";

type Own =
  | "event.register"
  | "event.confirm"
  | "event.unregister"
  | "event.update"
  | "event.cancel";

const RECENT_MS = 10_000;
const FOLLOWS: Record<Own, readonly NoticeKind[]> = {
  "event.register": ["seated", "waiting", "asked"],
  "event.confirm": ["seated"],
  "event.unregister": ["unregistered"],
  "event.update": ["moved"],
  "event.cancel": ["cancelled"],
};
const done = new Map<number, { kinds: readonly NoticeKind[]; at: number }>();

/** A command about my own place, or an event I run; before its answer, for the notice may be faster. */
export function act<Name extends Own>(
  name: Name,
  params: Commands[Name][0],
): Promise<Commands[Name][1]> {
  done.set(params.event, { kinds: FOLLOWS[name], at: Date.now() });
  return send(name, params);
}

export function isMyDoing(event: number, kind: NoticeKind, now = Date.now()): boolean {
  const last = done.get(event);
  return last !== undefined && now - last.at < RECENT_MS && last.kinds.includes(kind);
}
