// Random histories: what people of several roles do, chosen by chance among all that changes something.
import { nonce } from "../lib/client.mjs";
import { EVENT_DEEDS } from "./events.mjs";
import { attached } from "./files.mjs";
import { RESOURCE_DEEDS } from "./resources.mjs";

const EMOJIS = ["👍", "❤️", "🎉"];
const WORDS = ["halle", "habitat", "élus", "mobilité", "cœur de ville", "école", "marché"];

/** One deed of one person; {name, params}, or undefined where there is nothing to do it to. */
export function draw(random, world, actor) {
  const deeds = random.weighed([
    [5, DEEDS],
    [3, EVENT_DEEDS],
    [3, RESOURCE_DEEDS],
  ]);
  const deed = random.weighed(deeds);
  return deed(random, world, actor);
}

const call = (name, params) => ({ name, params });
const channelOf = (random, { state }) => random.pick(Object.values(state.channels));
const managed = (random, { state }) =>
  random.pick(
    Object.values(state.channels).filter(({ mine, club }) => club && mine.can.includes("manage")),
  );

/** A message on somebody's screen. */
function messageOf(random, { state }, roots = false) {
  const all = Object.values(state.messages).filter(({ thread }) => !roots || !thread);
  return random.pick(all);
}

function text(random, world) {
  const words = [random.pick(WORDS), random.pick(WORDS)];
  if (random.chance(0.3)) words.push(`@[${random.pick(world.people).id}]`);
  if (random.chance(0.1)) words.push(random.pick(["@prefecture", "@elus", "@tous"]));
  return words.join(" ");
}

function post(random, world, actor) {
  const channel = channelOf(random, actor);
  const root = random.chance(0.35) ? messageOf(random, actor, true) : undefined;
  const where = root ? { channel: root.channel, thread: root.id } : { channel: channel?.id };
  if (!where.channel) return undefined;
  const files = attached(random, actor);
  const body = files.files && random.chance(0.5) ? "" : text(random, world);
  const posted = call("message.post", { ...where, body, ...files, nonce: nonce() });
  const then = async ({ id }) => actor.person.posted.push({ id, ...files });
  return files.files ? { ...posted, then } : posted;
}

const onMessage = (name, more, roots) => (random, world, actor) => {
  const message = messageOf(random, actor, roots);
  return message && call(name, more(random, message, world));
};
const ownMessages = ({ state, person }) =>
  Object.values(state.messages).filter(
    ({ author, deleted }) => author?.id === person.id && !deleted,
  );
/** One posted with files before others, be it on screen or not. */
function deleteOwn(random, _world, actor) {
  const message = actor.person.posted.pop() ?? random.pick(ownMessages(actor));
  const about = { files: message?.files };
  return message && { ...call("message.delete", { message: message.id }), about };
}
function editOwn(random, world, actor) {
  const message = random.pick(ownMessages(actor));
  return message && call("message.edit", { message: message.id, body: text(random, world) });
}
const onChannel = (name, more) => (random, world, actor) => {
  const channel = channelOf(random, actor);
  return channel && call(name, { channel: channel.id, ...more(random, channel, world) });
};
const onManaged = (name, more) => (random, world, actor) => {
  const channel = managed(random, actor);
  return channel && call(name, { channel: channel.id, ...more(random, channel, world) });
};
const someone = (random, world) => random.pick(world.people).id;
let channels = 0;

const DEEDS = [
  [30, post],
  [5, editOwn],
  [
    2,
    onMessage("message.edit", (random, { id }, world) => ({
      message: id,
      body: text(random, world),
    })),
  ],
  [3, onMessage("message.delete", (_, { id }) => ({ message: id }))],
  [6, deleteOwn],
  [
    8,
    onMessage("reaction.set", (random, { id }) => ({
      message: id,
      emoji: random.pick(EMOJIS),
      on: random.chance(0.7),
    })),
  ],
  [3, onMessage("pin.set", (random, { id }) => ({ message: id, pinned: random.chance(0.7) }))],
  [3, onMessage("saved.set", (random, { id }) => ({ message: id, saved: random.chance(0.7) }))],
  [
    3,
    onMessage(
      "thread.follow",
      (random, { id }) => ({ thread: id, follow: random.chance(0.6) }),
      true,
    ),
  ],
  [
    3,
    onMessage(
      "thread.read",
      (random, { id }) => ({ thread: id, position: id + random.between(-5, 60) }),
      true,
    ),
  ],
  [8, onMessage("read.set", (_, { id, channel }) => ({ channel, position: id }))],
  [
    2,
    onChannel("read.set", (random, { mine }) => ({
      position: Math.max(0, mine.position - random.between(0, 50)),
    })),
  ],
  [3, onChannel("draft.set", (random) => ({ body: random.chance(0.7) ? random.pick(WORDS) : "" }))],
  [
    2,
    onChannel("notification.set", (random) => ({
      level: random.pick(["all", "mentions", "none"]),
    })),
  ],
  [2, onManaged("channel.update", (random) => ({ purpose: random.pick(WORDS) }))],
  [2, onManaged("channel.archive", (random) => ({ archived: random.chance(0.4) }))],
  [1, onManaged("channel.move", () => ({}))],
  [4, onManaged("channel.member_add", (random, _, world) => ({ person: someone(random, world) }))],
  [
    3,
    onManaged("channel.member_remove", (random, _, world) => ({ person: someone(random, world) })),
  ],
  [
    2,
    (random, world, { state }) => {
      const club = random.pick(
        Object.values(state.clubs).filter(({ can }) => can.includes("manage")),
      );
      if (!club || channels > 60) return undefined;
      const kind = random.pick(["open", "private"]);
      const members = kind === "private" ? [someone(random, world)] : [];
      return call("channel.create", { club: club.id, name: `Canal ${++channels}`, kind, members });
    },
  ],
  [1, (random, world) => call("channel.enter", { channel: random.pick(world.privates) })],
  [2, (random, world) => call("direct.open", { people: [someone(random, world)] })],
  [
    3,
    (random) =>
      call("profile.set", {
        offer: random.pick(WORDS),
        phone: random.chance(0.5) ? `04 74 00 00 ${random.between(10, 99)}` : "",
        themes: [random.between(1, 7)],
        shows: ["offer", "themes", "email", "phone"].filter(() => random.chance(0.6)),
      }),
  ],
  [
    2,
    (random, _world, { state }) => {
      const club = random.pick(
        Object.values(state.clubs).filter(({ can }) => can.includes("manage")),
      );
      const people = random.chance(0.5) ? [{ name: random.pick(WORDS) }] : [];
      return club && call("club.card_set", { club: club.id, service: random.pick(WORDS), people });
    },
  ],
  [1, (random) => call("profile.update", { name: `Nom ${random.between(1, 99)}` })],
];
