// A crowd: people who all want the same at once, through cut lines and restarts, and what each heard.
import net from "node:net";
import { member } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";

const AT_ONCE = 100; // connections being opened together

/** Does it for all, so many together. */
export async function inBatches(list, act, together = AT_ONCE) {
  const rest = [...list];
  const lane = async () => {
    for (let one = rest.pop(); one; one = rest.pop()) await act(one);
  };
  await Promise.all(Array.from({ length: together }, lane));
}

/** Somebody with a socket who keeps every fact they are told by its number, and comes back by cursor. */
export class Attendee extends Client {
  heard = new Set(); // numbers of all facts ever
  told = []; // of this round
  twice = 0;
  reloads = 0;

  async back() {
    if (this.socket?.readyState === 1) return;
    this.onnotice = ({ method, params }) => method === "fact" && this.#hear(params);
    this.resuming = true;
    const { epoch, cursor } = await this.connect();
    this.cursor ??= cursor;
    const reply = await this.call("session.resume", { epoch, cursor: this.cursor });
    this.resuming = false;
    if (reply.reload) this.reloads++;
    this.cursor = Math.max(this.cursor, reply.cursor);
  }

  /** What came live just before one asked what was missed comes again with it, and counts once. */
  #hear(fact) {
    this.facts.length = 0; // kept here
    const known = this.heard.has(fact.seq);
    if (known && !this.resuming) this.twice++;
    if (!known) this.told.push(fact);
    this.heard.add(fact.seq);
    if (!this.resuming) this.cursor = Math.max(this.cursor, fact.seq);
  }

  /**
   * Registers, as often as it takes to be answered: always with the same nonce. Who is impatient presses
   * twice: two requests with two nonces, of which one must be refused.
   */
  async register(event, presses = 1) {
    this.requests ??= Array.from({ length: presses }, () => ({ event, nonce: nonce() }));
    await Promise.all(this.requests.map((request) => this.#press(request)));
  }

  async #press(request) {
    if (this.reply && this.request === request) return;
    const reply = await this.call("event.register", request).catch((error) => {
      if (!error.lost && !(error.status === 409 && this.requests.length > 1)) throw error;
    });
    if (reply && this.reply) throw new Error(`${this.id} is registered twice`);
    if (reply) Object.assign(this, { reply, request });
  }

  /** A command that may have been done when the line was cut: then a second time is refused. */
  async insist(name, params) {
    try {
      await this.call(name, params);
      this.done = true;
    } catch (error) {
      if (error.lost) this.unsure = true;
      else if (this.unsure && [404, 409].includes(error.status)) this.done = true;
      else throw error;
    }
  }

  beginRound() {
    Object.assign(this, { told: [], requests: undefined, request: undefined, reply: undefined });
    this.forgetDeed();
  }

  forgetDeed() {
    Object.assign(this, { done: false, unsure: false });
  }
}

/** `size` members of the Ain, connected. */
export async function crowdOf(server, size) {
  const crowd = [];
  await inBatches(
    Array.from({ length: size }, (_, i) => i + 1),
    async (i) => {
      const { id, credential } = await member(server, `Personne ${i}`);
      crowd.push(Object.assign(new Attendee(server, credential), { id }));
    },
    16,
  );
  await gather(crowd);
  return crowd;
}

/** All are back on line, with what they missed. */
export const gather = (crowd) => inBatches(crowd, (one) => one.back());

/** A mail server that takes a connection and says nothing: all mail stays in the queue, to be counted. */
export async function muteMailServer(t) {
  const sockets = new Set();
  const listener = net.createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
  });
  await new Promise((done) => listener.listen(0, "127.0.0.1", done));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return `smtp://127.0.0.1:${listener.address().port}`;
}
