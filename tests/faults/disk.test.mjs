// A small disk that fills up for good (tmpfs, in a mount namespace of its own): the server turns read-only,
// says so, goes on reading, and comes back by itself when there is room.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { cli, folder, Server, startServer } from "../lib/server.mjs";
import { announce, patch } from "../lib/upload.mjs";

const READ_ONLY = 1303;
const MEGABYTE = 1 << 20;
const isRoot = process.getuid() === 0;
const UNSHARE = isRoot ? ["unshare", "-m"] : ["unshare", "-Urm"];
const probe = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]);
const skip =
  probe.status !== 0 &&
  "skipped: no file system can be mounted here (user namespaces are off); tests/protocol/full has a limit instead";

/** `under`: words to run a program where the disk is; `seen(path)`: a file of it from out here. */
async function smallDisk(t, bytes) {
  const place = join(folder(t), "disk");
  mkdirSync(place);
  const script = `mount -t tmpfs -o size=${bytes} none "$0" && echo mounted && exec cat`;
  const [program, ...words] = [...UNSHARE, "sh", "-c", script, place];
  const holder = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => holder.kill());
  await new Promise((done) => createInterface({ input: holder.stdout }).once("line", done));
  const enter = isRoot ? ["-m"] : ["-U", "--preserve-credentials", "-m"];
  return {
    place,
    under: ["nsenter", "-t", String(holder.pid), ...enter],
    seen: (path) => `/proc/${holder.pid}/root${path}`,
  };
}

/** Takes all the room there is; what gives it back. */
function fill(disk) {
  const path = disk.seen(join(disk.place, "filler"));
  const fd = openSync(path, "w");
  for (let size = MEGABYTE; size >= 1; size /= 16) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size, 1));
    } catch (error) {
      assert.equal(error.code, "ENOSPC");
    }
  }
  closeSync(fd);
  return () => rmSync(path);
}

/** A server on the disk, with what was prepared elsewhere. */
async function serverOn(t, disk) {
  const first = await startServer(t);
  const anne = await connected(first, "Anne");
  const paul = await connected(first, "Paul");
  const { id: channel } = await channelOf(anne);
  await first.stop();
  const data = join(disk.place, "data");
  cpSync(first.data, disk.seen(data), { recursive: true });
  const server = new Server(data, {
    under: disk.under,
    conf: join(first.data, "..", "small.conf"),
  });
  t.after(() => server.finish());
  await server.start();
  const people = [anne, paul].map(({ credential }) => new Client(server, credential));
  for (const client of people) await client.connect();
  return { server, channel, anne: people[0], paul: people[1] };
}

/** Until one is refused: what was kept, and that one. The disk is filled after the first. */
async function postUntilRefused(client, channel, disk) {
  const kept = [await client.say(channel, "avant")];
  const makeRoom = fill(disk);
  for (;;) {
    const sent = { channel, body: `n° ${kept.length} ${"mot ".repeat(500)}`, nonce: nonce() };
    try {
      kept.push(await client.call("message.post", sent));
    } catch (error) {
      assert.equal(error.code, READ_ONLY, error.stack);
      return { kept, refused: sent, makeRoom };
    }
    assert.ok(kept.length < 5000, "the disk does not fill up");
  }
}

it("a disk that fills up: nothing acknowledged is lost, all are told, and it comes back", {
  skip,
  timeout: 120_000,
}, async (t) => {
  const disk = await smallDisk(t, 12 * MEGABYTE);
  const { server, channel, anne, paul } = await serverOn(t, disk);
  const told = paul.notice("status");
  const { kept, refused, makeRoom } = await postUntilRefused(anne, channel, disk);
  assert.deepEqual(await told, { writable: false });
  assert.deepEqual((await server.fetch("/readyz")).json, { ready: true, writable: false });
  const read = await paul.call("message.list", { channel, limit: 100 });
  assert.equal(read.messages.at(-1).id, kept.at(-1).id);
  const made = await announce(anne, "a.bin", 1000);
  assert.equal(made.status, 507, made.text);
  await assert.rejects(anne.call("read.set", { channel, position: kept[0].id }), {
    code: READ_ONLY,
  });
  await assert.rejects(anne.call("message.post", refused), { code: READ_ONLY });

  const back = paul.notice("status");
  makeRoom();
  assert.deepEqual(await back, { writable: true });
  const { id } = await anne.call("message.post", refused);
  assert.equal(id > kept.at(-1).id, true);
  const whole = await paul.call("message.list", { channel, limit: 100 });
  assert.deepEqual(
    whole.messages.map((message) => message.id),
    [...kept.map((one) => one.id), id].slice(-whole.messages.length),
  );
  assert.equal(await server.stop(), 0);
  const check = await cli(["check", "--data", server.data], { under: disk.under });
  assert.equal(check.code, 0, check.stdout + check.stderr);
});

it("killed on a full disk: it starts, or says why not, and loses nothing", {
  skip,
  timeout: 120_000,
}, async (t) => {
  const disk = await smallDisk(t, 12 * MEGABYTE);
  const { server, channel, anne } = await serverOn(t, disk);
  const { kept, makeRoom } = await postUntilRefused(anne, channel, disk);
  await server.kill();
  try {
    await server.start();
    await anne.connect();
  } catch (error) {
    assert.match(error.message, /serve ended with 1[\s\S]*disk full\?/);
    server.child = undefined;
  }
  makeRoom();
  await server.stop();
  await server.start();
  await anne.connect();
  const { messages } = await anne.call("message.list", { channel, limit: 100 });
  assert.deepEqual(
    messages.map(({ id }) => id),
    kept.map(({ id }) => id).slice(-messages.length),
  );
  await anne.say(channel, "de nouveau");
});

it("a file that fills the disk is refused, and what had come of it is taken up later", {
  skip,
  timeout: 120_000,
}, async (t) => {
  const disk = await smallDisk(t, 12 * MEGABYTE);
  const { anne } = await serverOn(t, disk);
  const data = Buffer.alloc(16 * MEGABYTE, 7);
  const { headers, status } = await announce(anne, "a.bin", data.length);
  assert.equal(status, 201);
  const sent = await patch(anne, headers.location, 0, data).catch(() => ({ status: 507 }));
  assert.equal(sent.status, 507);
  await anne.ask("file.drop", { key: headers.location.split("/").pop() });
});
