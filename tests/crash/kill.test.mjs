// Law 1: kill -9 under load, again and again. What was acknowledged is there once and in order, what was
// not is there at most once, a resend gets one answer, and who listened missed nothing.
import assert from "node:assert/strict";
import { it } from "node:test";
import { channelOf, member } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";

const KILLS = process.env.LONG ? 500 : 50;
const WRITERS = 6;
const WINDOW = 4; // messages of one writer on their way

/** Posts without end; what was lost on the way is sent again, first, with the same nonce. */
class Writer {
  constructor(client, channel, number) {
    Object.assign(this, { client, channel, number, count: 0, pending: [], acknowledged: [] });
  }

  /** Until the line is cut. */
  async run(onAcknowledged) {
    try {
      await this.client.connect();
    } catch (error) {
      if (error.lost) return;
      throw error;
    }
    const again = this.pending;
    this.pending = [];
    const lanes = Array.from({ length: WINDOW }, async () => {
      for (;;) {
        const params = again.shift() ?? this.#fresh();
        this.pending.push(params);
        const reply = await this.client.call("message.post", params);
        this.pending.splice(this.pending.indexOf(params), 1);
        this.acknowledged.push({ ...reply, body: params.body });
        onAcknowledged();
      }
    });
    const ends = await Promise.allSettled(lanes);
    this.pending.push(...again);
    for (const { reason } of ends) if (!reason.lost) throw reason;
  }

  #fresh() {
    return { channel: this.channel, body: `${this.number}/${this.count++}`, nonce: nonce() };
  }
}

/** Hears everything, through every restart, by its cursor. */
class Listener {
  constructor(client) {
    this.client = client;
    this.heard = [];
    this.holes = 0;
  }

  async back() {
    const { client } = this;
    const hello = await client.connect();
    const replaying = this.cursor !== undefined;
    client.onnotice = ({ method, params }) => {
      if (method !== "fact" || params.seq <= this.cursor) return;
      if (params.fact === "message.posted") this.heard.push(params.message);
      this.cursor = params.seq;
    };
    if (!replaying) this.cursor = hello.cursor;
    else if (
      (await client.call("session.resume", { epoch: hello.epoch, cursor: this.cursor })).reload
    ) {
      this.holes++;
    }
  }
}

async function everything(client, channel) {
  const all = [];
  for (let before; ; before = all[0].id) {
    const page = await client.call("message.list", {
      channel,
      limit: 100,
      ...(before && { before }),
    });
    all.unshift(...page.messages);
    if (!page.more_before) return all;
  }
}

function checkKept(writers, messages) {
  const place = new Map(messages.map((message, i) => [message.id, i]));
  assert.equal(place.size, messages.length, "an id stands twice");
  for (const { number, acknowledged } of writers) {
    for (const { id, body } of acknowledged) {
      assert.ok(place.has(id), `acknowledged and lost: ${body}`);
      assert.equal(messages[place.get(id)].body, body);
    }
    const bodies = messages.map(({ body }) => body).filter((body) => body.startsWith(`${number}/`));
    assert.equal(new Set(bodies).size, bodies.length, "a message stands twice");
  }
}

it(`loses nothing acknowledged in ${KILLS} kills (SEED=${seed})`, async (t) => {
  const random = new Random();
  const server = await startServer(t);
  const anne = await member(server, "Anne", { role: "animateur" });
  const channel = (await channelOf(anne)).id;
  const writers = [];
  for (let i = 0; i < WRITERS; i++) {
    const client = await member(server, `Rédacteur ${i}`);
    writers.push(new Writer(client, channel, i));
  }
  const listener = new Listener(await member(server, "Paul"));
  const reader = new Client(server, anne.credential);

  for (let kill = 0; kill < KILLS; kill++) {
    await listener.back();
    let left = random.between(1, 60);
    const enough = new Promise((done) => {
      const count = () => --left === 0 && done();
      for (const writer of writers) writer.running = writer.run(count);
    });
    const failed = writers.map(({ running }) => running.then(() => new Promise(() => {})));
    await Promise.race([enough, ...failed]);
    // Between two instructions of the server, wherever it is then.
    if (random.chance(0.5)) await new Promise((done) => setTimeout(done, random.between(0, 15)));
    await server.kill();
    await Promise.all(writers.map(({ running }) => running));
    await listener.client.closed;
    await server.start();
    if (kill % 10 === 9) {
      await reader.connect();
      checkKept(writers, await everything(reader, channel));
      await reader.close();
    }
  }

  // Everything still on its way is sent again and answered.
  for (const { client, pending } of writers) {
    await client.connect();
    for (const params of pending) {
      const reply = await client.call("message.post", params);
      assert.deepEqual(await client.call("message.post", params), reply);
    }
    await client.close();
  }
  await listener.back();
  await listener.client.settle();
  await reader.connect();
  const messages = await everything(reader, channel);
  checkKept(writers, messages);
  const sent = writers.reduce((sum, { count }) => sum + count, 0);
  assert.equal(messages.length, sent, "each message sent is there once");
  assert.equal(listener.holes, 0);
  assert.deepEqual(
    listener.heard.map(({ id }) => id),
    messages.map(({ id }) => id),
    "who listened heard everything once, in order",
  );
  const { code, stdout } = await server.cli("check");
  assert.equal(code, 0, stdout);
});
