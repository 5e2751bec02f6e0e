// SIGTERM: sockets are told, what was accepted is answered, exit 0.
import assert from "node:assert/strict";
import { it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { startServer } from "../lib/server.mjs";

it("closes every socket with 1012 and exits 0", async (t) => {
  const server = await startServer(t);
  const people = [];
  for (const name of ["Anne", "Paul", "Zoé"]) people.push(await connected(server, name));
  assert.equal(await server.stop(), 0);
  for (const client of people) assert.equal((await client.closed).code, 1012);
});

it("answers or keeps nothing of what was on its way when it was told to stop", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const sent = Array.from({ length: 20 }, (_, i) => `message ${i}`);
  const replies = sent.map((body) =>
    anne.say(channel, body).then(
      () => body,
      () => undefined,
    ),
  );
  assert.equal(await server.stop(), 0);
  const acknowledged = (await Promise.all(replies)).filter(Boolean);
  await server.start();
  await anne.connect();
  const { messages } = await anne.call("message.list", { channel, limit: 100 });
  const kept = messages.map(({ body }) => body);
  for (const body of acknowledged)
    assert.equal(kept.filter((item) => item === body).length, 1, body);
});

it("takes the same data up again where it was", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne");
  const channel = (await channelOf(anne)).id;
  const { id, seq } = await anne.say(channel, "avant");
  const { epoch } = anne.hello;
  await server.restart();
  await anne.connect();
  assert.equal(anne.hello.epoch, epoch);
  assert.ok(anne.hello.cursor >= seq);
  const after = await anne.say(channel, "après");
  assert.ok(after.id > id && after.seq > seq);
});

it("refuses a second server on the same data", async (t) => {
  const server = await startServer(t);
  const { code, stderr } = await server.cli("serve", ["--listen", "127.0.0.1:0"]);
  assert.equal(code, 1);
  assert.match(stderr, /another server/);
});
