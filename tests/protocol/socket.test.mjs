// Frames: limits, order, closing.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, test } from "node:test";
import { ask, connect, raw, request, startServer, UPGRADE } from "./server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

// A socket whose frames are written byte by byte: `frame(opcode, payload, {final, length})`.
async function rawSocket() {
  const text = request(server, "GET /ws", { ...UPGRADE, Origin: server.url, Cookie: server.cookie });
  const answer = await raw(server, text, { keep: true, idle: 150 });
  assert.equal(answer.status, 101);
  const { socket } = answer;
  let got = Buffer.alloc(0);
  socket.removeAllListeners("data");
  socket.on("data", (data) => {
    got = Buffer.concat([got, data]);
  });
  const closed = new Promise((resolve) => socket.on("close", resolve));
  const close = async () => {
    await closed;
    const at = got.indexOf(0x88);
    return at < 0 ? 1006 : got.readUInt16BE(at + 2);
  };
  const frame = (opcode, payload = "", { final = true, length } = {}) => {
    const body = Buffer.from(payload, "latin1");
    const bytes = length ?? body.length;
    const head = Buffer.alloc(bytes < 126 ? 2 : bytes < 65536 ? 4 : 10);
    head[0] = (final ? 0x80 : 0) | opcode;
    head[1] = 0x80 | (bytes < 126 ? bytes : bytes < 65536 ? 126 : 127);
    if (head.length === 4) head.writeUInt16BE(bytes, 2);
    if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes), 2);
    socket.write(Buffer.concat([head, Buffer.alloc(4), body]));
  };
  return { socket, frame, close, received: () => got };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const call = (id) => JSON.stringify({ jsonrpc: "2.0", id, method: "club.list", params: {} });

test("hello comes first, then answers by id", async () => {
  const socket = await connect(server);
  assert.equal(socket.hello.method, "hello");
  assert.equal((await ask(socket, 1)).id, 1);
  assert.equal((await ask(socket, 2)).id, 2);
  socket.close();
  assert.equal((await socket.closed).code, 1005);
});

test("a binary message closes with 1003", async () => {
  const socket = await connect(server);
  socket.send(Buffer.from(call(1)), { binary: true });
  assert.equal((await socket.closed).code, 1003);
});

test("a message of the limit is taken, one byte more closes with 1009", async () => {
  const socket = await connect(server);
  const text = (bytes) => call(1).padEnd(bytes, " ");
  socket.send(text(65536));
  assert.ok(await socket.next());
  socket.send(text(65537));
  assert.equal((await socket.closed).code, 1009);
});

test("an oversize frame is refused by its announced length, before its bytes", async () => {
  const client = await rawSocket();
  client.frame(1, "x", { length: 2 ** 40 });
  assert.equal(await client.close(), 1009);
});

test("fragments that add up past the limit close with 1009", async () => {
  const client = await rawSocket();
  client.frame(1, "x".repeat(40000), { final: false });
  client.frame(0, "x".repeat(40000), { final: false });
  assert.equal(await client.close(), 1009);
});

test("a message in fragments is put together", async () => {
  const client = await rawSocket();
  const text = call(5);
  client.frame(1, text.slice(0, 10), { final: false });
  client.frame(0, text.slice(10, 20), { final: false });
  client.frame(0, text.slice(20));
  await pause(300);
  assert.match(client.received().toString("latin1"), /"id":5/);
  client.socket.destroy();
});

test("a ping between fragments is answered and disturbs nothing", async () => {
  const client = await rawSocket();
  const text = call(6);
  client.frame(1, text.slice(0, 10), { final: false });
  client.frame(9, "hey");
  client.frame(0, text.slice(10));
  await pause(300);
  assert.match(client.received().toString("latin1"), /\x8a\x03hey/);
  assert.match(client.received().toString("latin1"), /"id":6/);
  client.socket.destroy();
});

test("more than 64 fragments close with 1008", async () => {
  const client = await rawSocket();
  client.frame(1, "x", { final: false });
  for (let i = 0; i < 64; i++) client.frame(0, "x", { final: false });
  assert.equal(await client.close(), 1008);
});

test("a message that is not finished in ten seconds closes with 1008", { timeout: 20000 }, async () => {
  const client = await rawSocket();
  client.frame(1, "x", { final: false });
  assert.equal(await client.close(), 1008);
});

test("text that is not UTF-8 closes with 1007", async () => {
  for (const bytes of ['"\xff"', '"\xc3"', '"\xed\xa0\x80"', '"\xc0\xaf"']) {
    const client = await rawSocket();
    client.frame(1, bytes);
    assert.equal(await client.close(), 1007, bytes);
  }
});

test("UTF-8 cut between two fragments is whole", async () => {
  const client = await rawSocket();
  const bytes = Buffer.from('{"jsonrpc":"2.0","id":"é","method":"club.list"}').toString("latin1");
  const cut = bytes.indexOf("\xc3") + 1;
  client.frame(1, bytes.slice(0, cut), { final: false });
  client.frame(0, bytes.slice(cut));
  await pause(300);
  assert.match(client.received().toString("latin1"), /"id":"\xc3\xa9"/);
  client.socket.destroy();
});

test("reserved bits and unknown opcodes close with 1002", async () => {
  for (const opcode of [3, 7, 11, 15, 0x41]) {
    const client = await rawSocket();
    client.frame(opcode, "x");
    assert.equal(await client.close(), 1002, String(opcode));
  }
});

test("a continuation of nothing closes the socket", async () => {
  const client = await rawSocket();
  client.frame(0, "x");
  assert.ok([1002, 1006].includes(await client.close()));
});

test("a peer's close is echoed", async () => {
  const client = await rawSocket();
  client.frame(8, "\x03\xe8");
  assert.equal(await client.close(), 1000);
});

test("answers of one packet leave together and in order", async () => {
  const client = await rawSocket();
  for (let id = 1; id <= 20; id++) client.frame(1, call(id));
  await pause(500);
  const ids = [...client.received().toString("latin1").matchAll(/"id":(\d+)/g)].map((match) => Number(match[1]));
  assert.deepEqual([...ids].sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i + 1));
  client.socket.destroy();
});

test("past the burst frames are refused with their id, and a socket that waits is heard again", async () => {
  const socket = await connect(server);
  for (let id = 1; id <= 70; id++) socket.send(call(id));
  const answers = [];
  while (answers.length < 70) answers.push(JSON.parse(await socket.next()));
  const refused = answers.filter((answer) => answer.error?.code === 1302);
  assert.ok(refused.length >= 10 && refused.length <= 20, `${refused.length} refused`);
  assert.ok(refused.every((answer) => answer.id > 50));
  await pause(200);
  assert.notEqual((await ask(socket, 99)).error?.code, 1302);
  socket.close();
});

test("a client that vanishes leaves the server well", async () => {
  for (let i = 0; i < 20; i++) {
    const client = await rawSocket();
    client.frame(1, call(1));
    client.frame(1, "half", { length: 1000 });
    client.socket.resetAndDestroy();
  }
  const socket = await connect(server);
  assert.equal((await ask(socket, 1)).id, 1);
  socket.close();
});

test("silence is pinged, and a dead line is hung up", { timeout: 60000 }, async () => {
  const alive = await connect(server);
  const dead = await rawSocket();
  let pings = 0;
  alive.on("ping", () => pings++);
  const start = Date.now();
  assert.equal(await dead.close(), 1006);
  const seconds = (Date.now() - start) / 1000;
  assert.ok(seconds > 35 && seconds < 45, `${seconds} s`);
  assert.equal(pings, 1);
  assert.match(dead.received().toString("latin1"), /\x89\x01\./);
  assert.equal((await ask(alive, 1)).id, 1);
  alive.close();
});
