// Members who read nothing for a while, and all lines cut at once: nobody else notices, nothing is
// lost, nothing is told twice. LONG=1: minutes, and 10,000 sockets.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { house, LONG, limit, program, started } from "./house.mjs";

const nothingWrong = { lost: 0, twice: 0, misordered: 0, reloads: 0, refused: 0 };
const pick = (object, keys) => Object.fromEntries(keys.map((key) => [key, object[key]]));
const judged = (result) => pick(result, Object.keys(nothingWrong));

describe("members who are slow or gone", () => {
  const life = lifetime();
  let home;

  before(async () => {
    home = await house(life, LONG ? 1000 : 110);
  });

  it("who stall cost the others nothing, stay within their bound, and resume without loss", async () => {
    const stalled = 100;
    const how = LONG ? { rate: 3, seconds: 300 } : { rate: 8, seconds: 6 };
    const result = await program(home.server, "crowd", "stall", {
      people: home.people,
      active: 1000,
      stalled,
      ...how,
    });
    console.log(`# ${JSON.stringify(result)}`);
    assert.deepEqual(judged(result), nothingWrong);
    assert.equal(result.cut_active, 0, "nobody who reads was cut");
    const bound = (2 * stalled * limit("LIMIT_SOCKET_QUEUE_BYTES")) / 1024;
    const grown = result.rss_beside_kb - result.rss_alone_kb;
    assert.ok(grown < bound, `${grown} KB for ${stalled} stalled readers, at most ${bound}`);
    const { alone, beside } = result;
    assert.ok(
      beside.p99_ms < Math.max(5 * alone.p99_ms, 200),
      `p99 ${alone.p99_ms} -> ${beside.p99_ms} ms`,
    );
  });

  it("are all back within 15 s of a cut, with what was said meanwhile", async () => {
    const result = await program(home.server, "crowd", "cut", {
      people: home.people,
      active: LONG ? 10_000 : 1000,
    });
    console.log(`# ${JSON.stringify(result)}`);
    assert.deepEqual(judged(result), nothingWrong);
    assert.ok(result.back_ms > 0 && result.back_ms < 15_000, `${result.back_ms} ms`);
  });

  it("are all back within 15 s of a restart", async (t) => {
    const crowd = started(t, home.server, "crowd", "cut", {
      people: home.people,
      active: LONG ? 10_000 : 1000,
      wait: true,
    });
    assert.equal(await crowd.line(), "ready");
    await home.server.kill();
    assert.equal(await crowd.line(), "gone");
    await home.server.start();
    crowd.say("");
    const result = JSON.parse(await crowd.line());
    console.log(`# ${JSON.stringify(result)}`);
    assert.deepEqual(judged(result), nothingWrong);
    assert.ok(result.back_ms > 0 && result.back_ms < 15_000, `${result.back_ms} ms`);
  });
});
