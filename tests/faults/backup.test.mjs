// Backups made while people write, each proven whole; and a rehearsal of the day when one is needed: one
// command, a new epoch, what was erased stays erased, and every client finds its way back by itself.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { rows, value } from "../lib/database.mjs";
import { Random, seed } from "../lib/random.mjs";
import { cli, folder, startServer } from "../lib/server.mjs";
import { bring, random as bytes } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";
import { hashOf, Uploader, Writer } from "./load.mjs";

const BACKUPS = Number(process.env.BACKUPS ?? (process.env.LONG ? 100 : 5));
const RESTORE_EVERY = process.env.LONG ? 10 : 5;

const STEPS_OF_FILES = 12; // four files for each backup, which syncs every one there is

/**
 * People write while a backup is made and rest while it is looked at, and only so many files come: without
 * bounds each would be as much larger than the one before as that one took long, and a hundred never end.
 */
class Turns {
  constructor(writers, porter) {
    this.people = [...writers, porter];
    for (const writer of writers) writer.did = () => this.#answered(writer, this.resting);
    porter.did = () => this.#answered(porter, --this.steps > 0 ? this.resting : this.next);
    this.write();
  }

  #answered(person, pause) {
    person.answered++;
    return pause;
  }

  rest() {
    this.resting = this.next;
  }

  write() {
    this.wake?.();
    this.next = new Promise((done) => (this.wake = done));
    this.resting = undefined;
    this.steps = STEPS_OF_FILES;
  }

  get answered() {
    return this.people.reduce((sum, { answered }) => sum + answered, 0);
  }

  /** What `make` gives, and how many writes were answered meanwhile; it begins among them. */
  async during(make) {
    this.write();
    const first = this.answered;
    await until(() => this.answered > first, 10_000, "they write");
    const before = this.answered;
    const made = await make();
    const meanwhile = this.answered - before;
    this.rest();
    return { ...made, meanwhile };
  }
}

/** Integrity, references, full-text, counts, and the hash of each file, of a backup where it lies. */
async function proveWhole(place, file) {
  const data = join(place, "looked-at");
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  cpSync(file, join(data, "beffroi.db"));
  cpSync(`${file}.files`, join(data, "files"), { recursive: true });
  const { code, stdout, stderr } = await cli(["check", "--data", data]);
  assert.equal(code, 0, stdout + stderr);
  assert.equal(stdout, "ok\n", "nothing more than it names, nothing less");
  return { data };
}

async function restoreElsewhere(place, file) {
  const data = join(place, "restored");
  rmSync(data, { recursive: true, force: true });
  const { code, stderr } = await cli(["restore", "--data", data, file]);
  assert.equal(code, 0, stderr);
  assert.equal((await cli(["check", "--data", data])).stdout, "ok\n");
  return { data };
}

/** All that was acknowledged before it was begun is in it, as it was or as it was made since. */
function holds(copy, before, writers) {
  const there = new Map(
    rows(copy, "SELECT id, body FROM message").map(({ id, body }) => [id, body]),
  );
  for (const id of before) assert.ok(there.has(id), `message ${id} was there before the backup`);
  const known = new Set(
    writers.flatMap(({ client, sent }) =>
      Array.from({ length: sent }, (_, i) => `${client.id}/${i}`),
    ),
  );
  for (const body of there.values()) assert.ok(known.has(body) || body === "fichier", body);
}

it(`${BACKUPS} backups while people write: each is whole (SEED=${seed})`, {
  timeout: 3_600_000,
}, async (t) => {
  const random = new Random();
  const place = folder(t);
  const server = await startServer(t);
  const writers = [];
  for (let i = 0; i < 3; i++) {
    const client = await member(server, `Rédacteur ${i}`);
    writers.push(new Writer(client, random, (await channelOf(client)).id));
  }
  const bringer = await member(server, "Porteuse");
  const porter = new Uploader(bringer, random, (await channelOf(bringer)).id);
  const turns = new Turns(writers, porter);
  const { people } = turns;
  const runs = Promise.all(people.map((person) => person.run()));
  await until(() => people.every(({ answered }) => answered > 5));
  let written = 0;
  for (let i = 1; i <= BACKUPS; i++) {
    const file = join(place, `copy-${i}.db`);
    let before;
    let files;
    const { code, stderr, meanwhile } = await turns.during(() => {
      before = writers.flatMap(({ posts }) => [...posts.keys()]);
      files = porter.posted.map(({ hash }) => hash);
      return server.cli("backup", [file]);
    });
    assert.equal(code, 0, stderr);
    assert.ok(meanwhile > 0, "nobody wrote while it was made");
    written += meanwhile;
    const copy = await proveWhole(place, file);
    holds(copy, before, writers);
    for (const hash of files) assert.ok(existsSync(join(`${file}.files`, hash.slice(0, 2), hash)));
    if (i % RESTORE_EVERY === 0) holds(await restoreElsewhere(place, file), before, writers);
    rmSync(file);
    rmSync(`${file}.files`, { recursive: true });
  }
  t.diagnostic(`${written} writes were answered while they were made`);
  await server.kill();
  turns.write(); // who rests meets that it is gone
  await runs;
});

it("a rehearsal: the disk is lost, and everybody finds their way back", async (t) => {
  const place = folder(t);
  const server = await startServer(t);
  const anne = await connected(server, "Anne", { role: "animateur" });
  const paul = await connected(server, "Paul");
  const administrator = await member(server, "Administratrice", { administrator: true });
  const leaver = await connected(server, "Partante");
  const { id: channel } = await channelOf(anne);
  const content = bytes(200_000);
  const { key } = await bring(anne, "plan.bin", content);
  const kept = await anne.say(channel, "gardé", { files: [key] });
  const erased = await paul.say(channel, "à oublier");
  await leaver.say(channel, "mots de la partante");
  const file = join(place, "nuit.db");
  assert.equal((await server.cli("backup", [file])).code, 0);

  await paul.call("message.delete", { message: erased.id });
  await administrator.ask("person.erase", { person: leaver.id, messages: "remove" });
  const late = { channel, body: "écrit après la sauvegarde", nonce: nonce() };
  const { id: lost } = await paul.call("message.post", late);
  const { epoch } = paul.hello;
  const cursor = Math.max(...paul.facts.map(({ seq }) => seq));
  await server.kill();
  const ledger = join(place, "erasures.log");
  cpSync(join(server.data, "erasures.log"), ledger);
  rmSync(server.data, { recursive: true });
  mkdirSync(server.data, { mode: 0o700 });
  cpSync(ledger, join(server.data, "erasures.log")); // kept beside the backups: docs say so

  const { code, stdout, stderr } = await server.cli("restore", [file]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /2 erasures/);
  assert.equal((await server.cli("check")).stdout, "ok\n");
  await server.start();
  assert.deepEqual(rows(server, "PRAGMA foreign_key_check"), []);
  assert.equal(value(server, "SELECT count(*) FROM message WHERE body LIKE '%partante%'"), 0);

  await paul.connect();
  assert.notEqual(paul.hello.epoch, epoch);
  assert.equal((await paul.call("session.resume", { epoch, cursor })).reload, true);
  const state = await paul.call("state.get", {});
  assert.ok(state.seq >= 0);
  const again = await paul.call("message.post", late); // their outbox sends it once more, if it still has it
  const { messages } = await paul.call("message.list", { channel });
  assert.deepEqual(
    messages.map(({ id, body }) => [id, body]).filter(([, body]) => body),
    [
      [kept.id, "gardé"],
      [again.id, late.body],
    ],
  );
  assert.ok(lost > kept.id);
  const read = await server.fetch(`/fichier/${key}`, { headers: anne.headers() });
  assert.equal(hashOf(read.bytes), hashOf(content));
});
