// Light, dark or high contrast: the device's wish, unless the reader chose.

import { effect, signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark" | "contrast";
const KEY = "beffroi.theme";
const THEMES: readonly string[] = ["auto", "light", "dark", "contrast"];

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value && THEMES.includes(value) ? (value as Theme) : "auto";
}

export const theme = signal<Theme>(stored());

effect(() => {
  const chosen = theme.value;
  if (chosen === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  } else {
    document.documentElement.dataset.theme = chosen;
    localStorage.setItem(KEY, chosen);
  }
});
