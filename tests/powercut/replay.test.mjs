// Law 2 through a cut of the power: who had loaded the page before it, and comes back after it with their
// cursor, holds what somebody holds who loads it then. The real server on the disk that the cut left, and
// the web client's own reducer.
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { compare } from "../fold/compare.mjs";
import { Mirror } from "../fold/mirror.mjs";
import { Random, seed } from "../lib/random.mjs";
import { folder, startServer } from "../lib/server.mjs";
import { told } from "./powercut.mjs";

const CUTS = process.env.LONG ? 100 : 3;
const LOSSES = ["all", "none", "tail", "subset", "torn", "zeros", "garbage", "mixed"];
// The commits of a life that are acknowledged when the page is loaded: people talk, nothing is due.
const LOADED = "file.create";
const LAST = "migrate"; // a schema of the test's own: no server knows it

/** The server on what a cut leaves. */
async function serverAt(t, place, life, { at, loss, cut }) {
  const to = join(place, `cut-${at}-${loss}`);
  await told("leave", [...life, "--at", at, "--loss", loss, "--cut", cut, "--to", to]);
  return startServer(t, { copyOf: join(to, "data") });
}

/** One that comes back is never told to load again: it would show nothing. */
class Returning extends Mirror {
  async call(name, params) {
    const reply = await super.call(name, params);
    if (name === "session.resume") assert.equal(reply.reload ?? false, false);
    return reply;
  }
}

async function load(server, tokens) {
  const mirrors = [];
  for (const [role, token] of Object.entries(tokens)) {
    const mirror = Object.assign(new Returning(server, { token }), { role });
    await mirror.begin();
    await mirror.openAgenda();
    await mirror.openLibrary();
    for (const id of Object.keys(mirror.state.channels)) await mirror.open(Number(id));
    mirrors.push(mirror);
  }
  return mirrors;
}

it(`a state from before ${CUTS} cuts, and its facts, make the state after it (SEED=${seed})`, async (t) => {
  const random = new Random();
  const place = folder(t);
  const life = ["--seed", seed, "--now", Date.now()];
  const { commits, tokens } = JSON.parse(await told("facts", life));
  const loaded = commits.find(({ what }) => what === LOADED).begun;
  const last = commits.find(({ what }) => what === LAST).begun;
  const before = await serverAt(t, place, life, { at: loaded, loss: "none", cut: 1 });
  const mirrors = await load(before, tokens);
  for (const mirror of mirrors) await mirror.close();
  // All that a page holds: what it has loaded, and as of which number.
  const pages = mirrors.map(({ state, agendaSince, librarySince }) => ({
    state,
    agendaSince,
    librarySince,
  }));
  let missed = 0;
  for (let i = 0; i < CUTS; i++) {
    const how = { at: random.between(loaded, last), loss: random.pick(LOSSES), cut: i };
    const server = await serverAt(t, place, life, how);
    for (const [n, mirror] of mirrors.entries()) {
      Object.assign(mirror, { server, ...pages[n] });
      await mirror.begin();
      missed += mirror.state.seq - pages[n].state.seq;
      await mirror.quiet();
      assert.deepEqual(
        compare(mirror, await mirror.afresh()),
        [],
        `${mirror.role}, ${JSON.stringify(how)}`,
      );
      await mirror.close();
    }
    await server.finish();
  }
  assert.ok(missed > 0, "nobody had missed anything");
});
