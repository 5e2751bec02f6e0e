// Posts I hold: what was written under one, by whoever held it then, is mine to correct.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useSelect } from "./hooks.ts";
import { ask, onEachFact, state } from "./live.ts";
import type { Message } from "./types.ts";

const posts = signal<Readonly<Record<number, readonly number[]>>>({}); // by Club
const asked = new Set<number>();

onEachFact((fact) => {
  if (
    fact.fact === "access.gained" ||
    fact.fact === "access.changed" ||
    fact.fact === "access.lost"
  ) {
    asked.clear();
    posts.value = {};
  }
});

async function fetchPosts(club: number): Promise<void> {
  if (asked.has(club)) {
    return;
  }
  asked.add(club);
  const list = await ask("post.list", { club });
  const me = state.peek().me.id;
  const mine = list.posts.filter((post) =>
    post.holders.some((holder) => holder.person === me && holder.state === "active"),
  );
  posts.value = { ...posts.value, [club]: mine.flatMap((post) => post.id ?? []) };
}

/** Whether I may change this message: I wrote it, or I hold the post it was written under. */
export function useOwns(message: Message): boolean {
  const me = useSelect((now) => now.me.id, []);
  const { id, post } = message.author;
  const club = useSelect((now) => now.channels[message.channel]?.club, [message.channel]);
  const holds = useSelect(
    (now) => {
      const roles = club ? now.clubs[club]?.roles : undefined;
      return roles?.includes("chef_de_projet") || roles?.includes("animateur") || false;
    },
    [club],
  );
  const ask = post !== undefined && id !== me && holds ? club : undefined;
  useEffect(() => {
    if (ask) {
      fetchPosts(ask).catch(() => asked.delete(ask));
    }
  }, [ask]);
  return (
    id === me ||
    (ask !== undefined && post !== undefined && (posts.value[ask]?.includes(post) ?? false))
  );
}
