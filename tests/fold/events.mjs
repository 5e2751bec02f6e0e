// What a random history does with events: announcing, moving, registering, letting others in.
import { nonce } from "../lib/client.mjs";
import { DAY, eventIn, HOUR } from "../lib/events.mjs";
import { documents } from "./files.mjs";

const TITLES = ["Visite de la halle", "Habiter le centre", "Rencontre des élus", "Mobilités"];
const EVENTS_MOST = 30;
const LINK = "https://visio.numerique.gouv.fr/abc-defg-hij";

const call = (name, params, more) => ({ name, params, ...more });
const someone = (random, world) => random.pick(world.people).id;

/** One that was made in this history, and who made it. */
const anEvent = (random, world) => random.pick(world.events);

/** By whoever it is the turn of. */
const on = (name, more) => (random, world) => {
  const { id } = anEvent(random, world) ?? {};
  return id && call(name, { event: id, ...more(random, world) });
};
/** By who made it; now and then by somebody else. */
const run = (name, more) => (random, world) => {
  const event = anEvent(random, world);
  const by = random.chance(0.9) ? { by: event?.by } : {};
  return event && call(name, { event: event.id, ...more(random, world, event) }, by);
};

/** What an organiser may say of an event, by chance. */
function form(random, world, club) {
  const starts_at = Math.ceil((Date.now() + random.between(2, 60) * DAY) / HOUR) * HOUR;
  const wide = random.weighed([
    [6, { scope: "clubs", clubs: [club] }],
    [2, { scope: "clubs", clubs: [world.club, world.clubElsewhere] }],
    [1, { scope: "network", clubs: undefined }],
    [1, { scope: "region", region: "Auvergne-Rhône-Alpes", clubs: undefined }],
  ]);
  return {
    ...eventIn(club, { starts_at }),
    title: random.pick(TITLES),
    registration: random.pick(["open", "open", "approval", "invitation", "none"]),
    ...(random.chance(0.8) && { capacity: random.between(1, 3) }),
    ...(random.chance(0.2) && { roles: [random.pick(["elu", "partenaire", "chef_de_projet"])] }),
    ...(random.chance(0.3) && { link: LINK, link_shown: random.pick(["all", "registered"]) }),
    ...wide,
  };
}

/** Published at once, most of the time. */
function create(random, world) {
  if (world.events.length >= EVENTS_MOST) return undefined;
  const [by, club] = random.pick([
    [world.host, world.club],
    [world.hostElsewhere, world.clubElsewhere],
    [world.root, world.club],
  ]);
  const then = async ({ id }) => {
    world.events.push({ id, by, club });
    if (random.chance(0.8)) await by.ask("event.publish", { event: id });
  };
  const params = { ...form(random, world, club), ...documents(random, by) };
  return call("event.create", { club, ...params, nonce: nonce() }, { by, then });
}

const nothing = () => ({});
const somebody = (random, world) => ({ person: someone(random, world) });

export const EVENT_DEEDS = [
  [8, create],
  [2, run("event.publish", nothing)],
  [
    6,
    run("event.update", (random, world, { club, by }) => ({
      ...form(random, world, club),
      ...documents(random, by),
    })),
  ],
  [1, run("event.cancel", () => ({ reason: "Alerte orange" }))],
  [1, run("event.delete", nothing)],
  [1, run("event.duplicate", () => ({ nonce: nonce() }))],
  [24, on("event.register", () => ({ nonce: nonce() }))],
  [6, run("event.register", (...chance) => ({ ...somebody(...chance), nonce: nonce() }))],
  [8, on("event.unregister", nothing)],
  [3, run("event.unregister", somebody)],
  [14, on("event.confirm", nothing)],
  [6, run("event.invite", (random, world) => ({ people: [someone(random, world)] }))],
  [6, run("event.approve", somebody)],
  [2, run("event.refuse", (...chance) => ({ ...somebody(...chance), reason: "Complet" }))],
  [3, run("attendance.set", (...chance) => ({ ...somebody(...chance), present: true }))],
  [
    4,
    (random, _world, { state }) => {
      const notice = random.pick(state.notices.list);
      return notice && call("notice.see", { position: notice.id });
    },
  ],
];
