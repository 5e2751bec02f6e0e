// People at work while the server dies under them: each does one thing after the other, sends again what
// was not answered, and knows what was. What they know is compared with what is there.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { nonce } from "../lib/client.mjs";
import { register } from "../lib/events.mjs";
import { announce, offsetOf, patch, random } from "../lib/upload.mjs";

export const hashOf = (data) => createHash("sha256").update(data).digest("hex");

/** The server is gone: whether it did what it was asked is not known. */
const isCut = (error) =>
  error.lost || ["ECONNRESET", "ECONNREFUSED", "EPIPE", "UND_ERR_SOCKET"].includes(error.code);

/** Somebody who does `step` for ever. A step that was cut is taken up by the next one. */
class Person {
  constructor(client, random) {
    Object.assign(this, { client, random, answered: 0 });
  }

  /** Until the line is cut. */
  async run() {
    try {
      if (this.isLive) await this.client.connect();
      for (;;) await this.did(await this.step());
    } catch (error) {
      if (!isCut(error)) throw error;
    }
  }

  did() {
    this.answered++;
  }

  /** Ends what was begun. */
  async finish() {
    if (this.isLive) await this.client.connect();
    while (this.doing) await this.step();
    if (this.isLive) await this.client.close();
  }
}

/** Posts, words anew what was posted, and reads. */
export class Writer extends Person {
  isLive = true;
  posts = new Map(); // id → body
  position = 0;
  sent = 0;

  constructor(client, random, channel) {
    super(client, random);
    this.channel = channel;
  }

  async step() {
    this.doing ??= this.#fresh();
    const { name, params } = this.doing;
    const reply = await this.client.call(name, params);
    this.doing = undefined;
    if (name === "message.post") this.posts.set(reply.id, params.body);
    if (name === "message.edit") this.posts.set(params.message, params.body);
    if (name === "read.set") this.position = params.position;
  }

  #fresh() {
    const { channel, random } = this;
    const ids = [...this.posts.keys()];
    const what = ids.length > 0 ? random.between(0, 9) : 0;
    const body = `${this.client.id}/${this.sent++}`;
    if (what < 6) return { name: "message.post", params: { channel, body, nonce: nonce() } };
    if (what < 8) return { name: "message.edit", params: { message: random.pick(ids), body } };
    return { name: "read.set", params: { channel, position: ids.at(-1) } };
  }

  verify(look) {
    for (const [id, body] of this.posts) {
      const there = look.messages.get(id);
      const { name, params } = this.doing ?? {};
      const wordings =
        name === "message.edit" && params.message === id ? [body, params.body] : [body];
      assert.ok(wordings.includes(there), `message ${id} was « ${body} », is « ${there} »`);
    }
    const bodies = look.bodies.filter((one) => one.startsWith(`${this.client.id}/`));
    assert.equal(new Set(bodies).size, bodies.length, "a message stands twice");
    const position = look.positions.get(this.client.id) ?? 0;
    assert.ok(position >= this.position, `read to ${this.position}, now ${position}`);
  }
}

/** Registers and takes it back, for ever. */
export class Guest extends Person {
  registered = false;

  constructor(client, random, event) {
    super(client, random);
    this.event = event;
  }

  async step() {
    const wanted = !this.registered;
    this.doing ??= { nonce: nonce() };
    if (wanted) await register(this.client, this.event, this.doing);
    else await this.#unregister();
    this.registered = wanted;
    this.doing = undefined;
  }

  /** Sent again it finds no registration any more: done, as it was asked. */
  async #unregister() {
    const { again } = this.doing;
    this.doing.again = true;
    try {
      await this.client.ask("event.unregister", { event: this.event });
    } catch (error) {
      if (!again || error.status !== 404) throw error;
    }
  }

  verify(look) {
    const there = look.registered.has(this.client.id);
    if (!this.doing) assert.equal(there, this.registered, `${this.client.name} is registered`);
  }
}

/** Brings files, and posts each. */
export class Uploader extends Person {
  posted = [];

  constructor(client, random, channel) {
    super(client, random);
    this.channel = channel;
  }

  async step() {
    this.doing ??= { data: random(this.random.between(1, 60_000)), nonce: nonce() };
    const file = this.doing;
    if (!file.path) await this.#announce(file);
    else if (!file.whole) await this.#send(file);
    else await this.#post(file);
  }

  async #announce(file) {
    const { status, headers, text } = await announce(this.client, "a.bin", file.data.length);
    assert.equal(status, 201, text);
    file.path = headers.location;
    file.key = file.path.split("/").pop();
  }

  async #send(file) {
    const { data } = file;
    const offset = await offsetOf(this.client, file.path);
    if (offset < data.length) {
      const { status, text } = await patch(this.client, file.path, offset, data.subarray(offset));
      assert.equal(status, 204, text);
    }
    file.whole = true;
  }

  async #post({ key, data, nonce: once }) {
    const sent = { channel: this.channel, body: "fichier", nonce: once, files: [key] };
    const { id } = await this.client.ask("message.post", sent);
    this.posted.push({ id, key, hash: hashOf(data) });
    this.doing = undefined;
  }

  verify(look) {
    for (const { id, hash } of this.posted) {
      assert.equal(look.files.get(id), hash, `the file of message ${id}`);
    }
  }
}

/**
 * Hears everything, through every restart, by its cursor. What is told between `hello` and the answer of the
 * resume may be newer than what the resume brings, so it is put in order first, as the page does.
 */
export class Listener {
  heard = []; // ids of messages, in the order they were told
  seqs = [];

  constructor(client) {
    this.client = client;
    client.onnotice = ({ method, params }) => {
      if (method !== "fact") return;
      if (this.early) this.early.push(params);
      else this.#take(params);
    };
  }

  async back() {
    const { client } = this;
    this.early = [];
    const hello = await client.connect();
    client.facts = [];
    this.cursor ??= hello.cursor;
    const asked = { epoch: hello.epoch, cursor: this.cursor };
    assert.ok(!(await client.call("session.resume", asked)).reload, "there is a hole");
    const { early } = this;
    this.early = undefined;
    for (const fact of early.sort((a, b) => a.seq - b.seq)) this.#take(fact);
  }

  #take(fact) {
    if (fact.seq <= this.cursor) return;
    this.cursor = fact.seq;
    if (fact.fact !== "message.posted") return;
    this.heard.push(fact.message.id);
    this.seqs.push(fact.seq);
  }
}
