// Whether there is room for one pane only; the same width as in ui/css/frame.css.

import { signal } from "@preact/signals";

const query = window.matchMedia("(max-width: 719px)");

export const narrow = signal(query.matches);

query.addEventListener("change", () => {
  narrow.value = query.matches;
});
