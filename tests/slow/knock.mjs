// Run by address.test.mjs within a network of its own: `node knock.mjs PORT PEOPLE` (a file of lines that begin
// with a token), then a line of JSON on its input for each thing to do, and one on its output for what came of it.
//   {"open": COUNT, "from": ADDRESS}   opens so many WebSockets, which stay: {answered, closed}
//   {"leave": COUNT, "from": ADDRESS}  ends so many of those
import { readFileSync } from "node:fs";
import net from "node:net";
import { createInterface } from "node:readline";

const [port, people] = process.argv.slice(2);
const HOST = "10.9.9.1";
const tokens = readFileSync(people, "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(" ")[0]);
const open = new Map();
let knocks = 0;

const asked = () =>
  [
    "GET /ws HTTP/1.1",
    `Host: ${HOST}:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol: beffroi.v1",
    `Authorization: Bearer ${tokens[knocks++ % tokens.length]}`,
    "\r\n",
  ].join("\r\n");

/** true: answered, and kept; false: closed without a word. */
function knock(from) {
  return new Promise((done) => {
    const socket = net.connect({ host: HOST, port: Number(port), localAddress: from });
    socket.on("connect", () => socket.write(asked()));
    socket.once("data", () => {
      if (!open.has(from)) open.set(from, []);
      open.get(from).push(socket);
      done(true);
    });
    socket.on("error", () => done(false));
    socket.on("close", () => done(false));
  });
}

async function act({ open: count = 0, leave = 0, from }) {
  const leaving = (open.get(from) ?? []).splice(0, leave);
  await Promise.all(
    leaving.map((socket) => new Promise((done) => socket.on("close", done).destroy())),
  );
  const came = [];
  for (let i = 0; i < count; i++) came.push(await knock(from));
  return {
    answered: came.filter(Boolean).length,
    closed: came.filter((answered) => !answered).length,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await act(JSON.parse(line))));
}
process.exit(0);
