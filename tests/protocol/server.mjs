// A server of its own for a test file, and ways to talk to it as a client, well or badly behaved.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import WebSocket from "ws";

const PROGRAM = process.env.BEFFROI ?? "build/beffroi";

export async function startServer(options = {}) {
  const dir = mkdtempSync(join(tmpdir(), "beffroi-"));
  const args = ["--admin", join(dir, "admin.sock"), ...(options.args ?? [])];
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "inherit", ...(options.inherit ?? [])], env: { ...process.env, ...options.env } });
  const exited = once(child, "exit");
  const [line] = await once(child.stdout, "data");
  const url = new URL(line.toString().trim().split("\n")[0].split(" ").at(-1));
  const server = {
    child,
    dir,
    url: url.origin,
    host: url.host,
    port: Number(url.port),
    hostname: url.hostname,
    admin: join(dir, "admin.sock"),
    token: "good",
    cookie: `${url.protocol === "https:" ? "__Host-beffroi" : "beffroi"}=good`,
    async stop() {
      child.kill("SIGTERM");
      const [code, signal] = await exited;
      rmSync(dir, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the server ended with ${code ?? signal}`);
    },
    exited,
  };
  return server;
}

// Sends `text` as it is (an array: piece by piece) and gives all that comes back until the server
// closes, or is silent for `idle` milliseconds.
export function raw(server, text, { idle = 300, path, ca, keep } = {}) {
  return new Promise((resolve, reject) => {
    const at = path ? { path } : { port: server.port, host: "127.0.0.1" };
    const socket = ca ? tls.connect({ ...at, ca, servername: "localhost" }) : net.connect(at);
    let got = "";
    let timer;
    const end = (closed) => {
      clearTimeout(timer);
      resolve({ text: got, closed, status: Number(/^HTTP\/1\.1 (\d+)/.exec(got)?.[1] ?? 0), answers: got.match(/HTTP\/1\.[01] \d{3} /g)?.length ?? 0, socket });
      if (!keep) socket.destroy();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(false), idle);
    };
    socket.on("data", (data) => {
      got += data.toString("latin1");
      wait();
    });
    socket.on("error", (error) => (got ? end(true) : error.code === "ECONNRESET" ? end(true) : reject(error)));
    socket.on("close", () => end(true));
    socket.on(ca ? "secureConnect" : "connect", async () => {
      wait();
      for (const piece of Array.isArray(text) ? text : [text]) {
        socket.write(Buffer.from(piece, "latin1"));
        if (Array.isArray(text)) await new Promise((done) => setTimeout(done, 20));
      }
    });
  });
}

// A request line, headers and body in one text; Host is added.
export function request(server, line, headers = {}, body = "") {
  const all = { Host: server.host, ...headers };
  const fields = Object.entries(all).filter(([, value]) => value !== null);
  return `${line} HTTP/1.1\r\n${fields.map(([name, value]) => [value].flat().map((one) => `${name}: ${one}\r\n`).join("")).join("")}\r\n${body}`;
}

export const jsonPost = (server, name, params = {}, headers = {}) => {
  const body = JSON.stringify(params);
  return request(server, `POST /api/v1/${name}`, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers }, body);
};

export const UPGRADE = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "beffroi.v1" };

// An open WebSocket that has had its hello; `next()` gives the messages one by one.
export async function connect(server, options = {}) {
  const url = options.url ?? `${server.url.replace("http", "ws")}/ws`;
  const socket = new WebSocket(url, options.protocols ?? "beffroi.v1", { headers: { Cookie: server.cookie, ...options.headers }, origin: options.origin ?? server.url, ca: options.ca, perMessageDeflate: false });
  const queue = [];
  const waiting = [];
  socket.on("message", (data, binary) => {
    const message = binary ? data : data.toString();
    waiting.length ? waiting.shift()(message) : queue.push(message);
  });
  socket.next = () => (queue.length ? Promise.resolve(queue.shift()) : new Promise((resolve) => waiting.push(resolve)));
  socket.closed = new Promise((resolve) => socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() })));
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
    socket.on("unexpected-response", (_, response) => reject(Object.assign(new Error(`HTTP ${response.statusCode}`), { status: response.statusCode, headers: response.headers })));
  });
  if (options.hello !== false) socket.hello = JSON.parse(await socket.next());
  return socket;
}

export async function ask(socket, id, method = "club.list", params = {}) {
  socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
  for (;;) {
    const message = JSON.parse(await socket.next());
    if (message.id === id) return message;
  }
}
