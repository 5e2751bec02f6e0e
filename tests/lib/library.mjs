// Resources for the tests: right in all but what a test says.
import { nonce } from "./client.mjs";

const LINK = "https://exemple.fr/guide";

/** What resource.create and resource.update take, but for the file or the link. */
export function resourceIn(more = {}) {
  return { kind: "guide", title: "Guide de l'habitat", licence: "lo_2_0", ...more };
}

/** A draft for the shelf of a Club; its id. */
export async function draftResource(author, club, more) {
  const asked = { club, link: LINK, ...resourceIn(more), nonce: nonce() };
  return (await author.ask("resource.create", asked)).id;
}

const STEPS = { draft: 0, proposed: 1, published: 2, withdrawn: 3 };

/** One that came as far as `state`: proposed by its author, published by who keeps the shelf. */
export async function resourceAt(state, author, keeper, club, { is_public, file, ...more } = {}) {
  const content = file && { file, link: undefined };
  const resource = await draftResource(author, club, { ...content, ...more });
  if (STEPS[state] >= STEPS.proposed) await author.ask("resource.propose", { resource });
  if (is_public)
    await keeper.ask("resource.update", { resource, ...resourceIn(more), is_public: true });
  if (STEPS[state] >= STEPS.published) await keeper.ask("resource.publish", { resource });
  if (STEPS[state] >= STEPS.withdrawn) await keeper.ask("resource.withdraw", { resource });
  return resource;
}
