// What a random history does with the library: drafting, proposing, reviewing, publishing, withdrawing.
import { nonce } from "../lib/client.mjs";
import { resourceIn } from "../lib/library.mjs";

const TITLES = ["Guide de l'habitat", "Convention-cadre", "La halle de Nantua", "Podcast nº 3"];
const RESOURCES_MOST = 40;

const call = (name, params, more) => ({ name, params, ...more });
const link = (random) => `https://exemple.fr/${random.between(1, 99)}`;
/** What an edition holds: a link, or a file of one's own while there are some. */
const content = (random, by) => {
  const file = random.chance(0.4) && by?.files?.pop();
  return file ? { file } : { link: link(random) };
};

/** On one made in this history: by its author, by who keeps its shelf, or by somebody. */
const on =
  (name, more = () => ({})) =>
  (random, world) => {
    const one = random.pick(world.resources);
    const by = one && random.pick([one.by, one.by, one.keeper, one.keeper, undefined]);
    return one && call(name, { resource: one.id, ...more(random, by) }, { by });
  };

/** What one may say of a resource, by chance; who keeps a shelf makes one public now and then. */
function form(random) {
  return resourceIn({
    title: random.pick(TITLES),
    ...(random.chance(0.15) && { is_public: true }),
    ...(random.chance(0.3) && { summary: "**À lire**" }),
    ...(random.chance(0.3) && { territories: [{ kind: "departement", code: "01" }] }),
  });
}

/** By whoever it is the turn of, for a shelf where somebody keeps it; published at once, at times. */
function create(random, world, { person }) {
  if (world.resources.length >= RESOURCES_MOST) return undefined;
  const [keeper, club] = random.pick([
    [world.host, world.club],
    [world.host, world.club],
    [world.hostElsewhere, world.clubElsewhere],
    [world.hostOfAll, world.clubOfAll],
  ]);
  const by = random.chance(0.7) ? person : keeper;
  const then = async ({ id: resource }) => {
    world.resources.push({ id: resource, by, keeper });
    if (random.chance(0.7)) await by.ask("resource.propose", { resource });
    if (random.chance(0.5)) await keeper.ask("resource.publish", { resource });
  };
  const asked = { club, ...form(random), is_public: false, ...content(random, by), nonce: nonce() };
  return call("resource.create", asked, { by, then });
}

export const RESOURCE_DEEDS = [
  [10, create],
  [16, on("resource.propose")],
  [8, on("resource.publish")],
  [2, on("resource.publish", () => ({ at: Date.now() + 86_400_000 }))],
  [2, on("resource.publish", (random) => ({ at: Date.now() + random.between(10, 300) }))],
  [8, on("resource.return", () => ({ remark: "À préciser" }))],
  [4, on("resource.withdraw", () => ({ remark: "Périmé" }))],
  [4, on("resource.delete")],
  [8, on("resource.update", form)],
  [4, on("edition.add", (random, by) => ({ ...content(random, by), nonce: nonce() }))],
  [6, on("edition.use", (random) => ({ number: random.between(1, 2) }))],
];
