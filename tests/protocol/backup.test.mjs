// backup, check and restore, beside a running server and after damage.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { channelOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { cli, startServer } from "../lib/server.mjs";
import { announced, bring, offsetOf, patch, random } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

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

const NOBODY = 65534;
const asRoot = process.getuid() === 0 ? false : "only root may work in a directory of another's";

it("leaves nothing of root's in the directory of another account", { skip: asRoot }, async (t) => {
  const server = await startServer(t);
  const file = join(server.data, "..", "copy.db");
  const anne = await connected(server, "Anne");
  await bring(anne, "plan.txt", Buffer.from("le plan de la halle"));
  assert.equal((await server.cli("backup", [file])).code, 0);
  await server.stop();
  execFileSync("chown", ["-R", `${NOBODY}`, server.data]);

  const restored = await server.cli("restore", [file]);
  assert.equal(restored.code, 0, restored.stderr);
  const added = await server.cli("user add", ["luc@exemple.fr", "Luc"]);
  assert.equal(added.code, 0, added.stderr);
  const found = execFileSync("find", [server.data, "!", "-uid", `${NOBODY}`], { encoding: "utf8" });
  assert.equal(found, "");
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

const hashOf = (data) => createHash("sha256").update(data).digest("hex");
const pathOf = (folder, data) => join(folder, hashOf(data).slice(0, 2), hashOf(data));
const files = (server) => join(server.data, "files");

/** A message with this content. */
async function post(client, channel, name, data) {
  const { key } = await bring(client, name, data);
  const sent = { channel, body: name, nonce: nonce(), files: [key] };
  return { key, ...(await client.call("message.post", sent)) };
}

const download = async (client, key) =>
  (await client.server.fetch(`/fichier/${key}`, { headers: client.headers() })).bytes;

it("backs files up with the database, and restores both", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const [kept, later] = [random(300_000), random(1000)];
  const { key } = await post(anne, channel, "gardé.bin", kept);
  const half = await announced(anne, 2000);
  await patch(anne, half, 0, random(1000));
  const file = join(server.data, "..", "copy.db");
  const made = await server.cli("backup", [file]);
  assert.equal(made.code, 0, made.stderr);
  assert.deepEqual(readFileSync(pathOf(`${file}.files`, kept)), kept);
  assert.deepEqual(readdirSync(`${file}.files`), [hashOf(kept).slice(0, 2)], "nothing half come");
  const gone = await post(anne, channel, "perdu.bin", later);
  await server.stop();
  rmSync(files(server), { recursive: true });
  mkdirSync(files(server));
  const restored = await server.cli("restore", [file]);
  assert.equal(restored.code, 0, restored.stderr);
  assert.equal((await server.cli("check")).stdout, "ok\n");
  await server.start();
  assert.deepEqual(await download(anne, key), kept);
  assert.equal((await anne.server.fetch(`/fichier/${gone.key}`)).status, 404);
  assert.equal(await offsetOf(anne, half), 0, "what was coming begins anew");
});

it("sweeps what the restored database does not name", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  const data = random(1000);
  await post(anne, channel, "après.bin", data);
  await server.stop();
  assert.ok(existsSync(pathOf(files(server), data)));
  assert.equal((await server.cli("restore", [file])).code, 0);
  assert.equal(existsSync(pathOf(files(server), data)), false);
});

it("brings no erased file back by a restore", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const data = random(1000);
  const { id } = await post(anne, channel, "effacé.bin", data);
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  await anne.call("message.delete", { message: id });
  await until(() => !existsSync(pathOf(files(server), data)), 20_000, "its bytes leave the disk");
  await server.stop();
  const { code, stdout } = await server.cli("restore", [file]);
  assert.equal(code, 0);
  assert.match(stdout, /1 erasure/);
  assert.equal(existsSync(pathOf(files(server), data)), false);
  assert.equal((await server.cli("check")).stdout, "ok\n");
});

it("restores nothing where a file of the backup is missing or damaged", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const data = random(5000);
  await post(anne, (await channelOf(anne)).id, "a.bin", data);
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  await server.stop();
  rmSync(files(server), { recursive: true });
  const copy = pathOf(`${file}.files`, data);
  for (const spoil of [() => writeFileSync(copy, random(5000)), () => rmSync(copy)]) {
    spoil();
    const { code, stderr } = await server.cli("restore", [file]);
    assert.equal(code, 1);
    assert.match(stderr, /not a whole backup/);
  }
});

it("writes no backup over the files of another", async (t) => {
  const server = await startServer(t);
  const file = join(server.data, "..", "copy.db");
  mkdirSync(`${file}.files`);
  writeFileSync(join(`${file}.files`, "precious"), "");
  const { code, stderr } = await server.cli("backup", [file]);
  assert.equal(code, 1);
  assert.match(stderr, /exists/);
  assert.deepEqual(readdirSync(`${file}.files`), ["precious"]);
  assert.equal(existsSync(file), false);
});

it("finds a file that is missing, cut or changed with check, and ends with 3", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const data = random(5000);
  await post(anne, (await channelOf(anne)).id, "a.bin", data);
  assert.equal((await server.cli("check")).stdout, "ok\n");
  const path = pathOf(files(server), data);
  const cases = [
    [() => writeFileSync(path, random(5000)), /has changed/],
    [() => truncateSync(path, 4000), /another length/],
    [() => rmSync(path), /is missing/],
  ];
  for (const [spoil, finding] of cases) {
    spoil();
    const { code, stdout, stderr } = await server.cli("check");
    assert.equal(code, 3);
    assert.match(stdout, finding);
    assert.match(stderr, /restore/);
  }
  const refused = await server.cli("backup", [join(server.data, "..", "copy.db")]);
  assert.equal(refused.code, 1, "and there is no backup of it");
  assert.match(refused.stderr, /check/);
});

it("tells what is left over with check, and sweeps it at the next start", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const data = random(1000);
  await post(anne, (await channelOf(anne)).id, "a.bin", data);
  await server.stop();
  const orphan = random(777);
  mkdirSync(join(files(server), hashOf(orphan).slice(0, 2)), { recursive: true });
  writeFileSync(pathOf(files(server), orphan), orphan);
  writeFileSync(join(files(server), "coming", "nobodys"), "x");
  const { code, stdout } = await server.cli("check");
  assert.equal(code, 0);
  assert.match(stdout, /1 contents \(777 bytes\) that no row names/);
  await server.start();
  assert.equal(existsSync(pathOf(files(server), orphan)), false);
  assert.deepEqual(readdirSync(join(files(server), "coming")), []);
  assert.ok(existsSync(pathOf(files(server), data)));
  assert.equal((await server.cli("check")).stdout, "ok\n");
});

it("backs up twice in a row, and restores either into an empty folder", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const [first, second] = [random(3000), random(4000)];
  const one = await post(anne, channel, "un.bin", first);
  const copies = ["one.db", "two.db"].map((name) => join(server.data, "..", name));
  assert.equal((await server.cli("backup", [copies[0]])).code, 0);
  const two = await post(anne, channel, "deux.bin", second);
  assert.equal((await server.cli("backup", [copies[1]])).code, 0);
  await server.stop();
  const held = [[first], [first, second]];
  for (const [i, copy] of copies.entries()) {
    rmSync(server.data, { recursive: true });
    mkdirSync(server.data, { mode: 0o700 });
    const { code, stderr } = await server.cli("restore", [copy]);
    assert.equal(code, 0, stderr);
    assert.equal((await server.cli("check")).stdout, "ok\n");
    for (const data of [first, second])
      assert.equal(existsSync(pathOf(files(server), data)), held[i].includes(data));
  }
  await server.start();
  assert.deepEqual(await download(anne, one.key), first);
  assert.deepEqual(await download(anne, two.key), second);
});

it("brings back no file and no draft of a person erased since the backup", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const administrator = await member(server, "Administratrice", { administrator: true });
  const channel = (await channelOf(anne)).id;
  const [posted, unplaced] = [random(3000), random(4000)];
  await post(anne, channel, "a.bin", posted);
  await bring(anne, "b.bin", unplaced);
  const file = join(server.data, "..", "copy.db");
  assert.equal((await server.cli("backup", [file])).code, 0);
  await administrator.ask("person.erase", { person: anne.id, messages: "remove" });
  const left = () => [posted, unplaced].filter((data) => existsSync(pathOf(files(server), data)));
  await until(() => left().length === 0, 20_000, "their bytes leave the disk");
  await server.stop();
  const { code, stdout } = await server.cli("restore", [file]);
  assert.equal(code, 0);
  assert.match(stdout, /1 erasure/);
  assert.deepEqual(left(), []);
  assert.equal((await server.cli("check")).stdout, "ok\n");
});
