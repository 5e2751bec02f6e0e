// Clients made to harm, several shapes at once: the others wait less than 200 ms, and whoever attacks
// is cut within 30 s. LONG=1: more of each, and slowhttptest.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { before, describe, it } from "node:test";
import { promisify } from "node:util";
import { lifetime } from "../lib/server.mjs";
import { house, LONG, program } from "./house.mjs";
import { beside, metric, quantile } from "./watch.mjs";

const CUT_MS = 30_000;
const OTHERS_MS = 200;
const SECONDS = 31;

describe("a flood", () => {
  const life = lifetime();
  let home;

  before(async () => {
    home = await house(life, 100);
  });

  /** Runs an attack beside somebody who behaves. */
  async function attackBy(run, seconds) {
    const before = beside(home.anne);
    await new Promise((done) => setTimeout(done, 1000));
    const quiet = await before.stop();
    const probe = beside(home.anne);
    let left; // while the attackers still hold on
    const counted = new Promise((done) => setTimeout(done, (seconds - 1) * 1000)).then(async () => {
      left = (await metric(home.server, "net_connections")) - 3; // the member's, ours, and one on its way
    });
    const results = await run();
    await counted;
    const waits = await probe.stop();
    const p99 = { socket: quantile(waits.socket, 0.99), http: quantile(waits.http, 0.99) };
    // Where the machine itself is busy, a fair share of what is waited for anyway.
    const bound = Math.max(OTHERS_MS, 4 * quantile([...quiet.socket, ...quiet.http], 0.99));
    console.log(`# ${JSON.stringify({ p99, bound, left, results })}`);
    return { results, p99, bound, left };
  }

  /** The same, of shapes at once. */
  const attack = (shapes, seconds = SECONDS) =>
    attackBy(
      () =>
        Promise.all(
          Object.entries(shapes).map(([shape, count]) =>
            program(home.server, "flood", shape, { people: home.people, count, seconds }),
          ),
        ),
      seconds,
    );

  /** Of those that read nothing only the server knows that they are gone. */
  const deaf = ["unread", "sip", "deaf", "deaf-slow"];

  function judge({ results, p99, bound, left }) {
    for (const { shape, opened, cut, longest_ms } of results) {
      if (!deaf.includes(shape)) assert.equal(cut, opened, `${shape}: cut`);
      assert.ok(longest_ms < CUT_MS, `${shape}: ${longest_ms} ms`);
    }
    assert.ok(left <= 0, `${left} connections left`);
    judgeOthers({ p99, bound });
  }

  function judgeOthers({ p99, bound }) {
    assert.ok(p99.socket < bound, `over the socket: p99 ${p99.socket} ms`);
    assert.ok(p99.http < bound, `over HTTP: p99 ${p99.http} ms`);
  }

  it("of many slow shapes at once is cut within 30 s, and the others do not feel it", async () => {
    const slow = "half head body unread sip drip dribble fragments empties deaf".split(" ");
    const shapes = Object.fromEntries(slow.map((shape) => [shape, LONG ? 400 : 40]));
    judge(await attack({ ...shapes, "deaf-slow": 40, pings: LONG ? 20 : 2 }));
  });

  it("of fast shapes at once is cut, and the others do not feel it", async () => {
    const many = LONG ? 20 : 4;
    judge(await attack({ pongs: many, tiny: many, json: many }, LONG ? SECONDS : 5));
  });

  it("of connections and of logins is not felt by the others", async () => {
    const shapes = LONG ? { churn: 500, logins: 200 } : { churn: 50, logins: 10 };
    judgeOthers(await attack(shapes, LONG ? 30 : 3));
  });

  const modes = { "-H": "slow heads", "-B": "slow bodies", "-R": "ranges", "-X": "slow reading" };

  /** Of slowhttptest, 1,000 connections in each of these modes at once. */
  async function slowhttptest(asked) {
    const words = "-c 1000 -r 200 -i 5 -l 20 -p 3 -u".split(" ");
    const run = (mode) => promisify(execFile)("slowhttptest", [mode, ...words, home.server.url]);
    const attackers = () => Promise.all(asked.map(async (mode) => (await run(mode)).stdout.length));
    judgeOthers(await attackBy(attackers, 21));
  }

  for (const [mode, what] of Object.entries(modes)) {
    it(`of slowhttptest's ${what} is not felt by the others`, { skip: !LONG }, () =>
      slowhttptest([mode]),
    );
  }

  it("of slowhttptest's four modes at once is not felt by the others", { skip: !LONG }, () =>
    slowhttptest(Object.keys(modes)),
  );
});
