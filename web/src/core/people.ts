// People as profiles say them: one that is on screen, how to reach them.

import { ABOUT_PEOPLE, personIn } from "./about.ts";
import { useFacts, useQuery } from "./hooks.ts";
import { ask } from "./live.ts";
import { isNotFound } from "./problem.ts";
import type { Profile } from "./types.ts";

const ABOUT_ME = ["access.gained", "access.changed", "access.lost"] as const;

/** `gone`: there is no such person, or none to be seen by who asks. */
export function useProfile(id: number) {
  const { data, error, again } = useQuery(() => fetchProfile(id), [id]);
  useFacts(
    [...ABOUT_PEOPLE, ...ABOUT_ME],
    again,
    (fact) => fact.fact.startsWith("access.") || personIn(fact) === id,
  );
  const of = data !== "gone" && data?.profile.id === id ? data : undefined;
  return { data: of, gone: data === "gone", error, again };
}

function fetchProfile(id: number) {
  return ask("profile.get", { person: id }).catch((error: unknown) => {
    if (isNotFound(error)) {
      return "gone" as const;
    }
    throw error;
  });
}

/** « tel: » wants the figures alone; what stands in brackets is for calls from the country itself. */
export function telOf(phone: string): string {
  return `tel:${phone.replace(/\(.*?\)/g, "").replace(/[^+\d]/g, "")}`;
}

/** The role of the first function, for the disc. */
export function faceOf({ id, name, functions }: Profile) {
  return { id, name, role: functions[0]?.role };
}
