// TLS by the server itself: versions, suites, cookies, and a certificate renewed under way.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import tls from "node:tls";
import WebSocket from "ws";
import { member } from "../lib/cast.mjs";
import { cli, folder, lifetime, makeData, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

function certificate(place, name) {
  const [cert, key] = [join(place, `${name}.pem`), join(place, `${name}.key`)];
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" ");
  const about = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  execFileSync("openssl", [...args, ...about, "-out", cert, "-keyout", key], { stdio: "ignore" });
  return { cert, key };
}

describe("TLS", () => {
  const life = lifetime();
  let server, first, second, port, anne;

  before(async () => {
    const place = folder(life);
    first = certificate(place, "first");
    second = certificate(place, "second");
    copyFileSync(first.cert, join(place, "live.pem"));
    copyFileSync(first.key, join(place, "live.key"));
    server = await startServer(life, {
      tls_cert: join(place, "live.pem"),
      tls_key: join(place, "live.key"),
    });
    port = new URL(server.url).port;
    anne = await member(server, "Anne");
  });

  const replace = ({ cert, key }) => {
    copyFileSync(cert, server.config.tls_cert);
    copyFileSync(key, server.config.tls_key);
  };
  const hello = (options = {}) =>
    new Promise((done, fail) => {
      const socket = tls.connect(
        { host: "127.0.0.1", port, rejectUnauthorized: false, ...options },
        () => {
          const name = socket.getPeerCertificate().subject.CN;
          done({ name, alpn: socket.alpnProtocol, version: socket.getProtocol() });
          socket.destroy();
        },
      );
      socket.on("error", fail);
    });
  const https = (path, { headers = {}, body } = {}) =>
    new Promise((done, fail) => {
      const method = body === undefined ? "GET" : "POST";
      const payload = body === undefined ? "" : JSON.stringify(body);
      const about =
        body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) };
      const options = {
        host: "127.0.0.1",
        port,
        path,
        method,
        rejectUnauthorized: false,
        agent: false,
      };
      const asked = httpsRequest({ ...options, headers: { ...about, ...headers } }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => (text += chunk));
        answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text }));
      });
      asked.on("error", fail);
      asked.end(payload);
    });
  const live = () =>
    new Promise((done, fail) => {
      const socket = new WebSocket(`wss://127.0.0.1:${port}/ws`, "beffroi.v1", {
        headers: anne.headers(),
        rejectUnauthorized: false,
      });
      socket.once("message", () => done(socket));
      socket.on("error", fail);
      socket.on("close", (code) => fail(new Error(`closed with ${code}`)));
    });

  it("has an https address, and says so for two years", async () => {
    assert.match(server.url, /^https:/);
    const { status, headers } = await https("/healthz");
    assert.equal(status, 200);
    assert.match(headers["strict-transport-security"], /max-age=63072000/);
    assert.match(headers["content-security-policy"], /connect-src 'self' wss:/);
  });

  it("speaks HTTP/1.1 to who offers HTTP/2, by TLS 1.3", async () => {
    const { alpn, version } = await hello({ ALPNProtocols: ["h2", "http/1.1"] });
    assert.equal(alpn, "http/1.1");
    assert.equal(version, "TLSv1.3");
  });

  it("accepts TLS 1.2 with forward secrecy and authenticated encryption only", async () => {
    const old = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" };
    assert.equal((await hello(old)).version, "TLSv1.2");
    await assert.rejects(
      hello({ ...old, ciphers: "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384" }),
    );
    await assert.rejects(
      hello({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
    );
  });

  it("takes up a session again by its ticket, with a new key exchange", async () => {
    const dial = (session) =>
      tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false, session });
    const first = dial();
    const [ticket] = await once(first, "session");
    first.destroy();
    const again = dial(ticket);
    await once(again, "secureConnect");
    assert.equal(again.isSessionReused(), true);
    assert.equal(again.getEphemeralKeyInfo().type, "ECDH");
    again.destroy();
  });

  it("gives a cookie that is __Host-, Secure and closed to scripts", async () => {
    const { email } = await member(server, "Paul");
    const { stdout } = await server.cli("user password", [email]);
    const body = { email, password: stdout.trim() };
    const { status, headers, text } = await https("/api/v1/session.open", {
      body,
      headers: { origin: server.url },
    });
    assert.equal(status, 200, text);
    const [cookie] = headers["set-cookie"];
    assert.match(
      cookie,
      /^__Host-beffroi=[\w-]{32,}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
    );
    const again = { cookie: cookie.split(";")[0], origin: server.url };
    assert.equal((await https("/api/v1/club.list", { body: {}, headers: again })).status, 200);
    const plain = { ...again, origin: server.url.replace("https", "http") };
    assert.equal((await https("/api/v1/club.list", { body: {}, headers: plain })).status, 403);
  });

  it("carries a large answer whole", async () => {
    const { status, text } = await https("/api/openapi.json");
    assert.equal(status, 200);
    assert.ok(JSON.parse(text).openapi);
  });

  it("takes a renewed certificate on SIGHUP; sockets that are open go on", async () => {
    const socket = await live();
    replace(second);
    process.kill(server.pid, "SIGHUP");
    await until(async () => (await hello()).name === "second");
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: {} }));
    await new Promise((done) => socket.once("message", done));
    socket.close();
    replace(first);
    process.kill(server.pid, "SIGHUP");
    await until(async () => (await hello()).name === "first");
  });

  it("keeps the certificate it has when the new one is no good", async () => {
    const lines = () => server.log.match(/event=TLS/g)?.length ?? 0;
    const bad = [
      () => writeFileSync(server.config.tls_cert, "rubbish"),
      () => copyFileSync(second.cert, server.config.tls_cert), // not of this key
    ];
    for (const spoil of bad) {
      replace(first);
      spoil();
      const told = lines();
      process.kill(server.pid, "SIGHUP");
      await until(() => lines() > told);
      assert.equal((await hello()).name, "first");
    }
    replace(first);
  });

  it("closes with 1012 and a clean end", async () => {
    const socket = await live();
    const closed = new Promise((done) => socket.on("close", done));
    assert.equal(await server.stop(), 0);
    assert.equal(await closed, 1012);
  });
});

it("does not start with a key of another certificate", async (t) => {
  const place = folder(t);
  const [one, other] = [certificate(place, "one"), certificate(place, "other")];
  const data = await makeData(place);
  const args = [
    "serve",
    "--data",
    data,
    "--listen",
    "127.0.0.1:0",
    "--tls-cert",
    one.cert,
    "--tls-key",
    other.key,
  ];
  const { code, stderr } = await cli(args);
  assert.equal(code, 1);
  assert.match(stderr, /the key/);
});
