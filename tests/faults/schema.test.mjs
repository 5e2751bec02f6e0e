// From every schema there was, with people and their words in it, to the newest: whole, killed at any call
// of the way, or refused without a change where the program is the older one. For each earlier version a
// database is made as that version left it (schema_at.c), filled from the demonstration.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { change, value } from "../lib/database.mjs";
import { Random, seed } from "../lib/random.mjs";
import { cli, folder, lifetime } from "../lib/server.mjs";
import { isKilled, sweep, TOOLS } from "./faults.mjs";

const TAKE = Number(process.env.TAKE ?? 3); // kills on the way from each version
const tool = (...words) =>
  execFileSync(join(TOOLS, "schema_at"), words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
const LATEST = Number(tool());

describe(`upgrades to schema ${LATEST} (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const life = lifetime();
  const random = new Random();
  let place;
  let data;
  let demo;

  before(async () => {
    place = folder(life);
    data = join(place, "data");
    demo = join(place, "demo");
    assert.equal((await cli(["demo", "--data", demo])).code, 0);
    for (let version = 1; version < LATEST; version++) {
      tool(String(version), at(version), join(demo, "beffroi.db"));
    }
  });

  /** Those that are tried here: all, or the first, the last but one, and one between. */
  const versions = () =>
    process.env.LONG
      ? Array.from({ length: LATEST - 1 }, (_, i) => i + 1)
      : [...new Set([1, random.between(2, LATEST - 2), LATEST - 1])];
  const at = (version) => join(place, `schema-${version}.db`);
  const versionNow = () => value({ data }, "PRAGMA user_version");
  /** A data directory of that version. */
  const lay = (version) => {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data);
    cpSync(at(version), join(data, "beffroi.db"));
    cpSync(join(demo, "files"), join(data, "files"), { recursive: true });
  };
  /** All that is in it. */
  const digest = () =>
    createHash("sha256")
      .update(execFileSync("sqlite3", [join(data, "beffroi.db"), ".dump"], { maxBuffer: 1 << 28 }))
      .digest("hex");
  const upgrade = (env = {}) => cli(["user", "list", "--data", data], { env });
  const isWhole = async (point) => {
    const { code, stdout, stderr } = await cli(["check", "--data", data]);
    assert.equal(code, 0, `${point}: ${stdout}${stderr}`);
  };

  it("every version with data comes to the newest, whole", async () => {
    for (let version = 1; version < LATEST; version++) {
      lay(version);
      assert.equal((await upgrade()).code, 0);
      assert.equal(versionNow(), LATEST, `from ${version}`);
      await isWhole(`from ${version}`);
      if (version >= 5) assert.ok(value({ data }, "SELECT count(*) FROM message") > 1000);
    }
  });

  it("killed anywhere on its way it goes on from there, and comes to the same", async (t) => {
    let kills = 0;
    for (const version of versions()) {
      let whole;
      kills += await sweep(folder(t), random, {
        actions: ["kill", "kill", "after", "tear"],
        take: TAKE,
        prepare: () => lay(version),
        run: upgrade,
        judge: async ({ result, point, undisturbed }) => {
          const from = `from ${version}, ${point}`;
          if (undisturbed) {
            assert.equal(result.code, 0, result.stderr);
            whole = digest();
            return;
          }
          assert.ok(isKilled(result) || result.code === 0, `${from}: ${result.stderr}`);
          const reached = versionNow();
          assert.ok(reached >= version && reached <= LATEST, from);
          const again = await upgrade();
          assert.equal(again.code, 0, `${from}: ${again.stderr}`);
          assert.equal(digest(), whole, from);
          await isWhole(from);
        },
      });
    }
    t.diagnostic(`${kills} kills`);
  });

  it("a disk that fails on the way leaves a whole database, and is told", async (t) => {
    for (const reason of [28, 5]) {
      const failures = await sweep(folder(t), random, {
        calls: "pwrite,fdatasync",
        actions: [reason],
        take: 2 * TAKE,
        prepare: () => lay(1),
        run: upgrade,
        judge: async ({ result, point, undisturbed }) => {
          if (!undisturbed && result.code !== 0) {
            assert.equal(result.code, 1, `${point}: ${result.stderr}`);
            assert.match(result.stderr, /cannot (open|bring)|could not be|level=error/, point);
          }
          assert.equal((await upgrade()).code, 0, point);
          await isWhole(point);
        },
      });
      t.diagnostic(`${failures} calls failed with ${reason}`);
    }
  });

  it("a newer database is refused with a kind word, and not a byte of it is changed", async () => {
    rmSync(data, { recursive: true, force: true });
    cpSync(demo, data, { recursive: true });
    change({ data }, `PRAGMA user_version = ${LATEST + 1}`);
    const all = () =>
      ["beffroi.db", "beffroi.db-wal"]
        .map((name) => join(data, name))
        .map((path) => (existsSync(path) ? readFileSync(path).toString("base64") : ""))
        .join();
    const before = all();
    for (const words of [
      ["serve", "--listen", "127.0.0.1:0"],
      ["user", "list"],
    ]) {
      const { code, stderr } = await cli([...words, "--data", data]);
      assert.equal(code, 1);
      assert.match(stderr, /newer beffroi/);
    }
    assert.equal((await cli(["check", "--data", data])).code, 3);
    assert.equal(all(), before);
  });
});
