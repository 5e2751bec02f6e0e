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
  heard = new Map(); // of all the time: number -> fact
  told = []; // of this round
  twice = 0;
  reloads = 0;

  async back() {
    if (this.socket?.readyState === 1) return;
    this.onnotice = ({ method, params }) => method === "fact" && this.#hear(params);
    const { epoch, cursor } = await this.connect();
    this.cursor ??= cursor;
    const reply = await this.call("session.resume", { epoch, cursor: this.cursor });
    if (reply.reload) this.reloads++;
    this.cursor = Math.max(this.cursor, reply.cursor);
  }

  #hear(fact) {
    if (this.heard.has(fact.seq)) this.twice++;
    this.heard.set(fact.seq, fact);
    this.told.push(fact);
    this.facts.length = 0; // kept above
    this.cursor = Math.max(this.cursor ?? 0, fact.seq);
  }

  /** Registers, as often as it takes to be answered: always with the same nonce. */
  async register(event) {
    this.request ??= { event, nonce: nonce() };
    this.reply ??= await this.call("event.register", this.request).catch(unlessLost);
  }

  /** A second press of the button: another request for the same. Whether it is refused matters not. */
  async again(event) {
    const more = { event, nonce: nonce() };
    await this.call("event.register", more).catch((error) => {
      if (!error.lost && error.status !== 409) throw error;
    });
  }

  /** A command that may have been done when the line was cut: then a second time is refused. */
  async insist(name, params) {
    try {
      await this.call(name, params);
      this.done = true;
    } catch (error) {
      if (error.lost) this.unsure = true;
      else if (this.unsure && error.status === 409) this.done = true;
      else throw error;
    }
  }

  beginRound() {
    Object.assign(this, { told: [], request: undefined, reply: undefined });
    this.forgetDeed();
  }

  forgetDeed() {
    Object.assign(this, { done: false, unsure: false });
  }
}

const unlessLost = (error) => {
  if (!error.lost) throw error;
};

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
