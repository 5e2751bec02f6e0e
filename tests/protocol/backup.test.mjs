// backup, check and restore, beside a running server and after damage.
import assert from "node:assert/strict";
import {
  existsSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { cli, startServer } from "../lib/server.mjs";

it("backs up beside a running server, and restores: messages back, a new epoch", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  await anne.say(channel, "gardé");
  const file = join(server.data, "..", "copy.db");
  const made = await server.cli("backup", [file]);
  assert.equal(made.code, 0, made.stderr);
  await anne.say(channel, "perdu");
  const { epoch } = anne.hello;

  const refused = await server.cli("restore", [file]);
  assert.equal(refused.code, 1, "restore must refuse beside a server");
  await server.stop();
  const restored = await server.cli("restore", [file]);
  assert.equal(restored.code, 0, restored.stderr);
  await server.start();
  await anne.connect();
  assert.notEqual(anne.hello.epoch, epoch);
  const { messages } = await anne.call("message.list", { channel });
  assert.deepEqual(
    messages.map(({ body }) => body),
    ["gardé"],
  );
  const { reload } = await anne.call("session.resume", { epoch, cursor: 1 });
  assert.equal(reload, true);
});

it("never replaces a file by a backup", async (t) => {
  const server = await startServer(t);
  const file = join(server.data, "..", "copy.db");
  writeFileSync(file, "precious");
  const { code, stderr } = await server.cli("backup", [file]);
  assert.equal(code, 1);
  assert.match(stderr, /exists/);
  assert.equal(readFileSync(file, "utf8"), "precious");
});

it("restores nothing from a file that is no whole backup", async (t) => {
  const server = await startServer(t);
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  truncateSync(file, 8192);
  await server.stop();
  const { code, stderr } = await server.cli("restore", [file]);
  assert.equal(code, 1);
  assert.match(stderr, /not a whole backup/);
  assert.equal((await server.cli("check")).code, 0);
});

it("finds damage with check, and ends with 3", async (t) => {
  const server = await startServer(t);
  await server.stop();
  const path = join(server.data, "beffroi.db");
  assert.ok(existsSync(path));
  const fd = openSync(path, "r+");
  for (let page = 4; page < 40; page++)
    writeSync(fd, Buffer.alloc(2000, 0x5a), 0, 2000, page * 4096);
  const { code, stdout, stderr } = await cli(["check", "--data", server.data]);
  assert.equal(code, 3, stdout + stderr);
  assert.match(stderr, /restore/);
});

it("erases again, after a restore, what was erased since the backup", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const { id } = await anne.say(channel, "à oublier");
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  await anne.call("message.delete", { message: id });
  await server.stop();
  const { code, stdout } = await server.cli("restore", [file]);
  assert.equal(code, 0);
  assert.match(stdout, /1 erasure/);
  await server.start();
  await anne.connect();
  const { message } = await anne.call("message.get", { message: id });
  assert.equal(message.body, "");
});
