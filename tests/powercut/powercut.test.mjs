// The power is cut at the places where a server wrote, and the disk is what a cut may leave of it: all that
// was acknowledged is there, once, and nothing by halves. What this can see is shown by controls, which
// must fail. SEED=n plays a life again; a point that fails says how to have it alone.
import assert from "node:assert/strict";
import { it } from "node:test";
import { seed } from "../lib/random.mjs";
import { points, told } from "./powercut.mjs";

const SEEDS = process.env.LONG ? 20 : 1;
const POINTS = process.env.LONG ? 5000 : 500; // of each seed
const RESTORE_POINTS = process.env.LONG ? 10_000 : 200;
const RESTORE = ["--script", "tests/powercut/restore.txt", "--only", "restore"];
const CONTROL_POINTS = process.env.LONG ? 1000 : 80;

it(`a life uses every table of the schema (SEED=${seed})`, async () => {
  assert.equal(await told("unused", ["--seed", seed]), "");
});

it("one seed asks the same of the disk twice", async () => {
  const log = await told("log", ["--seed", seed]);
  assert.equal(await told("log", ["--seed", seed]), log);
  assert.notEqual(await told("log", ["--seed", seed + 1]), log);
});

for (let i = 0; i < SEEDS; i++) {
  it(`loses nothing at ${POINTS} cuts of the power (SEED=${seed + i})`, async (t) => {
    const { failed, text } = await points(POINTS, ["--seed", seed + i]);
    t.diagnostic(text.trim());
    assert.equal(failed, 0, text);
  });
}

it(`leaves the database or what was restored, at ${RESTORE_POINTS} cuts of a restore (SEED=${seed})`, async (t) => {
  const { failed, text } = await points(RESTORE_POINTS, [...RESTORE, "--seed", seed]);
  t.diagnostic(text.trim());
  assert.equal(failed, 0, text);
});

/** What must be noticed, and as what. */
const CONTROLS = [
  ["a restore whose names are not synced", [...RESTORE, "--forget", "data"], /the state|open/],
  ["commits that are not synced (synchronous=NORMAL)", ["--careless"], /the state is that of/],
  ["a log of SQLite that is not synced", ["--forget", "data/beffroi.db-wal"], /the state is/],
  ["a checkpoint that is not synced", ["--forget", "data/beffroi.db"], /the state|integrity/],
  ["names of the data directory that are not synced", ["--forget", "data"], /does not open|state/],
  [
    "contents whose rows are committed before their bytes",
    ["--forget", "data/files/coming/*"],
    /content \d/,
  ],
  ["contents whose names are not synced", ["--forget", "data/files/??"], /is missing/],
  ["folders of contents that are not synced", ["--forget", "data/files"], /is missing/],
  ["a ledger that is not synced", ["--forget", "data/erasures.log"], /not in the ledger/],
  ["letters that are not synced", ["--forget", "data/mail/*"], /was sent and is not there/],
  ["names of letters that are not synced", ["--forget", "data/mail"], /was sent and is not there/],
];
for (const [what, args, complaint] of CONTROLS) {
  it(`notices ${what}`, async () => {
    const { failed, text } = await points(CONTROL_POINTS, ["--seed", seed, ...args]);
    assert.ok(failed > 0, text);
    assert.match(text, complaint);
  });
}
