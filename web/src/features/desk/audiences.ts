// To whom an event of a Club may be announced.

import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import type { Commands } from "../../core/types.ts";
import type { EventDraft } from "./form.ts";

export type Audiences = Commands["event.reach"][1];

export function useAudiences(club: number): Audiences | undefined {
  return useQuery(() => ask("event.reach", { club }), [club]).data;
}

/** The names of the Clubs that hear the bell. */
export function clubsRung({ scope, region, clubs }: EventDraft, all: Audiences): string[] {
  return all.clubs
    .filter(
      (club) =>
        scope === "network" ||
        (scope === "region" ? club.region === region : clubs.includes(club.id)),
    )
    .map(({ name }) => name);
}

export function regionsOf({ clubs }: Audiences): string[] {
  const names = new Set(clubs.flatMap((club) => club.region ?? []));
  return [...names].sort((a, b) => a.localeCompare(b, "fr"));
}
