// What a random history does with events: announcing, moving, registering, letting others in.
import { nonce } from "../lib/client.mjs";
import { DAY, eventIn, HOUR } from "../lib/events.mjs";

const TITLES = ["Visite de la halle", "Habiter le centre", "Rencontre des élus", "Mobilités"];
const EVENTS_MOST = 40;
const LINK = "https://visio.numerique.gouv.fr/abc-defg-hij";

const call = (name, params) => ({ name, params });
const all = ({ state }) => Object.values(state.events);
const runs = ({ state }, { id }) => state.attending[id]?.can.includes("manage");
const someone = (random, world) => random.pick(world.people).id;

/** Of an event on screen that `fits`. */
const on = (name, fits, more) => (random, world, actor) => {
  const event = random.pick(all(actor).filter((one) => fits(one, actor)));
  return event && call(name, { event: event.id, ...more(random, world, event) });
};
const any = () => true;
const run = (event, actor) => runs(actor, event);

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

function create(random, world, actor) {
  const clubs = Object.values(actor.state.clubs).filter(({ can }) => can.includes("manage"));
  const club = random.pick(clubs)?.id;
  if (!club || all(actor).length > EVENTS_MOST) return undefined;
  return call("event.create", { club, ...form(random, world, club), nonce: nonce() });
}

const isDraft = ({ state }) => state === "draft";
const isOpen = ({ state }) => state === "published";

export const EVENT_DEEDS = [
  [6, create],
  [
    8,
    on(
      "event.publish",
      (event, actor) => isDraft(event) && run(event, actor),
      () => ({}),
    ),
  ],
  [4, on("event.update", run, (random, world, { club }) => form(random, world, club))],
  [1, on("event.cancel", run, () => ({ reason: "Alerte orange" }))],
  [
    1,
    on(
      "event.delete",
      (event, actor) => isDraft(event) && run(event, actor),
      () => ({}),
    ),
  ],
  [1, on("event.duplicate", run, () => ({ nonce: nonce() }))],
  [24, on("event.register", isOpen, () => ({ nonce: nonce() }))],
  [
    3,
    on("event.register", isOpen, (random, world) => ({
      person: someone(random, world),
      nonce: nonce(),
    })),
  ],
  [7, on("event.unregister", any, () => ({}))],
  [2, on("event.unregister", run, (random, world) => ({ person: someone(random, world) }))],
  [
    6,
    on(
      "event.confirm",
      ({ id }, { state }) => state.attending[id]?.registration === "offered",
      () => ({}),
    ),
  ],
  [4, on("event.invite", run, (random, world) => ({ people: [someone(random, world)] }))],
  [4, on("event.approve", run, (random, world) => ({ person: someone(random, world) }))],
  [
    2,
    on("event.refuse", run, (random, world) => ({
      person: someone(random, world),
      reason: "Complet",
    })),
  ],
  [
    2,
    on("attendance.set", run, (random, world) => ({
      person: someone(random, world),
      present: true,
    })),
  ],
  [
    3,
    (random, _world, { state }) => {
      const notice = random.pick(state.notices.list);
      return notice && call("notice.see", { position: notice.id });
    },
  ],
];
