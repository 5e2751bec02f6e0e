// A disk that fills up under a running server: nothing can be written, everybody is told, reading goes
// on; and it comes back by itself. (A limit on the length of files stands for the disk: a whole one that
// fills up is in tests/faults.)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { startServer } from "../lib/server.mjs";

const READ_ONLY = 1303;
const room = (server, bytes) =>
  execFileSync("prlimit", ["--pid", String(server.pid), `--fsize=${bytes}:unlimited`]);
const ready = async (server) => (await server.fetch("/readyz")).json;

it("is read-only while the disk is full, says so to all, and comes back by itself", async (t) => {
  const server = await startServer(t);
  const [anne, paul] = [await connected(server, "Anne"), await connected(server, "Paul")];
  const { id: channel } = await channelOf(anne);
  const { id } = await anne.say(channel, "avant");
  assert.deepEqual(await ready(server), { ready: true, writable: true });

  const told = paul.notice("status");
  room(server, 4096);
  const refused = { channel, body: "pendant", nonce: nonce() };
  await assert.rejects(anne.call("message.post", refused), { code: READ_ONLY, status: 507 });
  assert.deepEqual(await told, { writable: false });
  assert.deepEqual(await ready(server), { ready: true, writable: false });
  const { messages } = await paul.call("message.list", { channel });
  assert.deepEqual(
    messages.map((message) => message.id),
    [id],
  );

  const anew = paul.notice("status").then(() => paul.drop());
  const again = paul.closed;
  room(server, "unlimited");
  await anew;
  await again;
  await paul.connect();
  const sent = await anne.call("message.post", refused);
  assert.ok(sent.id > id);
  assert.deepEqual(await ready(server), { ready: true, writable: true });
});

it("tells who connects while nothing can be written", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const { id: channel } = await channelOf(anne);
  room(server, 4096);
  await assert.rejects(anne.say(channel, "pendant"), { code: READ_ONLY });
  await anne.drop();
  const heard = [];
  anne.onnotice = ({ method, params }) => heard.push([method, params.writable]);
  await anne.connect();
  await anne.settle();
  assert.deepEqual(heard, [
    ["hello", undefined],
    ["status", false],
  ]);
  room(server, "unlimited");
  assert.deepEqual(await anne.notice("status"), { writable: true });
});
