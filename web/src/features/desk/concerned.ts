// Who is told when an event moves or is cancelled.

import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";

/** How many have a seat, wait or ask for one; undefined until it is known. */
export function useConcerned(event: number): number | undefined {
  return useQuery(async () => {
    const { counts } = await ask("registration.list", { event, limit: 1 });
    return counts.asked + counts.waiting + counts.registered;
  }, [event]).data;
}
