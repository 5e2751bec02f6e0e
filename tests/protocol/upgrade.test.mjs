// Who may open a WebSocket, and what libwebsockets must not make of an Upgrade.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, connect, raw, request, startServer, UPGRADE } from "./server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const upgrade = (headers = {}, path = "/ws") => request(server, `GET ${path}`, { ...UPGRADE, Origin: server.url, Cookie: server.cookie, ...headers });

async function refused(text, status) {
  const answer = await raw(server, text, { idle: 1000 });
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.answers, 1);
  assert.equal(answer.closed, true);
  assert.match(answer.text, /content-security-policy/);
  assert.match(answer.text, /application\/problem\+json/);
}

test("cookie and exact Origin open a WebSocket with our subprotocol", async () => {
  const answer = await raw(server, upgrade());
  assert.equal(answer.status, 101, answer.text);
  assert.match(answer.text, /sec-websocket-protocol: beffroi\.v1/i);
  assert.doesNotMatch(answer.text, /sec-websocket-extensions/i);
});

test("Bearer without Origin opens one", async () => {
  const headers = { Cookie: null, Origin: null, Authorization: `Bearer ${server.token}` };
  assert.equal((await raw(server, upgrade(headers))).status, 101);
});

test("Bearer with our Origin opens one", async () => {
  assert.equal((await raw(server, upgrade({ Cookie: null, Authorization: `Bearer ${server.token}` }))).status, 101);
});

test("Bearer with another Origin is refused", () => refused(upgrade({ Cookie: null, Authorization: `Bearer ${server.token}`, Origin: "https://evil.example" }), 403));
test("a cookie without Origin is refused", () => refused(upgrade({ Origin: null }), 403));
test("no credential is refused", () => refused(upgrade({ Cookie: null }), 401));

for (const origin of ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "http://127.0.0.1.evil.example", " "]) {
  test(`the Origin "${origin}" is refused`, () => refused(upgrade({ Origin: origin }), 403));
}

test("an Origin that only begins like ours is refused", () => refused(upgrade({ Origin: `${server.url}0` }), 403));
test("two Origins are refused", () => refused(upgrade({ Origin: [server.url, server.url] }), 403));

test("localhost and 127.0.0.1 are both ours on a loopback address", async () => {
  for (const name of ["localhost", "127.0.0.1", "LOCALHOST"]) {
    const host = `${name}:${server.port}`;
    assert.equal((await raw(server, upgrade({ Host: host, Origin: `http://${host.toLowerCase()}` }))).status, 101, host);
  }
});

for (const host of ["evil.example", "127.0.0.1", "127.0.0.1:1", ""]) {
  test(`the Host "${host}" is refused`, () => refused(upgrade({ Host: host }), 400));
}
test("a repeated Host is refused", () => refused(upgrade({ Host: [server.host, server.host] }), 400));

test("version 13 only", async () => {
  for (const version of ["8", "12", "14", "13, 13", null]) {
    const answer = await raw(server, upgrade({ "Sec-WebSocket-Version": version }));
    assert.notEqual(answer.status, 101, String(version));
    assert.equal(answer.closed, true);
  }
});

test("the key is 16 bytes in base64", async () => {
  for (const key of ["", "short==", "AAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "AAAA AAAAAAAAAAAAAAAAA==", null]) {
    const answer = await raw(server, upgrade({ "Sec-WebSocket-Key": key }));
    assert.notEqual(answer.status, 101, String(key));
  }
});

test("no subprotocol, or another, opens nothing", async () => {
  for (const protocol of [null, "", "http", "beffroi.v2", "beffroi", "other, beffroi.v1", "beffroi.v1, other"]) {
    const answer = await raw(server, upgrade({ "Sec-WebSocket-Protocol": protocol }), { idle: 1000 });
    assert.notEqual(answer.status, 101, String(protocol));
    assert.equal(answer.closed, true, String(protocol));
  }
});

test("another path opens nothing", () => refused(upgrade({}, "/"), 404));
test("an upgrade with a body is refused", () => refused(upgrade({ "Content-Length": "2" }) + "{}", 400));
test("an upgrade with Transfer-Encoding is refused", () => refused(upgrade({ "Transfer-Encoding": "chunked" }), 400));
test("a POST cannot upgrade", async () => {
  const answer = await raw(server, upgrade().replace("GET", "POST"), { idle: 1000 });
  assert.notEqual(answer.status, 101);
});

test("a session that is over is told 4401", async () => {
  const socket = await connect(server, { hello: false, headers: { Cookie: server.cookie.replace(/=.*/, "=nobody") } });
  assert.deepEqual(await socket.closed, { code: 4401, reason: "session over" });
});

for (const value of ["h2c", "websocket, h2c", "TLS/1.0", "websockets", "websocke", "WebSocket2", "http"]) {
  test(`Upgrade: ${value} is refused and changes no protocol`, async () => {
    const headers = { Connection: "Upgrade, HTTP2-Settings", Upgrade: value, "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA" };
    const answer = await raw(server, request(server, "GET /", headers), { idle: 1000 });
    assert.match(answer.text, /^HTTP\/1\.[01] 40[03] /); // 403: libwebsockets' own, before it asks us
    assert.equal(answer.answers, 1);
    assert.equal(answer.closed, true);
  });
}

test("Upgrade: WebSocket in any case is one", async () => {
  assert.equal((await raw(server, upgrade({ Upgrade: "WebSocket" }))).status, 101);
});

// The use-after-free of libwebsockets: a second request, with a foreign Upgrade, on one connection.
test("a foreign Upgrade behind another request frees nothing twice", async () => {
  const foreign = request(server, "GET /", { Connection: "Upgrade", Upgrade: "foo" });
  const h2c = request(server, "GET /", { Connection: "Upgrade, HTTP2-Settings", Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAARAAAAAAAIAAAAA" });
  const get = request(server, "GET /healthz");
  for (const sequence of [[get, foreign], [get, h2c], [get + foreign], [foreign, foreign], [foreign + foreign], [h2c + get, h2c], [get + upgrade()]]) {
    const answer = await raw(server, sequence, { idle: 600 });
    assert.equal(answer.closed, true);
    assert.doesNotMatch(answer.text, /HTTP\/1\.1 101/);
  }
  assert.equal((await raw(server, get)).status, 200);
});

test("HTTP/2 with prior knowledge is no request", async () => {
  const answer = await raw(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", { idle: 1000 });
  assert.notEqual(answer.status, 200);
  assert.doesNotMatch(answer.text, /^\0/);
});

test("a frame in the packet of the handshake is answered after hello", async () => {
  const text = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "club.list", params: {} });
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  const answer = await raw(server, upgrade() + frame.toString("latin1"), { idle: 500 });
  assert.equal(answer.status, 101);
  assert.ok(answer.text.indexOf("hello") < answer.text.indexOf('"id":7'), answer.text);
});

// --- cookies ---

const cookies = (value) => raw(server, upgrade({ Cookie: value }));

test("the cookie is found among others", async () => {
  for (const value of [`a=b; ${server.cookie}`, `${server.cookie}; a=b`, `a=b;${server.cookie};c=d`, `  ${server.cookie} `]) {
    assert.equal((await cookies(value)).status, 101, value);
  }
});

test("a cookie whose name only ends or begins like ours is another", async () => {
  const [name, value] = server.cookie.split("=");
  for (const cookie of [`x${name}=${value}`, `${name}x=${value}`, `a="; ${name}x=${value}`, `a=${name}=${value}`, `${name} =${value}`, name, `${name}=`]) {
    assert.equal((await cookies(cookie)).status, 401, cookie);
  }
});

test("two cookies of our name are none", async () => {
  assert.equal((await cookies(`${server.cookie}; ${server.cookie}`)).status, 401);
});

test("Bearer goes before a cookie", async () => {
  const socket = await connect(server, { headers: { Cookie: "beffroi=nobody", Authorization: `Bearer ${server.token}` } });
  assert.equal((await ask(socket, 1)).id, 1);
  socket.close();
});
