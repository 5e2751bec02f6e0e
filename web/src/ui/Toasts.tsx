// Short words that come and go, for the eye and for screen readers.

import { signal } from "@preact/signals";
import { Icon, type IconName } from "./Icon.tsx";

const SHOWN_MS = 5_000;
const toasts = signal<readonly { id: number; text: string; icon: IconName }[]>([]);
const announced = signal("");
let nextId = 1;

export function toast(text: string, icon: IconName = "check"): void {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-2), { id, text, icon }];
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id);
  }, SHOWN_MS);
}

/** Said by a screen reader when it has finished what it reads; not shown. */
export function announce(text: string): void {
  announced.value = text;
}

export function Toasts() {
  return (
    <>
      <div class="toasts" role="status">
        {toasts.value.map((one) => (
          <div class="toast" key={one.id}>
            <Icon name={one.icon} />
            {one.text}
          </div>
        ))}
      </div>
      <div class="visually-hidden" aria-live="polite">
        {announced.value}
      </div>
    </>
  );
}
