// Who is told when an event moves or is cancelled.

import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";

/** How many: invited, asking, waiting, offered a seat or seated; undefined until it is known. */
export function useConcerned(event: number): number | undefined {
  return useQuery(async () => {
    const { counts } = await ask("registration.list", { event, limit: 1 });
    return counts.invited + counts.asked + counts.waiting + counts.registered;
  }, [event]).data;
}
