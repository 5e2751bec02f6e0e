// A client that was away: brought up to date without a hole, or told to load everything again.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { channelOf, clubOf, connected } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("session.resume", () => {
  const life = lifetime();
  let server, anne, paul, channel;

  before(async () => {
    server = await startServer(life);
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    channel = (await channelOf(anne)).id;
  });

  /** Paul comes back with a fresh client, by a cursor: what the replay brought, and the reply. */
  async function back(cursor, epoch = anne.hello.epoch) {
    const client = new Client(server, paul.credential);
    await client.connect();
    const replayed = [];
    client.onnotice = ({ method, params }) => method === "fact" && replayed.push(params);
    const reply = await client.call("session.resume", { epoch, cursor });
    return { client, reply, facts: [...replayed] };
  }

  it("brings what was missed, in order, before its reply", async () => {
    const { cursor } = (await back(0)).reply;
    const ids = [];
    for (const body of ["un", "deux", "trois"]) ids.push((await anne.say(channel, body)).id);
    const { reply, facts, client } = await back(cursor);
    assert.equal(reply.reload, false);
    assert.deepEqual(
      facts.map(({ message }) => message.id),
      ids,
    );
    const seqs = facts.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      [...seqs].sort((a, b) => a - b),
    );
    assert.ok(reply.cursor >= seqs.at(-1));
    const next = await anne.say(channel, "quatre");
    const live = await client.fact("message.posted", ({ message }) => message.id === next.id);
    assert.ok(live.seq > reply.cursor);
    await client.close();
  });

  it("brings whole an answer larger than what may wait for a socket", async () => {
    const { seq } = await anne.say(channel, "repère");
    const bodies = Array.from({ length: 80 }, (_, i) => `${i} ${"à".repeat(3000)}`);
    for (const body of bodies) await anne.say(channel, body);
    const { facts, client } = await back(seq);
    assert.deepEqual(
      facts.map(({ message }) => message.body),
      bodies,
    );
    assert.equal((await client.call("ping")).error, undefined);
    await client.close();
  });

  it("brings a message edited ten times once, as it is now", async () => {
    const { id, seq } = await anne.say(channel, "brouillon");
    for (let i = 1; i <= 10; i++)
      await anne.call("message.edit", { message: id, body: `version ${i}` });
    const { facts, client } = await back(seq);
    const bodies = facts
      .filter(({ message }) => message?.id === id)
      .map(({ message }) => message.body);
    assert.ok(bodies.length >= 1);
    assert.deepEqual(new Set(bodies), new Set(["version 10"]));
    await client.close();
  });

  it("brings a message whole where several facts are about it", async () => {
    const { cursor } = (await back(0)).reply;
    const { id: message } = await anne.say(channel, "La halle rouvre samedi");
    await anne.call("reaction.set", { message, emoji: "👍", on: true });
    await anne.call("message.edit", { message, body: "La halle rouvre dimanche" });
    const { facts, client } = await back(cursor);
    const reactions = [{ emoji: "👍", people: [anne.hello.me.id] }];
    const told = Object.fromEntries(facts.map((fact) => [fact.fact, fact]));
    assert.deepEqual(told["message.posted"].message.reactions, reactions);
    assert.deepEqual(told["message.reacted"].reactions, reactions);
    assert.deepEqual(told["message.edited"].message.reactions, reactions);
    await client.close();
  });

  it("brings one's own marks set elsewhere", async () => {
    const { id, seq } = await anne.say(channel, "à lire");
    await paul.call("read.set", { channel, position: id });
    const { facts, client } = await back(seq);
    const mark = facts.find(({ fact }) => fact === "read.moved");
    assert.equal(mark.position, id);
    await client.close();
  });

  it("says to reload for another epoch, a cursor ahead, and too many facts", async () => {
    const head = (await anne.say(channel, "ici")).seq;
    for (const [cursor, epoch] of [
      [head, "0123456789abcdef"],
      [head + 1_000_000, undefined],
    ]) {
      const { reply, facts, client } = await back(cursor, epoch);
      assert.equal(reply.reload, true);
      assert.deepEqual(facts, []);
      await client.close();
    }
    const { id } = await anne.say(channel, "mille réactions");
    for (let i = 0; i < 2100; i += 30) {
      const turns = Array.from({ length: 30 }, (_, j) =>
        anne.call("reaction.set", { message: id, emoji: "👍", on: (i + j) % 2 === 0 }),
      );
      await Promise.all(turns);
    }
    const { reply, client } = await back(head);
    assert.equal(reply.reload, true);
    await client.close();
  });

  it("replays after a restart of the server too", async () => {
    const { seq } = await anne.say(channel, "avant l'arrêt");
    const { id } = await anne.say(channel, "encore avant l'arrêt");
    await server.restart();
    await Promise.all([anne.connect(), paul.connect()]);
    const { reply, facts, client } = await back(seq);
    assert.equal(reply.reload, false);
    assert.deepEqual(
      facts.map(({ message }) => message.id),
      [id],
    );
    await client.close();
  });

  it("replays nothing of a channel from before one was let in, and says that it was gained", async () => {
    const club = await clubOf(anne);
    const made = await anne.call("channel.create", {
      club: club.id,
      name: "Comité",
      kind: "private",
    });
    await anne.say(made.id, "entre nous, avant");
    const { seq } = await anne.say(channel, "repère");
    await anne.say(made.id, "encore avant");
    await anne.call("channel.member_add", { channel: made.id, person: paul.id });
    const after = await anne.say(made.id, "après");
    const { facts, client } = await back(seq);
    assert.ok(
      facts.some(
        (fact) => fact.fact === "access.gained" && fact.kind === "channel" && fact.id === made.id,
      ),
    );
    const heard = facts.filter((fact) => fact.message?.channel === made.id);
    assert.deepEqual(
      heard.map(({ message }) => message.id),
      [after.id],
    );
    await client.close();
  });

  it("loses nothing of what was said before one's role changed, to one that was away", async () => {
    const club = await clubOf(anne);
    const { seq } = await anne.say(channel, "repère");
    const before = await anne.say(channel, "avant le changement");
    const { members } = await anne.ask("member.list", { club: club.id, query: "Paul" });
    const [{ id: membership }] = members.find(({ id }) => id === paul.id).memberships;
    await anne.call("membership.change", { membership, role: "elu" });
    const { facts, client } = await back(seq);
    assert.ok(facts.some((fact) => fact.fact === "access.changed" && fact.id === channel));
    assert.ok(facts.some(({ message }) => message?.id === before.id));
    await client.close();
  });
});
