// By which socket one comes: admin, unix, inherited, behind a proxy, metrics; and limits of each.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { http } from "../lib/http.mjs";
import { exchange, request, UPGRADE } from "../lib/raw.mjs";
import { BINARY, cli, folder, makeData, startServer } from "../lib/server.mjs";
import { deadline } from "../lib/wait.mjs";

const adminOf = (server) => join(server.data, "admin.sock");

describe("the admin socket", () => {
  it("is for its owner alone", async (t) => {
    const server = await startServer(t);
    assert.equal(statSync(adminOf(server)).mode & 0o777, 0o600);
  });
  it("takes larger bodies than the public door", async (t) => {
    const server = await startServer(t);
    const body = { name: "x".repeat(200_000) };
    const answer = await http({
      socketPath: adminOf(server),
      path: "/api/v1/ping",
      method: "POST",
      body,
    });
    assert.equal(answer.status, 400); // read, and refused for what it says
    const large = { "content-length": "9000000" };
    const refused = await exchange(server, request(server, "POST /api/v1/ping", large), {
      path: adminOf(server),
      idle: 4000,
    });
    assert.equal(refused.status, 413);
  });
  it("opens no WebSocket and gives no page", async (t) => {
    const server = await startServer(t);
    const answer = await exchange(
      server,
      request(server, "GET /ws", { ...UPGRADE, origin: server.url }),
      { path: adminOf(server) },
    );
    assert.notEqual(answer.status, 101);
    assert.equal((await http({ socketPath: adminOf(server), path: "/" })).status, 404);
  });
  it("is gone after a clean stop, and taken over after a crash", async (t) => {
    const server = await startServer(t);
    await server.stop();
    assert.equal(server.has("admin.sock"), false);
    await server.start();
    await server.kill();
    assert.equal(server.has("admin.sock"), true);
    await server.start();
    await server.admin("person.list");
  });
  it("tells metrics", async (t) => {
    const server = await startServer(t);
    const { status, text } = await http({ socketPath: adminOf(server), path: "/metrics" });
    assert.equal(status, 200);
    assert.match(text, /^beffroi_net_connections \d+$/m);
  });
});

it("a metrics port has metrics and nothing else", async (t) => {
  const port = await freePort();
  const server = await startServer(t, { metrics_listen: `127.0.0.1:${port}` });
  const url = `http://127.0.0.1:${port}`;
  assert.equal((await http({ url, path: "/metrics" })).status, 200);
  assert.equal((await http({ url, path: "/" })).status, 404);
  assert.equal((await http({ url, path: "/api/v1/ping", method: "POST", body: {} })).status, 404);
  assert.equal((await server.fetch("/metrics")).status, 404);
});

it("a port alone is listened on at every address, of IPv4 and of IPv6", async (t) => {
  const port = await freePort();
  await startServer(t, { listen: `:${port}`, public_url: "https://club.example.fr" });
  const all = Object.values(networkInterfaces()).flat();
  const addresses = all.some(({ address }) => address === "::1")
    ? ["127.0.0.1", "[::1]"]
    : ["127.0.0.1"];
  for (const address of addresses) {
    const headers = { host: "club.example.fr" };
    const url = `http://${address}:${port}`;
    assert.equal((await http({ url, path: "/healthz", headers })).status, 200, address);
  }
});

function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

describe("a unix socket as the public door", () => {
  const serve = async (t) => {
    const path = join(folder(t), "web.sock");
    const server = await startServer(t, {
      listen: `unix:${path}`,
      public_url: "https://club.example.fr",
    });
    return { server, path };
  };
  const ours = { host: "club.example.fr", origin: "https://club.example.fr" };

  it("serves HTTP and WebSockets under the public address", async (t) => {
    const { server, path } = await serve(t);
    const anne = await member(server, "Anne");
    const { token } = anne.credential;
    const answer = await http({
      socketPath: path,
      path: "/api/v1/club.list",
      method: "POST",
      body: {},
      headers: { ...ours, ...anne.headers() },
    });
    assert.equal(answer.status, 200, answer.text);
    const cookie = `__Host-beffroi=${token}`;
    const opened = await exchange(
      server,
      request(server, "GET /ws", { ...UPGRADE, ...ours, cookie }),
      { path, until: /hello/ },
    );
    assert.equal(opened.status, 101, opened.text);
  });
  it("has Strict-Transport-Security and a __Host- cookie", async (t) => {
    const { server, path } = await serve(t);
    const answer = await http({ socketPath: path, path: "/healthz" });
    assert.match(answer.headers["strict-transport-security"], /max-age=\d{7}/);
    assert.match(
      answer.headers["content-security-policy"],
      /connect-src 'self' wss:\/\/club\.example\.fr;/,
    );
    const { token } = (await member(server, "Anne")).credential;
    const plain = request(server, "GET /ws", { ...UPGRADE, ...ours, cookie: `beffroi=${token}` });
    assert.equal((await exchange(server, plain, { path })).status, 401);
  });
  it("refuses a path that another server answers on", async (t) => {
    const { path } = await serve(t);
    const data = await makeData(folder(t));
    const { code, stderr } = await cli(["serve", "--data", data, "--listen", `unix:${path}`]);
    assert.equal(code, 1);
    assert.match(stderr, /in use/);
  });
});

// Descriptor 3, as systemd hands it over: LISTEN_PID is the process that execs the server.
it("takes a listening socket from systemd", async (t) => {
  const place = folder(t);
  const data = await makeData(place);
  const conf = join(place, "beffroi.conf");
  const listening = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => listening.on("listening", done));
  const { port } = listening.address();
  writeFileSync(conf, `public_url = http://127.0.0.1:${port}\n`);
  const start = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"';
  const child = spawn(
    "sh",
    ["-c", start, "sh", BINARY, "serve", "--data", data, "--config", conf],
    {
      stdio: ["ignore", "pipe", "inherit", listening._handle],
    },
  );
  t.after(() => child.kill("SIGKILL"));
  const ended = new Promise((done) => child.on("close", done));
  await new Promise((done) => child.stdout.once("data", done));
  await new Promise((done) => listening.close(done));
  assert.equal((await http({ url: `http://127.0.0.1:${port}`, path: "/healthz" })).status, 200);
  child.kill("SIGTERM");
  assert.equal(await deadline(ended, 10_000, "no end"), 0);
});

// 2,000 sockets of an address are its fill; the machine itself has none.
describe("the sockets of one address", () => {
  const PEOPLE = 100; // each may have 20

  /** Opens 2,001 sockets that say to come from one address behind different ones; the last's status. */
  async function fill(t, config) {
    const server = await startServer(t, config);
    const people = [];
    for (let i = 0; i < PEOPLE; i++) people.push((await member(server, "Anne")).headers());
    const sockets = [];
    t.after(() => sockets.forEach((socket) => socket.destroy()));
    const open = async (i) => {
      const hops = `192.0.2.${i % 250}, 198.51.100.7`;
      const headers = { ...UPGRADE, ...people[i % PEOPLE], "x-forwarded-for": hops };
      const answer = await exchange(server, request(server, "GET /ws", headers), {
        keep: true,
        until: /hello|HTTP.1.1 4/,
      });
      sockets.push(answer.socket);
      return answer.status;
    };
    for (let i = 0; i < 2000; i += 20) {
      const statuses = await Promise.all(Array.from({ length: 20 }, (_, j) => open(i + j)));
      assert.deepEqual(new Set(statuses), new Set([101]));
    }
    sockets.slice(0, 20).forEach((socket) => socket.destroy()); // room for the last person
    return { open, last: await open(0) };
  }

  it("are counted by the last hop that a trusted proxy tells", { timeout: 90_000 }, async (t) => {
    const { open } = await fill(t, { trusted_proxy: "127.0.0.1" });
    await Promise.all(Array.from({ length: 19 }, (_, i) => open(i + 1)));
    assert.equal(await open(30), 429);
  });
  it("are not counted by the word of anybody else", { timeout: 90_000 }, async (t) => {
    const { open } = await fill(t, { trusted_proxy: "192.0.2.9" });
    await Promise.all(Array.from({ length: 19 }, (_, i) => open(i + 1)));
    assert.equal(await open(30), 101);
  });
});
