// Calls that fail in the real server, the Nth and those after it, of each kind and with each reason. What
// may come of it: a clear error, and nothing was changed; or the server stops, and nothing acknowledged is
// lost. Never a wrong answer, a half thing or silence.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { rows } from "../lib/database.mjs";
import { Random, seed } from "../lib/random.mjs";
import { folder, startServer } from "../lib/server.mjs";
import { announce, random as anything, patch } from "../lib/upload.mjs";
import { deadline, until } from "../lib/wait.mjs";
import { EIO, EMFILE, ENOMEM, ENOSPC, Faults } from "./faults.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? (process.env.LONG ? 40 : 2)); // of each row of the table
const CLEAR = [1303, 1301, 1304, -32603]; // read-only, busy, deadline, internal: nothing was changed
const NOT_FOUND = 1105;
const PATIENCE_MS = 20_000;

/** Calls, reasons, how many of them the work below makes, how the process may end by it, and whether all
 *  those after the Nth may fail as well. */
const FAULTS = [
  ["pwrite", [ENOSPC, EIO], 40],
  ["fsync,fdatasync", [EIO, ENOSPC], 12],
  ["ftruncate", [EIO, ENOSPC], 3],
  ["pread", [EIO], 60],
  ["open", [EMFILE, ENOMEM, EIO], 8],
  ["rename", [EIO, ENOSPC], 1],
  ["unlink", [EIO], 2],
  ["mkdir", [ENOSPC], 1],
  ["mmap", [ENOMEM], 3],
  ["accept4", [EMFILE, ENOMEM], 6, [], false], // nobody is answered as long as it lasts
  ["send", [EIO, ENOMEM], 20],
  ["write", [ENOSPC], 30, ["SIGABRT"]], // the wake-up of the loop goes by one: libuv aborts
  // libuv aborts; libwebsockets 4.1.6 goes on with a handle that libuv refused to make.
  ["epoll_ctl", [ENOMEM, ENOSPC], 20, ["SIGABRT", "SIGSEGV"]],
  ["malloc", [ENOMEM], 400, ["SIGABRT"]], // so do we
];

/** A person at work under faults, who remembers what was answered and what was refused. */
class Worker {
  kept = new Map(); // id → body
  refused = new Set();
  doubts = new Map(); // id → what it may say, as long as nobody looked
  number = 0;

  constructor(server, client, channel) {
    Object.assign(this, { server, client, channel });
  }

  /** One thing of each kind; every answer is right, or a clear error, or the line is cut. */
  async work() {
    await this.#try(() => this.#connect());
    for (let i = 0; i < 3; i++) await this.#try(() => this.#post());
    await this.#try(() => this.#edit());
    await this.#try(() => this.#list());
    await this.#try(() => this.#upload());
    await this.#try(async () => {
      const { status, json } = await this.server.fetch("/readyz");
      assert.equal(status, 200);
      assert.equal(json.ready, true);
    });
  }

  async #try(step) {
    try {
      await deadline(step(), PATIENCE_MS, "no answer");
    } catch (error) {
      const cut = error.lost || ["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code);
      assert.ok(cut || CLEAR.includes(error.code), error.stack);
    }
  }

  async #connect() {
    await this.client.drop();
    await this.client.connect();
  }

  async #post() {
    const body = `n° ${this.number++}`;
    const sent = { channel: this.channel, body, nonce: nonce() };
    try {
      const { id } = await this.client.call("message.post", sent);
      this.kept.set(id, body);
    } catch (error) {
      if (CLEAR.includes(error.code)) this.refused.add(body);
      throw error;
    }
  }

  async #edit() {
    const [id, before] = [...this.kept].at(-1) ?? [];
    if (!id) return;
    const body = `n° ${this.number++}`;
    this.doubts.set(id, [before, body]);
    try {
      await this.client.call("message.edit", { message: id, body });
      this.kept.set(id, body);
      this.doubts.delete(id);
    } catch (error) {
      if (CLEAR.includes(error.code)) this.refused.add(body);
      throw error;
    }
  }

  async #list() {
    const { messages } = await this.client.call("message.list", {
      channel: this.channel,
      limit: 100,
    });
    this.#compare(new Map(messages.map(({ id, body }) => [id, body])), messages[0]?.id ?? 0);
  }

  async #upload() {
    await this.#drop();
    const data = anything(5000);
    const made = await announce(this.client, "a.bin", data.length);
    this.#isClear(made, 201);
    if (made.status !== 201) return;
    const { location } = made.headers;
    this.coming = location;
    const sent = await patch(this.client, location, 0, data);
    this.#isClear(sent, 204);
    if (sent.status !== 204) return;
    this.coming = undefined;
    const read = await this.client.server.fetch(location.replace("/fichiers/", "/fichier/"), {
      headers: this.client.headers(),
    });
    this.#isClear(read, 200);
    if (read.status === 200)
      assert.deepEqual(read.bytes, data, "what comes back is what was brought");
  }

  /** What an earlier fault left half come; it may be gone already, and the answer lost. */
  async #drop() {
    try {
      if (this.coming) await this.client.ask("file.drop", { key: this.coming.split("/").pop() });
    } catch (error) {
      if (error.code !== NOT_FOUND) throw error;
    }
    this.coming = undefined;
  }

  #isClear({ status, text }, good) {
    assert.ok(status === good || [500, 503, 507].includes(status), `${status} ${text}`);
  }

  #compare(there, from) {
    for (const [id, body] of this.kept) {
      const wordings = this.doubts.get(id) ?? [body];
      const found = there.get(id);
      if (id >= from) assert.ok(wordings.includes(found), `${id}: ${wordings}, not ${found}`);
    }
  }

  /** What is there is what was answered, and nothing that was refused. */
  verify(syncFailed) {
    const found = rows(this.server, `SELECT id, body FROM message WHERE channel = ${this.channel}`);
    const there = new Map(found.map(({ id, body }) => [id, body]));
    this.#compare(there, 0);
    const bodies = [...there.values()];
    assert.equal(new Set(bodies).size, bodies.length, "a message stands twice");
    // Of a failed sync nobody can say what reached the disk.
    if (!syncFailed) for (const body of this.refused) assert.ok(!bodies.includes(body), body);
    for (const id of this.doubts.keys()) this.kept.set(id, there.get(id));
    this.doubts.clear();
    this.refused.clear();
  }
}

async function atWork(t) {
  const faults = new Faults(folder(t));
  const server = await startServer(t, { env: faults.env });
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  return { faults, server, anne, channel, worker: new Worker(server, anne, channel) };
}

/** It writes again, by itself or, after a failed sync, once it is started again. */
async function comeBack({ server, faults }, ends) {
  await faults.arm(server, "");
  const state = await Promise.race([
    server.exited,
    until(async () => (await server.fetch("/readyz").catch(() => ({}))).json, PATIENCE_MS, "ready"),
  ]);
  const ended = typeof state !== "object";
  const syncFailed = /until_restart=1/.test(server.log);
  if (ended) {
    assert.ok(ends.includes(state), `it ended with ${state}\n${server.log.slice(-2000)}`);
    server.child = undefined;
    await server.start();
  } else if (syncFailed) {
    assert.equal(await server.stop(), 0);
    await server.start();
  }
  server.log = "";
  const writable = async () => (await server.fetch("/readyz")).json.writable;
  await until(writable, PATIENCE_MS, "it writes again");
  return syncFailed;
}

describe(`calls that fail (SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const random = new Random();

  for (const [calls, reasons, most, ends = [], mayLast = true] of FAULTS) {
    it(`${calls}: a clear error and nothing changed${ends.length > 0 ? ", or the end" : ""}`, async (t) => {
      const scene = await atWork(t);
      const { server, faults, worker } = scene;
      for (let round = 0; round < ROUNDS * reasons.length; round++) {
        const reason = reasons[round % reasons.length];
        const lasting = mayLast && random.chance(0.3) ? "+" : "";
        const spec = `${calls} ${random.between(1, most)}${lasting} ${reason}`;
        try {
          await faults.arm(server, spec);
          await worker.work();
          const syncFailed = await comeBack(scene, ends);
          const { code, stdout, stderr } = await server.cli("check");
          assert.equal(code, 0, stdout + stderr);
          worker.verify(syncFailed);
        } catch (error) {
          error.message = `${spec}: ${error.message}`;
          throw error;
        }
      }
      await faults.arm(server, "");
      await worker.client.drop();
      await worker.client.connect();
      await worker.client.say(worker.channel, "et il continue");
    });
  }

  it("a failed sync is never tried again before the next start", async (t) => {
    const { server, faults, anne, channel } = await atWork(t);
    await anne.say(channel, "avant");
    faults.syncs();
    await faults.arm(server, `fdatasync 1 ${EIO} beffroi.db-wal`);
    const refused = () => assert.rejects(anne.say(channel, "pendant"), { code: 1303 });
    await refused();
    await faults.arm(server, "");
    const asked = Date.now();
    await until(() => Date.now() - asked > 1500); // past the time at which a full disk is tried again
    await refused();
    assert.equal(await server.stop(), 0);
    const syncs = faults.syncs().filter((line) => line.includes("beffroi.db"));
    const failed = syncs.indexOf(`fdatasync beffroi.db-wal ${EIO}`);
    assert.notEqual(failed, -1);
    assert.deepEqual(syncs.slice(failed + 1), []);
    await server.start();
    await anne.connect();
    await anne.say(channel, "après");
  });

  it("without a descriptor left the door pauses instead of spinning, and opens again", async (t) => {
    const { server, faults } = await atWork(t);
    await faults.arm(server, `accept4 1+ ${EMFILE}`);
    const answer = server.fetch("/readyz");
    const asked = Date.now();
    await until(() => Date.now() - asked > 2500);
    await faults.arm(server, "");
    assert.equal((await deadline(answer, 5000, "the door stays shut")).status, 200);
    assert.ok(faults.counted() <= 12, `${faults.counted()} tries in 2.5 s`);
  });
});
