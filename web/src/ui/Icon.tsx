import { paths } from "../../icons/paths.ts";

export type IconName = keyof typeof paths;

/** A drawing; silent unless it says something that no text beside it says. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      role={label ? "img" : undefined}
      aria-hidden={!label}
      aria-label={label}
    >
      <path d={paths[name]} />
    </svg>
  );
}

const ROOF = "M16 1l1.1 3.2L23 11H9l5.9-6.8z";
const BELL_ROOM = "M10 13h12v8H10z";
const BELL =
  "m6 1.8a2.6 2.6 0 0 0-2.6 2.6c0 1.3-.5 1.7-.9 2.1h7c-.4-.4-.9-.8-.9-2.1A2.6 2.6 0 0 0 16 14.8z";

/** The belfry. */
export function Belfry() {
  return (
    <svg viewBox="0 0 32 32" fill="currentColor" aria-hidden="true">
      <path d={`${ROOF}${BELL_ROOM}${BELL}`} fill-rule="evenodd" />
      <path d="M8.500 22.500h15L25 31h-6.500v-4a2.500 2.500 0 0 0-5 0v4H7z" />
    </svg>
  );
}
