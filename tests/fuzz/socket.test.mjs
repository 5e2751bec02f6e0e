// Clients that do anything, to a server under the sanitizers: what comes back must be legal, and the server must
// live, with a database that is whole. SECONDS= says how long; SEED= draws the same acts again.
import assert from "node:assert/strict";
import { it } from "node:test";
import { channelOf, clubOf, member } from "../lib/cast.mjs";
import { announce } from "../lib/events.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";
import { ACTS } from "./acts.mjs";
import { Calls } from "./calls.mjs";
import { Peer } from "./peer.mjs";

const SECONDS = Number(process.env.SECONDS ?? 10);
const KEPT = 40; // acts that are told when something is wrong

/** Names of members, and the ids of what there is. */
async function makeWorld(server) {
  const anne = await member(server, "Anne", { role: "animateur" });
  const people = [anne];
  for (const role of ["chef_de_projet", "elu", "lecteur"])
    people.push(
      await member(server, role, { role: role === "chef_de_projet" ? "partenaire" : role }),
    );
  people.push(await member(server, "Zoé", { role: "animateur", departement: "974" }));
  people.push(await member(server, "Ada", { administrator: true }));
  const club = (await clubOf(anne)).id;
  const channel = (await channelOf(anne)).id;
  const said = [];
  for (const body of ["Bonjour", "Une **friche**"]) {
    const { id } = await anne.ask("message.post", { channel, body, nonce: `nonce-${body}` });
    said.push(id);
  }
  const event = await announce(anne, club);
  const ids = people.map(({ id }) => id);
  const pool = {
    club: [club, 1],
    channel: [channel, channel + 1, channel + 2],
    message: said,
    thread: said,
  };
  return {
    people,
    pool: { ...pool, event: [event], person: ids, people: ids, resource: [1], theme: [1, 2] },
  };
}

/** One client after the other, until the time is over. */
async function play(server, world, number, until) {
  const random = new Random(seed + number);
  const calls = new Calls(random, world.pool);
  const done = [];
  let peer;
  let count = 0;
  try {
    while (Date.now() < until && !world.isOver) {
      const person = random.pick(world.people);
      const at = { server, headers: person.headers(), calls, random, pool: world.pool };
      peer = await Peer.open(server, at.headers);
      if (!peer.hello) Object.assign(person, await member(server, "Autre", { role: "animateur" }));
      for (let i = random.between(5, 40); i > 0 && peer.hello && peer.isOpen; i--, count++) {
        done.push(await random.weighed(ACTS)({ ...at, peer }));
        if (random.chance(0.1)) await peer.settle();
      }
      await peer.settle();
      peer.destroy();
    }
  } catch (error) {
    world.isOver = true;
    error.message += `\nclient ${number}, seed ${seed}, after:\n${done.slice(-KEPT).join("\n")}`;
    throw error;
  } finally {
    peer?.destroy();
  }
  return count;
}

it(`takes ${SECONDS} s of anything (SEED=${seed})`, {
  timeout: (SECONDS + 120) * 1000,
}, async (t) => {
  const server = await startServer(t);
  const world = await makeWorld(server);
  const until = Date.now() + SECONDS * 1000;
  const counts = await Promise.all(
    [0, 1, 2, 3].map((number) => play(server, world, number, until)),
  );
  t.diagnostic(`${counts.reduce((a, b) => a + b)} acts`);
  assert.equal((await server.fetch("/healthz")).status, 200);
  await server.stop();
  const { code, stdout, stderr } = await server.cli("check");
  assert.equal(code, 0, stdout + stderr);
});
