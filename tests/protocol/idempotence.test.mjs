// Law 3: sending again changes nothing and gets the same answer, across restarts too.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("sending again", () => {
  const life = lifetime();
  let server, anne, paul, channel;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    channel = (await channelOf(anne)).id;
  });

  const reconnect = () => Promise.all([anne.connect(), paul.connect()]);
  const count = async (body) => {
    const { messages } = await anne.call("message.list", { channel, limit: 100 });
    return messages.filter((message) => message.body === body).length;
  };

  it("answers a resend with the first answer and posts once", async () => {
    const params = { channel, body: "une seule fois", nonce: nonce() };
    const first = await anne.call("message.post", params);
    assert.deepEqual(await anne.call("message.post", params), first);
    assert.deepEqual(await anne.ask("message.post", params), first);
    assert.equal(await count("une seule fois"), 1);
    await paul.settle();
    assert.equal(paul.facts.filter(({ message }) => message?.id === first.id).length, 1);
  });

  it("answers resends that are on their way together", async () => {
    const params = { channel, body: "ensemble", nonce: nonce() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => anne.call("message.post", params)),
    );
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(await count("ensemble"), 1);
  });

  for (const [how, end] of [
    ["a clean restart", () => server.stop()],
    ["a kill", () => server.kill()],
  ]) {
    it(`answers a resend the same after ${how}`, async () => {
      const params = { channel, body: `avant ${how}`, nonce: nonce() };
      const first = await anne.call("message.post", params);
      await end();
      await server.start();
      await reconnect();
      assert.deepEqual(await anne.call("message.post", params), first);
      assert.equal(await count(params.body), 1);
    });
  }

  it("keeps the nonces of two people apart", async () => {
    const mark = nonce();
    const one = await anne.call("message.post", { channel, body: "d'Anne", nonce: mark });
    const two = await paul.call("message.post", { channel, body: "de Paul", nonce: mark });
    assert.notEqual(one.id, two.id);
  });

  it("refuses a nonce that served another command", async () => {
    const mark = nonce();
    await anne.call("message.post", { channel, body: "un message", nonce: mark });
    const { club } = (await anne.call("channel.get", { channel })).channel;
    await assert.rejects(
      anne.call("channel.create", { club, name: "Autre", kind: "open", nonce: mark }),
      { status: 409 },
    );
  });

  it("does not keep a refused command: the same nonce may then succeed", async () => {
    const mark = nonce();
    await assert.rejects(anne.call("message.post", { channel, body: "", nonce: mark }), {
      status: 400,
    });
    const made = await anne.call("message.post", { channel, body: "cette fois", nonce: mark });
    assert.ok(made.id > 0);
  });
});
