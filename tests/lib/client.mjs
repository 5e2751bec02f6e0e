// A person's client: HTTP with a cookie or a token, and the live socket.
//
//   const anna = new Client(server, { token });
//   await anna.connect();                     // resolves with `hello`
//   await anna.call("message.post", {...});   // over the socket; rejects with a Refusal
//   await anna.fact("message.posted", (fact) => fact.message.body === "Bonjour");
import { randomBytes } from "node:crypto";
import WebSocket from "ws";
import { deadline } from "./wait.mjs";

const PATIENCE_MS = 15_000;

/** What the server answered instead: `problem` is the RFC 9457 object, `code` its number. */
export class Refusal extends Error {
  constructor(name, problem) {
    super(`${name}: ${JSON.stringify(problem)}`);
    this.problem = problem;
    this.code = problem?.code;
    this.status = problem?.status;
  }
}

/** The line was cut: whether the command ran is not known. */
const lost = (name, why) => Object.assign(new Error(`${name}: ${why}`), { lost: true });

export const nonce = () => randomBytes(12).toString("hex");

export class Client {
  /** @param {{token?: string, cookie?: string, lang?: string}} credential */
  constructor(server, credential = {}) {
    this.server = server;
    this.credential = credential;
    this.facts = [];
    this.breaths = [];
    this.waiting = new Map();
    this.watchers = new Set();
    this.lastId = 0;
  }

  headers() {
    const { token, cookie, lang } = this.credential;
    return {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(cookie && { cookie, origin: this.server.url }),
      ...(lang && { "accept-language": lang }),
    };
  }

  // --- HTTP ---------------------------------------------------------------------------------------

  /** POST /api/v1/<name>: the whole answer, whatever its status. */
  post(name, params = {}, headers = {}) {
    return this.server.fetch(`/api/v1/${name}`, {
      method: "POST",
      headers: { ...this.headers(), ...headers },
      body: params,
    });
  }

  /** The same, giving the result or rejecting with the Refusal. */
  async ask(name, params = {}) {
    const answer = await this.post(name, params);
    if (answer.status !== 200) throw new Refusal(name, answer.json ?? { status: answer.status });
    return answer.json;
  }

  /** Logs in by password and keeps the cookie. */
  async login(email, password) {
    const answer = await this.post("session.open", { email, password });
    if (answer.status !== 200) throw new Refusal("session.open", answer.json);
    this.credential = { ...this.credential, cookie: cookieOf(answer) };
    return answer.json;
  }

  // --- live socket --------------------------------------------------------------------------------

  /** Opens the socket; resolves with `hello`. Rejects when it is closed before. */
  async connect({ headers = {}, protocol = "beffroi.v1", hello = true } = {}) {
    const { url, address = url.replace(/^http/, "ws") + "/ws" } = this.server;
    const socket = new WebSocket(address, protocol, {
      headers: { ...this.headers(), ...headers },
      perMessageDeflate: false,
    });
    this.socket = socket;
    this.closed = new Promise((done) =>
      socket.on("close", (code, reason) => done({ code, reason: reason.toString() })),
    );
    this.closed.then((close) => this.#lost(close));
    socket.on("error", (error) => (this.error = error));
    socket.on("message", (data) => this.#take(JSON.parse(data.toString())));
    const opened = new Promise((done, fail) => {
      socket.on("open", done);
      this.closed.then(({ code }) => fail(lost("connect", `${code} ${this.error?.message ?? ""}`)));
    });
    const greeted = hello ? this.notice("hello") : undefined; // it may come with the upgrade's answer
    [, this.hello] = await Promise.all([deadline(opened, PATIENCE_MS, "no connection"), greeted]);
    return this.hello;
  }

  #take(message) {
    if (message.id !== undefined && message.method === undefined) {
      const waiting = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (!waiting) return;
      if (message.error)
        waiting.fail(new Refusal(waiting.name, message.error.data ?? message.error));
      else waiting.done(message.result);
      return;
    }
    if (message.method === "fact") this.facts.push(message.params);
    if (message.method === "breath") this.breaths.push(message.params);
    this.onnotice?.(message);
    for (const watcher of [...this.watchers]) watcher(message);
  }

  #lost({ code }) {
    for (const { name, fail } of this.waiting.values()) {
      fail(lost(name, `connection lost (${code})`));
    }
    this.waiting.clear();
  }

  /** A command over the socket. */
  async call(name, params = {}) {
    if (this.socket.readyState !== WebSocket.OPEN) throw lost(name, "no connection");
    const id = ++this.lastId;
    const answered = new Promise((done, fail) => this.waiting.set(id, { name, done, fail }));
    this.send({ jsonrpc: "2.0", id, method: name, params });
    return deadline(answered, PATIENCE_MS, `no answer to ${name}`);
  }

  send(message) {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** Posts a message with a nonce of its own. */
  say(channel, body, more = {}) {
    return this.call("message.post", { channel, body, nonce: nonce(), ...more });
  }

  // --- what the server tells ----------------------------------------------------------------------

  /** The next notification of this method that `wanted` accepts. */
  notice(method, wanted = () => true, ms = PATIENCE_MS) {
    let watcher;
    const heard = new Promise((done, fail) => {
      watcher = (message) => {
        if (message.method === method && wanted(message.params)) done(message.params);
      };
      this.watchers.add(watcher);
      this.closed.then(({ code, reason }) => fail(lost(method, `closed: ${code} ${reason}`)));
    });
    return deadline(heard, ms, `no ${method} as wanted`).finally(() =>
      this.watchers.delete(watcher),
    );
  }

  /** A fact of this name that was heard already, or will be. */
  async fact(name, wanted = () => true, ms = PATIENCE_MS) {
    const fits = (fact) => fact.fact === name && wanted(fact);
    return this.facts.find(fits) ?? this.notice("fact", fits, ms);
  }

  /** Everything sent so far was answered; and so was heard what the server told before. */
  settle() {
    return this.call("ping");
  }

  /** Leaves without a word, as a cut line does. */
  drop() {
    this.socket?.terminate();
    return this.closed;
  }

  async close() {
    this.socket?.close();
    return this.closed;
  }
}

/** The session cookie of an answer, ready to be sent back. */
export function cookieOf(answer) {
  const cookie = answer.headers["set-cookie"]?.[0];
  return cookie?.split(";")[0];
}
