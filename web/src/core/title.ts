// The window's title: how many mentions wait, and where one is.

import { computed, effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { state } from "./live.ts";
import { waitingIn } from "./places.ts";
import { t } from "./strings.ts";

/** The page one is on, in words. */
export const place = signal("");
const mentions = computed(() => waitingIn(Object.values(state.value.channels)).mentions);

effect(() => {
  const count = mentions.value > 0 ? `(${mentions.value}) ` : "";
  document.title = place.value ? `${count}${place.value} · ${t.app}` : t.app;
});

export function useTitle(text: string): void {
  useEffect(() => {
    place.value = text;
  }, [text]);
}
