import { useEffect } from "preact/hooks";
import { fetchClub } from "../../core/fetch.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import type { Club } from "../../core/types.ts";

/** A Club; one that is not known yet is fetched. */
export function useClub(id: number | undefined): Club | undefined {
  const club = useSelect((now) => (id ? now.clubs[id] : undefined), [id]);
  const fetching = useAction();
  useEffect(() => {
    if (id && !club) {
      void fetching.run(() => fetchClub(id));
    }
  }, [id]);
  return club;
}
