// Resources and what I can do with them: how facts and snapshots change them. What another standing in a
// Club drops, attend.ts drops with the events.

import { byId, type State, want } from "./state.ts";
import type { Snapshot } from "./store.ts";
import type { Resource } from "./types.ts";

/**
 * What I can do is not in a fact for all: with another date of change it may be other things. A notice
 * names the resource as it is now.
 */
export function changeResource(state: State, resource: Resource): State {
  const { id, title, kind, state: now } = resource;
  const old = state.resources[id];
  const list = state.notices.list.map((one) =>
    one.resource?.id === id ? { ...one, resource: { id, title, kind, state: now } } : one,
  );
  const next = {
    ...state,
    resources: { ...state.resources, [id]: resource },
    notices: { ...state.notices, list },
  };
  const edited = old?.changed_at !== resource.changed_at;
  return edited && state.resourceMine[id] ? want(next, `resource:${id}`) : next;
}

/** One that was deleted takes what was said of it along. */
export function dropResource(state: State, id: number): State {
  const { [id]: _resource, ...resources } = state.resources;
  const { [id]: _can, ...resourceMine } = state.resourceMine;
  const next = { ...state, resources, resourceMine };
  return state.notices.list.some((one) => one.resource?.id === id) ? want(next, "notices") : next;
}

/** Lists read before all was dropped are dropped too: who shows them asks again. */
export function layResources(state: State, snapshot: Snapshot): State {
  const { seq, resources = [], resourceMine } = snapshot;
  if (seq < state.eventsSince || (resources.length === 0 && !resourceMine)) {
    return state;
  }
  return {
    ...state,
    resources: { ...state.resources, ...byId(resources) },
    resourceMine: { ...state.resourceMine, ...resourceMine },
  };
}
