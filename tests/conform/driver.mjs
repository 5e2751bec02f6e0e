// Plays one row: bytes out, what came back taken apart. Sockets are raw, by TCP or TLS.
import net from "node:net";
import tls from "node:tls";
import { ping, upgrade } from "./wire.mjs";

const PATIENCE_MS = 25_000; // more than the server gives a peer to send its head
const QUIET_MS = 400; // after which a connection that stays open and silent is one that waits

function dial({ url }) {
  const { protocol, hostname, port } = new URL(url);
  const where = { host: hostname, port: Number(port) };
  return protocol === "https:"
    ? tls.connect({ ...where, rejectUnauthorized: false })
    : net.connect(where);
}

/** A connection whose bytes are gathered; `look` is called at each piece. */
function open(place) {
  const socket = dial(place);
  const state = { socket, got: "", closed: false, look: () => {} };
  socket.on("data", (data) => {
    state.got += data.toString("latin1");
    state.look();
  });
  socket.on("error", () => {}); // a reset is an end like another
  state.ended = new Promise((done) =>
    socket.on("close", () => {
      state.closed = true;
      state.look();
      done();
    }),
  );
  return state;
}

function waitFor(state, wanted, ms) {
  return new Promise((done) => {
    const timer = setTimeout(() => done(false), ms);
    state.look = () => {
      if (!wanted() && !state.closed) return;
      clearTimeout(timer);
      state.look = () => {};
      done(true);
    };
    state.look();
  });
}

/** Pieces leave one by one, each in a packet of its own as far as TCP lets us say so. */
async function write(state, pieces) {
  state.socket.setNoDelay(true);
  for (const piece of [pieces].flat()) {
    if (state.closed) return;
    state.socket.write(Buffer.from(piece, "latin1"));
    if (Array.isArray(pieces)) await new Promise((done) => setTimeout(done, 1));
  }
}

/** Status lines of a stream of answers. */
function statuses(got) {
  return [...got.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status));
}

/** Until nothing has come for a while; something must have come first, unless it stays silent. */
async function quietTime(state, silent) {
  if (!silent) await waitFor(state, () => state.got !== "", PATIENCE_MS);
  for (let before = -1; before !== state.got.length && !state.closed; ) {
    before = state.got.length;
    await waitFor(state, () => false, QUIET_MS);
  }
}

/**
 * @param {{url: string}} place
 * @param {object} row send: bytes, or pieces; bytewise: each byte a piece; halfClose: our side ends then;
 *   quiet: the server may keep the connection, so that it is silence which ends the row
 * @returns {Promise<{got: string, closed: boolean, statuses: number[]}>}
 */
export async function playHttp(place, { send, want, bytewise, halfClose, quiet }) {
  const state = open(place);
  await write(state, bytewise ? send.split("") : send);
  if (halfClose) state.socket.end();
  if (quiet) await quietTime(state, [want].flat().includes("waits"));
  else await waitFor(state, () => false, PATIENCE_MS);
  const { got, closed } = state;
  state.socket.destroy();
  return { got, closed, statuses: statuses(got) };
}

/** Takes the frames of `bytes` apart as strictly as a good client must (RFC 6455 5.1, 5.2, 7.4). */
function frames(bytes) {
  const out = [];
  let at = 0;
  while (bytes.length - at >= 2) {
    const [first, second] = [bytes[at], bytes[at + 1]];
    if (second & 0x80) throw new Error("the server masked a frame");
    if (first & 0x70) throw new Error("a reserved bit is set");
    const size = second < 126 ? 2 : second === 126 ? 4 : 10;
    if (bytes.length - at < size) break;
    const length =
      size === 2
        ? second
        : size === 4
          ? bytes.readUInt16BE(at + 2)
          : Number(bytes.readBigUInt64BE(at + 2));
    if (size > 2 && length < (size === 4 ? 126 : 65536)) throw new Error("a length is not minimal");
    if (bytes.length - at - size < length) break;
    const body = bytes.subarray(at + size, at + size + length);
    out.push({ final: first >= 0x80, opcode: first & 15, body });
    at += size + length;
  }
  return { frames: out, rest: bytes.subarray(at) };
}

const fatal = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** What a WebSocket told: answers by id, errors without one, pongs, the close. */
function heard(got) {
  const at = got.indexOf("\r\n\r\n") + 4;
  const told = { ids: [], errors: [], pongs: [], close: undefined, hello: false };
  for (const { final, opcode, body } of frames(Buffer.from(got.slice(at), "latin1")).frames) {
    if (told.close !== undefined) throw new Error("a frame after the close");
    if (!final) throw new Error("the server sends no fragments");
    if (opcode === 1) takeText(told, JSON.parse(fatal(body)));
    else if (opcode === 10) told.pongs.push(body.toString("latin1"));
    else if (opcode === 8) told.close = closeOf(body);
    else if (opcode !== 9) throw new Error(`an opcode ${opcode}`);
  }
  return told;
}

function takeText(told, message) {
  if (message.method === "hello") told.hello = true;
  else if (message.error) told.errors.push(message.error.code);
  else if (message.id !== undefined) told.ids.push(message.id);
}

function closeOf(body) {
  if (body.length === 0) return 1005;
  if (body.length === 1) throw new Error("a close of one byte");
  fatal(body.subarray(2));
  return body.readUInt16BE(0);
}

const SETTLED = "settled?";

/**
 * Upgrades, waits for hello, plays the pieces. Where the connection should stay, a last ping of ours
 * shows that it does, and that nothing more was said than what the row wants.
 * @param {{send: string | string[], want: {ids?, errors?, pongs?, lastPong?, close?, fails?}}} row
 * @param {(text: string) => string} fill puts host and token in
 */
export async function playSocket(place, { send, want }, fill) {
  const state = open(place);
  const told = () => heard(state.got);
  const ends = want.close !== undefined || want.fails !== undefined;
  await write(state, fill(upgrade()));
  await waitFor(state, () => state.got.includes("\r\n\r\n") && told().hello, PATIENCE_MS);
  if (!state.got.startsWith("HTTP/1.1 101 ")) throw new Error(`no upgrade: ${state.got}`);
  await write(state, send);
  await waitFor(
    state,
    () => told().close !== undefined || (!ends && hasAll(told(), want)),
    PATIENCE_MS,
  );
  if (!ends && !state.closed && told().close === undefined) {
    await write(state, ping(SETTLED));
    await waitFor(state, () => told().pongs.includes(SETTLED), PATIENCE_MS);
  }
  const { closed, got } = state;
  state.socket.destroy();
  const all = told();
  return { ...all, pongs: all.pongs.filter((pong) => pong !== SETTLED), closed, got };
}

function hasAll(told, { ids = [], errors = [], pongs = [], lastPong }) {
  return (
    told.ids.length >= ids.length &&
    told.errors.length >= errors.length &&
    told.pongs.length >= pongs.length &&
    (lastPong === undefined || told.pongs.includes(lastPong))
  );
}
