// One connection to /ws, written by hand and read strictly: what the server may not send throws.
import assert from "node:assert/strict";
import net from "node:net";
import { frame, request, UPGRADE } from "../lib/raw.mjs";
import { deadline } from "../lib/wait.mjs";
import { CODES } from "./calls.mjs";

const PATIENCE_MS = 60_000; // under the sanitizers, on a loaded machine
// RFC 6455 7.4.1, and ours: the session is over.
const CLOSES = new Set([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1012, 1013, 4401]);

/** `problem`: an RFC 9457 object. */
export function checkProblem(problem, status) {
  assert.ok(CODES.has(problem.code), `no error has the code ${JSON.stringify(problem)}`);
  assert.notEqual(problem.code, -32603, `an internal error: ${JSON.stringify(problem)}`);
  assert.equal(typeof problem.detail, "string");
  if (status) assert.equal(problem.status, status);
}

export class Peer {
  /** Resolves once the server has said hello, or has closed. */
  static async open(server, headers) {
    const peer = new Peer();
    const { hostname, port } = new URL(server.url);
    peer.socket = net.connect(Number(port), hostname);
    peer.socket.on("error", () => {});
    peer.ended = new Promise((done) => peer.socket.on("close", done)).then(() => peer.#over());
    peer.socket.on("data", (data) => peer.#take(data));
    peer.socket.write(request(server, "GET /ws", { ...UPGRADE, ...headers }));
    await deadline(
      Promise.race([peer.#until(() => peer.hello), peer.ended]),
      PATIENCE_MS,
      "no hello",
    );
    peer.#faults();
    return peer;
  }

  constructor() {
    this.bytes = Buffer.alloc(0);
    this.asked = new Map(); // id as JSON: "must" or "may" be answered
    this.nameless = 0; // answers without an id that may come
    this.lastSeq = 0;
    this.watchers = new Set();
    this.answers = 0;
    this.facts = 0;
  }

  get isOpen() {
    return this.upgraded && !this.closed && !this.socket.destroyed;
  }

  // --- what is sent -------------------------------------------------------------------------------

  send(id, name, params) {
    this.asked.set(JSON.stringify(id), "must");
    if (name === "session.resume") this.resumed = true;
    return JSON.stringify({ jsonrpc: "2.0", id, method: name, params });
  }

  write(bytes) {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** A text that may be a request, or not. */
  loosely(id) {
    this.asked.set(JSON.stringify(id), "may");
    this.nameless++;
    this.loose = true;
  }

  /** All that must be answered has been, or the connection is over. */
  async settle() {
    if (this.isOpen) {
      const id = `end-${this.answers}`;
      this.write(frame(1, this.send(id, "ping", {})));
      const done = () => ![...this.asked.values()].includes("must");
      const what = () =>
        `no answer to ${[...this.asked].filter(([, how]) => how === "must").map(([id]) => id)}`;
      await deadline(Promise.race([this.#until(done), this.ended]), PATIENCE_MS, what);
    }
    this.#faults();
  }

  destroy() {
    this.leaves = true;
    this.socket.destroy();
  }

  // --- what comes ---------------------------------------------------------------------------------

  #faults() {
    if (this.fault) throw this.fault;
  }

  #until(ready) {
    return new Promise((done) => {
      const look = () => (ready() || this.fault) && done();
      this.watchers.add(look);
      look();
    });
  }

  #over() {
    this.closed ??= 1006;
  }

  #take(data) {
    try {
      this.bytes = Buffer.concat([this.bytes, data]);
      if (!this.upgraded && !this.#upgrade()) return;
      while (this.#frame());
    } catch (error) {
      this.fault ??= error;
    }
    for (const watcher of this.watchers) watcher();
  }

  #upgrade() {
    const end = this.bytes.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const head = this.bytes.subarray(0, end).toString("latin1");
    if (!head.startsWith("HTTP/1.1 101 ")) {
      assert.match(head, /^HTTP\/1\.1 (400|401|403|429|503) /);
      return false;
    }
    assert.match(head, /sec-websocket-accept: ICX\+Yqv66kxgM0FcWaLWlFLwTAI=/i);
    this.upgraded = true;
    this.bytes = this.bytes.subarray(end + 4);
    return true;
  }

  /** Takes one whole frame off; false if there is none yet. */
  #frame() {
    const [first, second] = this.bytes;
    if (this.bytes.length < 2) return false;
    assert.equal(second & 0x80, 0, "the server masks");
    const head = { 126: 4, 127: 10 }[second] ?? 2;
    if (this.bytes.length < head) return false;
    const length =
      head === 2
        ? second
        : head === 4
          ? this.bytes.readUInt16BE(2)
          : Number(this.bytes.readBigUInt64BE(2));
    if (this.bytes.length < head + length) return false;
    const payload = this.bytes.subarray(head, head + length);
    this.bytes = this.bytes.subarray(head + length);
    // Of what broke the protocol libwebsockets closes by itself, and we hear of it after: an answer may follow.
    assert.ok(!this.closed || this.leaves, "a frame after the close");
    this.#read(first, payload);
    return true;
  }

  #read(first, payload) {
    assert.ok(first & 0x80 && !(first & 0x70), "a fragment, or reserved bits");
    const opcode = first & 0x0f;
    if (opcode === 8) {
      this.closed = payload.length > 1 ? payload.readUInt16BE(0) : 1005;
      assert.ok(
        CLOSES.has(this.closed) || this.leaves || this.echoes?.has(this.closed),
        `closed with ${this.closed}`,
      );
    } else if (opcode === 1) {
      this.#message(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)));
    } else assert.ok(opcode === 9 || opcode === 10, `opcode ${opcode}`);
  }

  #message(message) {
    assert.equal(message.jsonrpc, "2.0");
    if (message.method) this.#notice(message);
    else this.#answer(message);
  }

  #notice({ id, method, params }) {
    assert.equal(id, undefined);
    assert.ok(["hello", "fact", "breath", "reload"].includes(method), method);
    if (method === "hello") this.hello = params;
    if (method !== "fact") return;
    this.facts++;
    if (!this.resumed)
      assert.ok(params.seq > this.lastSeq, `fact ${params.seq} after ${this.lastSeq}`);
    this.lastSeq = Math.max(this.lastSeq, params.seq);
  }

  #answer({ id, result, error }) {
    this.answers++;
    assert.notEqual(result === undefined, error === undefined, "a result or an error");
    const known = this.asked.delete(JSON.stringify(id));
    if (id === null && this.nameless > 0) this.nameless--;
    else assert.ok(known || this.loose, `an answer to ${JSON.stringify(id)}, which was not asked`);
    if (error) {
      assert.equal(error.code, error.data.code);
      checkProblem(error.data);
    }
  }
}
