// Bytes on the wire, for clients that behave badly: nothing is added, completed or checked.
import net from "node:net";
import tls from "node:tls";

/** What makes a request an upgrade to our WebSocket. */
export const UPGRADE = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  "sec-websocket-protocol": "beffroi.v1",
};

export const hostOf = (server) => new URL(server.url).host;

/** One request as text. A header whose value is a list comes several times, one that is null not at all. */
export function request(server, line, headers = {}, body = "") {
  const fields = Object.entries({ host: hostOf(server), ...headers })
    .filter(([, value]) => value !== null)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}\r\n`));
  return `${line} HTTP/1.1\r\n${fields.join("")}\r\n${body}`;
}

/** POST of a command, its length counted. */
export function post(server, name, params = {}, headers = {}) {
  const body = JSON.stringify(params);
  const about = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return request(server, `POST /api/v1/${name}`, { ...about, ...headers }, body);
}

function dial(server, { path, ca, from }) {
  const { hostname, port } = path ? {} : new URL(server.url);
  const host = hostname?.replace(/^\[|\]$/g, "");
  const where = path ? { path } : { host, port: Number(port), localAddress: from };
  return ca ? tls.connect({ ...where, ca, servername: "localhost" }) : net.connect(where);
}

/**
 * Sends text (a list: piece by piece; characters are bytes) and gives what came back when the server
 * has closed, or has been silent for `idle` milliseconds.
 * @returns {Promise<{text: string, status: number, answers: number, closed: boolean, socket: net.Socket}>}
 *   answers: how many status lines came
 */
export function exchange(server, text, { idle = 1500, keep = false, until, ...where } = {}) {
  return new Promise((resolve, reject) => {
    const socket = dial(server, where);
    let got = "";
    let timer;
    const finish = (closed) => {
      clearTimeout(timer);
      if (!keep) socket.destroy();
      const lines = got.match(/HTTP\/1\.[01] \d{3} /g) ?? [];
      resolve({
        text: got,
        status: Number(lines[0]?.slice(9)),
        answers: lines.length,
        closed,
        socket,
      });
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), idle);
    };
    socket.on("data", (data) => {
      got += data.toString("latin1");
      if (until?.test(got)) finish(false);
      else wait();
    });
    socket.on("error", (error) =>
      ["ECONNRESET", "EPIPE"].includes(error.code) ? finish(true) : reject(error),
    );
    socket.on("close", () => finish(true));
    socket.on(where.ca ? "secureConnect" : "connect", async () => {
      wait();
      for (const piece of [text].flat()) {
        if (socket.destroyed) break;
        socket.write(Buffer.from(piece, "latin1"));
        await new Promise((done) => setTimeout(done, Array.isArray(text) ? 10 : 0));
      }
    });
  });
}

/** The problem object of an answer. */
export const problemOf = ({ text }) => JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4));

/**
 * An upgraded connection whose frames are written by hand.
 *   frame(opcode, payload, {final, length})   length: what the header says, if not the truth
 *   close()                                   the code of the close frame; 1006 if it ends without one
 *   heard(pattern)                            resolves when it matches all bytes that came
 */
export async function rawSocket(server, headers) {
  const hello = /"method":"hello".*\}$/s;
  const opened = await exchange(server, request(server, "GET /ws", { ...UPGRADE, ...headers }), {
    keep: true,
    until: hello,
  });
  if (opened.status !== 101) throw new Error(opened.text);
  const { socket } = opened;
  let got = "";
  const watchers = new Set();
  socket.removeAllListeners("data");
  socket.on("data", (data) => {
    got += data.toString("latin1");
    for (const watcher of watchers) watcher();
  });
  const closed = new Promise((done) => socket.on("close", done));
  return {
    socket,
    bytes: () => got,
    frame: (...args) => socket.write(frame(...args)),
    close: () =>
      new Promise((done) => {
        const look = () => closeCode(got) && done(closeCode(got));
        watchers.add(look);
        closed.then(() => done(closeCode(got) ?? 1006));
        look();
      }).finally(() => socket.destroy()),
    heard: (pattern) =>
      new Promise((done, fail) => {
        const look = () => pattern.test(got) && done(got);
        watchers.add(look);
        closed.then(() => fail(new Error(`closed without ${pattern}: ${got}`)));
        look();
      }),
  };
}

export function frame(opcode, payload = "", { final = true, length } = {}) {
  const body = Buffer.from(payload, "latin1");
  const bytes = length ?? body.length;
  const head = Buffer.alloc(bytes < 126 ? 2 : bytes < 65536 ? 4 : 10);
  head[0] = (final ? 0x80 : 0) | opcode;
  head[1] = 0x80 | (bytes < 126 ? bytes : bytes < 65536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(bytes, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes), 2);
  return Buffer.concat([head, Buffer.alloc(4), body]); // masked with zeros
}

/** The last frame, if it is a close with a code. */
function closeCode(got) {
  const at = got.lastIndexOf("\x88");
  const ends = at >= 0 && got.length >= at + 4 && at + 2 + got.charCodeAt(at + 1) === got.length;
  return ends ? Buffer.from(got, "latin1").readUInt16BE(at + 2) : undefined;
}
