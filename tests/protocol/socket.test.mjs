// Frames: limits, order, silence, closing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, connected, member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { http } from "../lib/http.mjs";
import { rawSocket } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

const limits = readFileSync(new URL("../../server/base/limits.h", import.meta.url), "utf8");
const LIMIT_SOCKET_BURST = Number(/LIMIT_SOCKET_BURST +(\d+)/.exec(limits)[1]);

describe("a WebSocket", () => {
  const life = lifetime();
  let server, headers;

  before(async () => {
    server = await startServer(life);
    headers = (await member(server, "Anne")).headers();
  });

  const open = () => rawSocket(server, headers);
  const call = (id, more = "") =>
    JSON.stringify({ jsonrpc: "2.0", id, method: "ping", params: {} }) + more;
  const closesWith = async (code, act) => {
    const socket = await open();
    act(socket);
    assert.equal(await socket.close(), code);
  };

  it("closes with 1003 on a binary message", () =>
    closesWith(1003, ({ frame }) => frame(2, call(1))));

  it("takes a message of the limit, and closes with 1009 on one byte more", async () => {
    const socket = await open();
    socket.frame(1, call(1).padEnd(65_536));
    await socket.heard(/"id":1\b/);
    socket.frame(1, call(2).padEnd(65_537));
    assert.equal(await socket.close(), 1009);
  });

  it("refuses an oversize frame by its announced length, before its bytes", () =>
    closesWith(1009, ({ frame }) => frame(1, "x", { length: 2 ** 40 })));

  it("closes with 1009 when fragments add up past the limit", () =>
    closesWith(1009, ({ frame }) => {
      frame(1, "x".repeat(40_000), { final: false });
      frame(0, "x".repeat(40_000), { final: false });
    }));

  it("puts fragments together, a ping between them included", async () => {
    const socket = await open();
    const text = call(5);
    socket.frame(1, text.slice(0, 10), { final: false });
    socket.frame(9, "hey");
    socket.frame(0, text.slice(10, 20), { final: false });
    socket.frame(0, text.slice(20));
    await socket.heard(/\x8a\x03hey/);
    await socket.heard(/"id":5\b/);
    socket.socket.destroy();
  });

  it("closes with 1008 past 64 fragments", () =>
    closesWith(1008, ({ frame }) => {
      frame(1, "x", { final: false });
      for (let i = 0; i < 64; i++) frame(0, "x", { final: false });
    }));

  it("closes with 1008 when a message is not finished in ten seconds", { timeout: 20_000 }, () =>
    closesWith(1008, ({ frame }) => frame(1, "x", { final: false })),
  );

  it("closes with 1007 on what is not UTF-8", async () => {
    for (const bytes of ['"\xff"', '"\xc3"', '"\xed\xa0\x80"', '"\xc0\xaf"']) {
      await closesWith(1007, ({ frame }) => frame(1, bytes));
    }
  });

  it("takes a character cut between two fragments for whole", async () => {
    const socket = await open();
    const bytes = Buffer.from(call("é")).toString("latin1");
    const cut = bytes.indexOf("\xc3") + 1;
    socket.frame(1, bytes.slice(0, cut), { final: false });
    socket.frame(0, bytes.slice(cut));
    await socket.heard(/"id":"\xc3\xa9"/);
    socket.socket.destroy();
  });

  it("closes with 1002 on reserved bits and unknown opcodes", async () => {
    for (const opcode of [3, 7, 11, 15, 0x41])
      await closesWith(1002, ({ frame }) => frame(opcode, "x"));
  });

  it("echoes a peer's close", () => closesWith(1000, ({ frame }) => frame(8, "\x03\xe8")));

  it("answers all the frames of one packet", async () => {
    const socket = await open();
    for (let id = 1; id <= 20; id++) socket.frame(1, call(id));
    for (let id = 1; id <= 20; id++) await socket.heard(new RegExp(`"id":${id}\\b`));
    socket.socket.destroy();
  });

  it("refuses frames past the burst by their id, then hears again", async () => {
    const client = new Client(server, { token: headers.authorization.slice(7) });
    await client.connect();
    const sent = LIMIT_SOCKET_BURST + 1000;
    const answers = await Promise.all(
      Array.from({ length: sent }, () =>
        client.call("ping").then(
          () => "ok",
          ({ code }) => code,
        ),
      ),
    );
    assert.ok(answers.slice(0, LIMIT_SOCKET_BURST).every((answer) => answer === "ok"));
    assert.ok(answers.includes(1302));
    await new Promise((done) => setTimeout(done, 300));
    await client.call("ping");
    await client.close();
  });

  it("may vanish at any moment", async () => {
    for (let i = 0; i < 20; i++) {
      const socket = await open();
      socket.frame(1, call(1));
      socket.frame(1, "half", { length: 1000 });
      socket.socket.resetAndDestroy();
    }
    const socket = await open();
    socket.frame(1, call(1));
    await socket.heard(/"id":1\b/);
    socket.socket.destroy();
  });

  it("that does not read is let go, and holds nobody back", { timeout: 60_000 }, async () => {
    const [writer, reader] = [await connected(server, "Paul"), await connected(server, "Zoé")];
    const deaf = await rawSocket(server, (await member(server, "Max")).headers());
    deaf.socket.pause();
    const channel = (await channelOf(writer)).id;
    const metrics = async () =>
      (await http({ socketPath: join(server.data, "admin.sock"), path: "/metrics" })).text;
    const sockets = async () => Number(/^beffroi_net_sockets (\d+)$/m.exec(await metrics())[1]);
    const before = await sockets();
    const body = "x".repeat(9_000);
    const posts = 900;
    for (let i = 0; i < posts; i++) await writer.say(channel, body);
    await until(
      () => reader.facts.filter(({ fact }) => fact === "message.posted").length === posts,
    );
    await until(async () => (await sockets()) < before);
    deaf.socket.destroy();
    await Promise.all([writer.close(), reader.close()]);
  });

  it("is pinged when silent, and hung up when dead", { timeout: 60_000 }, async () => {
    const alive = await connected(server, "Paul");
    let pings = 0;
    alive.socket.on("ping", () => pings++);
    const dead = await open();
    const start = Date.now();
    assert.equal(await dead.close(), 1006);
    const seconds = (Date.now() - start) / 1000;
    assert.ok(seconds > 35 && seconds < 45, `${seconds} s`);
    assert.match(dead.bytes(), /\x89\x01\./);
    assert.equal(pings, 1);
    await alive.call("ping");
    await alive.close();
  });
});
