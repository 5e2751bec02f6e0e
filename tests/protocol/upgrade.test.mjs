// Who may open a WebSocket, and what libwebsockets must not make of an Upgrade.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { exchange, frame, problemOf, request, UPGRADE } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("an upgrade", () => {
  const life = lifetime();
  let server, port, token, cookie;

  before(async () => {
    server = await startServer(life);
    port = new URL(server.url).port;
    token = (await member(server, "Anne")).credential.token;
    cookie = `beffroi=${token}`;
  });

  const upgrade = (headers = {}, path = "/ws") =>
    request(server, `GET ${path}`, { ...UPGRADE, origin: server.url, cookie, ...headers });
  const byBearer = (headers = {}) =>
    upgrade({ cookie: null, authorization: `Bearer ${token}`, ...headers });
  const get = () => request(server, "GET /healthz");

  async function opens(text) {
    const answer = await exchange(server, text, { until: /hello/ });
    assert.equal(answer.status, 101, answer.text);
    return answer;
  }
  async function opensNot(text) {
    const answer = await exchange(server, text);
    assert.doesNotMatch(answer.text, /HTTP\/1\.[01] (101|200)/, text);
    assert.equal(answer.closed, true, text);
    assert.ok(answer.answers <= 1);
    return answer;
  }
  async function refused(text, status) {
    const answer = await opensNot(text);
    assert.equal(answer.status, status, answer.text);
    assert.equal(problemOf(answer).status, status);
    assert.match(answer.text, /content-security-policy: /);
  }

  it("is let in by cookie and exact Origin, without extensions", async () => {
    const answer = await opens(upgrade({ "sec-websocket-extensions": "permessage-deflate" }));
    assert.match(answer.text, /sec-websocket-protocol: beffroi\.v1\r\n/i);
    assert.doesNotMatch(answer.text, /sec-websocket-extensions/i);
  });
  it("is let in by Bearer without Origin, or with ours", async () => {
    await opens(byBearer({ origin: null }));
    await opens(byBearer());
  });
  it("is refused by Bearer with another Origin", () =>
    refused(byBearer({ origin: "https://evil.example" }), 403));
  it("is refused by cookie without Origin", () => refused(upgrade({ origin: null }), 403));
  it("is refused without a credential", () => refused(upgrade({ cookie: null }), 401));

  it("is refused from any other Origin", async () => {
    const others = [
      "https://evil.example",
      "null",
      "http://127.0.0.1",
      "http://127.0.0.1:1",
      `${server.url}0`,
    ];
    for (const origin of [
      ...others,
      server.url.toUpperCase(),
      `${server.url}/`,
      [server.url, server.url],
    ]) {
      await refused(upgrade({ origin }), 403);
    }
  });
  it("is let in by each name of the machine itself", async () => {
    for (const name of ["localhost", "127.0.0.1", "LOCALHOST"]) {
      const host = `${name}:${port}`;
      await opens(upgrade({ host, origin: `http://${host.toLowerCase()}` }));
    }
  });
  it("is refused for any other Host", async () => {
    const { host } = new URL(server.url);
    for (const other of ["evil.example", "127.0.0.1", "127.0.0.1:1", "", [host, host]]) {
      await opensNot(upgrade({ host: other }));
    }
  });
  it("is of version 13", async () => {
    for (const version of ["8", "12", "14", "13, 13", null]) {
      await opensNot(upgrade({ "sec-websocket-version": version }));
    }
  });
  it("has a key of 16 bytes", async () => {
    const wrong = [
      "",
      "short==",
      "A".repeat(24),
      `${"A".repeat(26)}==`,
      `AAAA ${"A".repeat(17)}==`,
      null,
    ];
    for (const key of wrong) await opensNot(upgrade({ "sec-websocket-key": key }));
  });
  it("asks for our subprotocol and no other", async () => {
    const wrong = [
      null,
      "",
      "http",
      "beffroi.v2",
      "beffroi",
      "other, beffroi.v1",
      "beffroi.v1, other",
    ];
    for (const protocol of wrong) await opensNot(upgrade({ "sec-websocket-protocol": protocol }));
  });
  it("is a GET of /ws without a body", async () => {
    await refused(upgrade({}, "/"), 404);
    await refused(`${upgrade({ "content-length": "2" })}{}`, 400);
    await refused(upgrade({ "transfer-encoding": "chunked" }), 400);
    await opensNot(upgrade().replace("GET", "POST"));
  });
  it("with a session that is over is told 4401", async () => {
    const client = new Client(server, { token: "nobody" });
    await client.connect({ hello: false });
    assert.deepEqual(await client.closed, { code: 4401, reason: "session over" });
  });

  it("to anything but a WebSocket is refused and changes no protocol", async () => {
    const others = [
      "h2c",
      "websocket, h2c",
      "TLS/1.0",
      "websockets",
      "websocke",
      "WebSocket2",
      "http",
    ];
    for (const value of others) {
      const headers = {
        connection: "Upgrade, HTTP2-Settings",
        upgrade: value,
        "http2-settings": "AAMAAABkAARAAAAAAAIAAAAA",
      };
      const answer = await opensNot(request(server, "GET /", headers));
      assert.match(answer.text, /^HTTP\/1\.[01] 40[03] /); // 403: libwebsockets' own, before it asks us
    }
  });
  it("to a WebSocket may be spelt in any case", () => opens(upgrade({ upgrade: "WebSocket" })));

  // The use after free of libwebsockets: a second request, with a foreign Upgrade, on one connection.
  it("to something foreign behind another request frees nothing twice", async () => {
    const foreign = request(server, "GET /", { connection: "Upgrade", upgrade: "foo" });
    const h2c = request(server, "GET /", {
      connection: "Upgrade, HTTP2-Settings",
      upgrade: "h2c",
      "http2-settings": "AAMAAABkAARAAAAAAAIAAAAA",
    });
    for (const sequence of [
      [get(), foreign],
      [get(), h2c],
      [get() + foreign],
      [foreign, foreign],
      [foreign + foreign],
      [h2c + get(), h2c],
      [get() + upgrade()],
    ]) {
      const answer = await exchange(server, sequence);
      assert.equal(answer.closed, true);
      assert.doesNotMatch(answer.text, /HTTP\/1\.1 101/);
    }
    assert.equal((await exchange(server, get())).status, 200);
  });
  it("to HTTP/2 by prior knowledge is no request", () =>
    opensNot("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));

  it("may bring a frame in its packet: it is answered after hello", async () => {
    const call = frame(
      1,
      JSON.stringify({ jsonrpc: "2.0", id: 7, method: "club.list", params: {} }),
    );
    const answer = await exchange(server, upgrade() + call.toString("latin1"), { until: /"id":7/ });
    assert.ok(answer.text.indexOf('"hello"') < answer.text.indexOf('"id":7'), answer.text);
  });

  it("finds its cookie among others", async () => {
    for (const value of [`a=b; ${cookie}`, `${cookie}; a=b`, `a=b;${cookie};c=d`, `  ${cookie} `]) {
      await opens(upgrade({ cookie: value }));
    }
  });
  it("takes no cookie whose name only ends or begins like ours", async () => {
    for (const value of [
      `xbeffroi=${token}`,
      `beffroix=${token}`,
      `a="; beffroix=${token}`,
      `a=beffroi=${token}`,
      `beffroi =${token}`,
      "beffroi",
      "beffroi=",
    ]) {
      await refused(upgrade({ cookie: value }), 401);
    }
  });
  it("takes two cookies of our name for none", () =>
    refused(upgrade({ cookie: `${cookie}; ${cookie}` }), 401));
  it("goes by Bearer where there is a cookie too", () =>
    opens(byBearer({ cookie: "beffroi=nobody" })));
});
