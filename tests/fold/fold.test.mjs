// Law 2, on random histories: what a client holds (a snapshot, then facts, with breaks and resumes) is
// what a client that loads now would hold. Through the real server and the web client's own reducer.
// SEED=n replays the choices; the order in which the server takes concurrent deeds is its own.
import assert from "node:assert/strict";
import { it } from "node:test";
import { value } from "../lib/database.mjs";
import { resourceAt } from "../lib/library.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";
import { World } from "../matrix/world.mjs";
import { compare } from "./compare.mjs";
import { supply } from "./files.mjs";
import { draw } from "./history.mjs";
import { Mirror, unlessRefused } from "./mirror.mjs";

const HISTORIES = process.env.LONG ? 100 : 8;
const ROUNDS = 36; // of a history: deeds, then a look at everybody
const DEEDS = 12; // on their way together
/** Deeds that no run of all histories is without. */
const MUST = [
  "message.post with files",
  "message.edit",
  "message.delete",
  "message.delete with files",
  "event.create with documents",
  "event.update with documents",
  "event.register",
  "event.cancel",
  "resource.create with file",
  "resource.propose",
  "resource.publish with at",
  "resource.publish",
  "resource.return",
  "resource.withdraw",
  "resource.update",
  "resource.delete",
  "edition.add with file",
  "edition.use",
  "profile.set",
  "profile.update",
  "club.card_set",
  "person.erase",
];
const WITH = ["files", "documents", "file", "at", "thread"];

/** People of every role, each with a mirror that is up, or away. */
async function stage(server) {
  const world = await World.create(server);
  const cast = await world.cast();
  const roles = ["invited", "lecteur", "elu", "partenaire", "chef", "animateur", "autre", "admin"];
  world.people = roles.map((role) => Object.assign(cast[role], { role }));
  world.privates = [world.private, await world.channel({ kind: "private" })];
  world.events = []; // {id, by, club}
  const { host, hostElsewhere, hostOfAll, root } = world;
  await supply([...world.people, host, hostElsewhere, hostOfAll, root]);
  world.resources = []; // {id, by, keeper}
  world.witnesses = await witnesses(world);
  world.mirrors = [];
  for (const person of world.people) {
    const mirror = new Mirror(server, person.credential);
    await mirror.begin();
    world.mirrors.push(Object.assign(mirror, { role: person.role, person, up: true }));
  }
  return world;
}

/** People who do nothing but be shown, with all that can be erased with them. */
async function witnesses(world) {
  const made = Array.from({ length: 3 }, async () => {
    const who = await world.newcomer();
    await supply([who]);
    await world.said(who, world.open, { files: [who.files.pop()] });
    const more = { file: who.files.pop() };
    await resourceAt("published", who, world.host, world.club, more);
    const shows = ["offer", "themes", "email", "phone"];
    await who.ask("profile.set", {
      offer: "Une halle",
      phone: "04 74 00 00 00",
      themes: [1],
      shows,
    });
    return who;
  });
  return Promise.all(made);
}

async function erase(random, world) {
  const person = world.witnesses.pop()?.id;
  const messages = random.pick(["keep", "remove"]);
  if (person) await world.root.ask("person.erase", { person, messages });
  if (person) note("person.erase", {});
}

/** What only an operator, an animateur or an administrator can do to the others. */
function upheaval(random, world) {
  const person = random.pick(world.people);
  const { server, root, host } = world;
  const insist = (promise) => promise.catch(unlessRefused);
  return random.weighed([
    [2, () => insist(server.admin("member.add", joining(random, person)))],
    [2, () => insist(leave(world, person))],
    [1, () => insist(change(random, world, person))],
    [1, () => insist(succeed(world, person))],
    [1, () => insist(erase(random, world))],
    [
      1,
      () =>
        insist(
          host.ask("channel.update", {
            channel: world.open,
            name: `Général ${random.between(1, 9)}`,
          }),
        ),
    ],
    [1, () => insist(root.ask("channel.enter", { channel: random.pick(world.privates) }))],
  ])();
}

function joining(random, { email, role }) {
  const departement = random.pick(["01", "974", "40"]);
  return { email, name: role, role: random.pick(["elu", "partenaire", "lecteur"]), departement };
}

async function membershipOf(world, person) {
  const { members } = await world.host.ask("member.list", { club: world.club, limit: 100 });
  return members.find(({ id }) => id === person.id)?.memberships[0];
}

async function leave(world, person) {
  const membership = await membershipOf(world, person);
  if (membership?.tenure) await world.host.ask("tenure.end", { tenure: membership.tenure });
  else if (membership) await world.host.ask("membership.end", { membership: membership.id });
}

async function change(random, world, person) {
  const membership = await membershipOf(world, person);
  const role = random.pick(["elu", "partenaire", "lecteur"]);
  if (membership) await world.host.ask("membership.change", { membership: membership.id, role });
}

async function succeed(world, person) {
  await world.host.ask("tenure.give", { club: world.club, person: person.id });
}

/** Something that happens to one mirror meanwhile. */
async function happen(random, world, mirror) {
  if (!mirror.up) {
    if (random.chance(0.5)) {
      await mirror.begin();
      mirror.up = true;
    }
    return;
  }
  const { channels, messages } = mirror.state;
  const look = random.weighed([
    [3, () => mirror.fetchWanted()],
    [3, () => openChannel(mirror, random.pick(Object.keys(channels)))],
    [2, () => openThread(mirror, random.pick(Object.values(messages)))],
    [3, () => mirror.openAgenda()],
    [3, () => mirror.openLibrary()],
    [2, () => openCard(mirror, random.pick(Object.values(mirror.state.clubs)))],
    [3, () => mirror.openPerson(random.pick([...world.people, ...world.witnesses]).id)],
    [2, () => leaveLine(mirror)],
  ]);
  await look();
}

const openChannel = (mirror, id) => id && mirror.open(Number(id)).catch(unlessRefused);
const openCard = (mirror, club) =>
  club?.can.includes("read") && mirror.openCard(club.id).catch(unlessRefused);
const openThread = (mirror, message) =>
  message && !message.thread && mirror.open(message.channel, message.id).catch(unlessRefused);

async function leaveLine(mirror) {
  mirror.up = false;
  await mirror.drop();
}

const done = {};
/** Counts what was done, and with what: "message.post", "message.post with files". */
function note(name, params) {
  const words = [name, ...WITH.filter((key) => params[key]).map((key) => `${name} with ${key}`)];
  for (const word of words) done[word] = (done[word] ?? 0) + 1;
}

async function perform({ name, params, about, by, then }, person) {
  const reply = await (by ?? person).ask(name, params).catch(unlessRefused);
  if (!reply) return;
  note(name, { ...params, ...about });
  if (then) await then(reply).catch(unlessRefused);
}

async function round(random, world) {
  const deeds = Array.from({ length: DEEDS }, async () => {
    const mirror = random.pick(world.mirrors);
    if (random.chance(0.08)) return upheaval(random, world);
    const deed = draw(random, world, mirror);
    if (deed) await perform(deed, mirror.person);
  });
  const looks = Array.from({ length: 3 }, () => random.pick(world.mirrors));
  const events = [...new Set(looks)].map((mirror) => happen(random, world, mirror));
  await Promise.all([...deeds, ...events]);
}

function complain(mirror, found, where) {
  const ids = new Set(found.join(" ").match(/\d{2,}/g));
  const events = new Set(
    found.map((path) => Number(/^\.(?:events|attending)\.(\d+)/.exec(path)?.[1] ?? 0)),
  );
  events.delete(0);
  const isAbout = (fact) =>
    events.has(fact.event?.id ?? fact.event ?? fact.mine?.event) ||
    JSON.stringify(fact)
      .match(/\d{2,}/g)
      ?.some((id) => ids.has(id) && !events.size);
  const about = mirror.state.recent.filter(isAbout).map((fact) => JSON.stringify(fact));
  const told = about.map((fact) => fact.slice(0, 300)).slice(-30);
  assert.fail(
    [
      `${where}, ${mirror.role} (${mirror.person.id}): held / loaded`,
      ...found,
      "told:",
      ...told,
    ].join("\n"),
  );
}

async function checkAll(world, where) {
  for (const mirror of world.mirrors.filter(({ up }) => up)) {
    await mirror.quiet();
    const found = compare(mirror, await mirror.afresh());
    if (!found.length) continue;
    // Seats are counted a second after they change: perhaps between the two looks.
    await until(() => !seatsToCount(world.server));
    await mirror.quiet();
    const left = compare(mirror, await mirror.afresh());
    if (left.length) complain(mirror, left, where);
  }
}

const seatsToCount = (server) =>
  value(server, "SELECT count(*) FROM due WHERE command = 'event.count'");

for (let i = 0; i < HISTORIES; i++) {
  it(`a state and its facts make the state that would be loaded (SEED=${seed + i})`, async (t) => {
    const random = new Random(seed + i);
    const world = await stage(await startServer(t));
    for (let n = 0; n < ROUNDS; n++) {
      await round(random, world);
      if (random.chance(0.3)) await checkAll(world, `round ${n}`);
    }
    for (const mirror of world.mirrors.filter(({ up }) => !up)) {
      await mirror.begin();
      mirror.up = true;
    }
    await checkAll(world, "at the end");
  });
}

it("the histories had in them what there is to do", () => {
  assert.deepEqual(
    MUST.filter((word) => !done[word]),
    [],
  );
});
