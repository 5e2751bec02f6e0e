// Files under kill -9 and on a disk that fills up: what was said to have come is there, what a message
// shows is whole, rows and contents agree after each start, and every upload ends as it began.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { png } from "../lib/image.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";
import { announce, random as anything, bring, offsetOf, patch } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

const KILLS = process.env.LONG ? 200 : 12;
const UPLOADERS = 4;
const MAX_BYTES = 3_000_000;

const hashOf = (data) => createHash("sha256").update(data).digest("hex");
const contentAt = (server, hash) => join(server.data, "files", hash.slice(0, 2), hash);
/** An answer that never came: the server was killed. */
const isCut = ({ code }) =>
  ["ECONNRESET", "ECONNREFUSED", "EPIPE", "UND_ERR_SOCKET"].includes(code);

/** Brings files one after the other, in pieces, and posts or drops each; goes on after a kill. */
class Uploader {
  constructor(client, channel, random) {
    Object.assign(this, { client, channel, random, posted: [], deleted: [] });
  }

  async run() {
    try {
      for (;;) await this.#step();
    } catch (error) {
      if (!isCut(error)) throw error;
    }
  }

  /** Ends what is under way. */
  async finish() {
    while (this.file) await this.#step();
  }

  async #step() {
    this.file ??= this.#fresh();
    const { file } = this;
    if (!file.path) await this.#announce(file);
    else if (!file.whole) await this.#send(file);
    else await this.#use(file);
  }

  #fresh() {
    const { random } = this;
    const isImage = random.chance(1 / 4);
    const data = isImage
      ? png(random.between(20, 220), random.between(20, 220))
      : anything(random.between(1, MAX_BYTES));
    return { data, isImage, nonce: nonce(), name: isImage ? "a.png" : "a.bin" };
  }

  async #announce(file) {
    const { status, headers, text } = await announce(this.client, file.name, file.data.length);
    assert.equal(status, 201, text);
    file.path = headers.location;
    file.key = file.path.split("/").pop();
    file.said = 0;
  }

  /** A piece from where the server says it is: never less than it said before, but of a file whose
   *  last piece was cut from its row. */
  async #send(file) {
    const offset = await offsetOf(this.client, file.path);
    assert.ok(offset >= file.said || file.tried === file.data.length, `${offset} < ${file.said}`);
    file.said = offset; // it may begin anew, and be cut again before it is as far
    // An image that was drawn anew has another length.
    if (file.tried === file.data.length && (await this.#isWhole(file))) return;
    const end = Math.min(file.data.length, offset + this.random.between(1, MAX_BYTES));
    file.tried = end;
    const { status, text } = await patch(
      this.client,
      file.path,
      offset,
      file.data.subarray(offset, end),
    );
    assert.equal(status, 204, text);
    file.said = end;
    file.whole = end === file.data.length;
  }

  async #isWhole(file) {
    file.whole = (await this.client.ask("file.get", { key: file.key })).whole;
    return file.whole;
  }

  async #use(file) {
    const sent = { channel: this.channel, body: "", nonce: file.nonce, files: [file.key] };
    const { id } = await this.client.ask("message.post", sent);
    this.posted.push({ id, ...file });
    this.file = undefined;
    const living = this.posted.filter(({ deleting }) => !deleting);
    if (this.random.chance(1 / 3)) {
      const victim = this.random.pick(living);
      victim.deleting = true;
      await this.client.ask("message.delete", { message: victim.id });
      victim.deleted = true;
    }
  }

  /** What messages show is there; what was deleted is gone. */
  async verify(server) {
    for (const { id, key, data, isImage, deleting, deleted } of this.posted) {
      if (deleting && !deleted) continue; // the kill came between the two
      const { status, bytes } = await server.fetch(`/fichier/${key}`, {
        headers: this.client.headers(),
      });
      assert.equal(status, deleted ? 404 : 200, `message ${id}`);
      if (!deleted && !isImage) assert.equal(hashOf(bytes), hashOf(data), `message ${id}`);
      if (deleted && !isImage) {
        await until(() => !existsSync(contentAt(server, hashOf(data))), 20_000, "it leaves");
      }
    }
  }
}

async function isClean(server, how) {
  const { code, stdout, stderr } = await server.cli("check");
  assert.equal(code, 0, `${how}: ${stdout}${stderr}`);
  assert.equal(stdout, "ok\n", how);
}

it(`is whole after ${KILLS} kills among uploads (seed ${seed})`, {
  timeout: KILLS * 20_000,
}, async (t) => {
  const server = await startServer(t);
  const random = new Random();
  const uploaders = [];
  for (let i = 0; i < UPLOADERS; i++) {
    const client = await member(server, `Personne ${i}`);
    const { id } = await channelOf(client);
    uploaders.push(new Uploader(client, id, random));
  }
  for (let kill = 0; kill < KILLS; kill++) {
    const runs = Promise.all(uploaders.map((one) => one.run()));
    await new Promise((done) => setTimeout(done, random.between(20, 520))); // a random instant
    await server.kill();
    await runs;
    const { code, stdout } = await server.cli("check");
    assert.equal(code, 0, `nothing is missing or damaged: ${stdout}`);
    await server.start();
    await isClean(server, `after kill ${kill + 1}`);
  }
  for (const one of uploaders) {
    await one.finish();
    await one.verify(server);
  }
  assert.deepEqual(readdirSync(join(server.data, "files", "coming")), []);
  assert.ok(uploaders.some(({ posted }) => posted.length > 0));
  await isClean(server, "in the end");
});

it("is whole on a disk that fills up while files come", { timeout: 60_000 }, async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const { id: channel } = await channelOf(anne);
  const kept = await bring(anne, "a.bin", anything(100_000));
  await anne.ask("message.post", { channel, body: "", nonce: nonce(), files: [kept.key] });
  const room = (bytes) =>
    execFileSync("prlimit", ["--pid", String(server.pid), `--fsize=${bytes}:unlimited`]);
  room(3_000_000);
  const data = anything(5_000_000);
  const { headers } = await announce(anne, "b.bin", data.length);
  const { status } = await patch(anne, headers.location, 0, data).catch(() => ({ status: 507 }));
  assert.equal(status, 507);
  await server.kill();
  assert.equal((await server.cli("check")).code, 0);
  await server.start();
  await isClean(server, "after the start");
  const offset = await offsetOf(anne, headers.location);
  assert.equal((await patch(anne, headers.location, offset, data.subarray(offset))).status, 204);
  assert.ok(existsSync(contentAt(server, hashOf(data))));
  await isClean(server, "in the end");
});

it("drops what its bringer drops while it comes", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const { headers } = await announce(anne, "a.bin", 2000);
  await patch(anne, headers.location, 0, anything(1000));
  assert.equal(readdirSync(join(server.data, "files", "coming")).length, 1);
  await anne.ask("file.drop", { key: headers.location.split("/").pop() });
  const left = () => readdirSync(join(server.data, "files", "coming")).length;
  await until(() => left() === 0, 20_000, "what came of it leaves");
  await isClean(server, "then");
});
