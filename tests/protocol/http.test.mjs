// HTTP hygiene: what libwebsockets lets through is refused by us, once, with headers and a problem.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { jsonPost, raw, request, startServer } from "./server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const bearer = () => ({ Authorization: `Bearer ${server.token}` });
const problem = (answer) => JSON.parse(answer.text.slice(answer.text.indexOf("\r\n\r\n") + 4));

async function refused(text, status) {
  const answer = await raw(server, text);
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.answers, 1);
  assert.match(answer.text, /content-type: application\/problem\+json/);
  assert.equal(problem(answer).status, status);
  return answer;
}

test("every answer carries the security headers, refusals too", async () => {
  const requests = [
    request(server, "GET /healthz"),
    request(server, "GET /nowhere.txt"),
    request(server, "PATCH /api/v1/club.list"),
    request(server, "GET /healthz", { "Transfer-Encoding": "chunked" }),
    request(server, "POST /api/v1/club.list", { "Content-Length": "99999999" }),
    request(server, "GET /ws", { Connection: "Upgrade", Upgrade: "h2c" }),
  ];
  for (const text of requests) {
    const answer = await raw(server, text);
    assert.match(answer.text, /content-security-policy: default-src 'none'; script-src 'self'/, text);
    assert.match(answer.text, /require-trusted-types-for 'script'; trusted-types beffroi\r\n/);
    assert.match(answer.text, /x-content-type-options: nosniff/);
    assert.match(answer.text, /referrer-policy: strict-origin/);
    assert.match(answer.text, /cross-origin-opener-policy: same-origin/);
    assert.match(answer.text, /cross-origin-resource-policy: same-origin/);
    assert.match(answer.text, /permissions-policy: /);
  }
});

test("a connection serves one request and ends with its answer", async () => {
  const post = jsonPost(server, "club.list", {}, bearer());
  for (const text of [post, request(server, "GET /healthz"), request(server, "GET /nowhere.txt")]) {
    const answer = await raw(server, text);
    assert.equal(answer.answers, 1);
    assert.equal(answer.closed, true);
    assert.match(answer.text, /\r\nconnection: close\r\n/);
  }
});

test("a body in many pieces is put together", async () => {
  const text = jsonPost(server, "club.list", {}, bearer());
  const answer = await raw(server, text.match(/[^]{1,40}/g));
  assert.equal(answer.status, 200, answer.text);
});

// With libwebsockets 4.1.6 alone, the second of these packets stops the server for ever.
test("requests in one packet: the first is answered, once, and the server lives", async () => {
  const get = request(server, "GET /healthz");
  const post = jsonPost(server, "club.list", {}, bearer());
  const bare = request(server, "POST /api/v1/club.list", bearer());
  for (const first of [get, post, bare]) {
    for (const second of [get, post, bare, "x", "\r\n\r\n", "POST /", post.slice(0, -1)]) {
      const answer = await raw(server, first + second);
      assert.equal(answer.answers, 1, first + second);
      assert.equal(answer.status, 200);
    }
  }
  assert.equal((await raw(server, get)).status, 200);
});

test("a POST without Content-Length has no body", async () => {
  assert.equal((await raw(server, request(server, "POST /api/v1/club.list", bearer()))).status, 200);
});

test("Transfer-Encoding is refused", () =>
  refused(request(server, "POST /api/v1/club.list", { "Transfer-Encoding": "chunked" }, "0\r\n\r\n"), 400));

test("Transfer-Encoding beside Content-Length is refused", () =>
  refused(request(server, "POST /api/v1/club.list", { "Content-Length": "2", "Transfer-Encoding": "chunked" }, "{}"), 400));

test("a repeated Content-Length is refused", () =>
  refused(request(server, "POST /api/v1/club.list", { "Content-Length": ["2", "2"] }, "{}"), 400));

for (const length of ["+2", "-1", "0x2", "2 2", "2,2", "1e3", "9999999999999", " 2a"]) {
  test(`Content-Length "${length}" is refused`, () =>
    refused(request(server, "POST /api/v1/club.list", { "Content-Length": length }, "{}"), 400));
}

test("a body on a GET is refused", () => refused(request(server, "GET /healthz", { "Content-Length": "2" }, "{}"), 400));

test("control characters in a header are refused", async () => {
  for (const value of ["a\x01b", "a\x7fb", "a\x1fb"]) {
    await refused(request(server, "GET /healthz", { "User-Agent": value }), 400);
  }
});

test("a control character in the path is refused", () => refused(request(server, "GET /a%01b"), 400));

test("a zero byte in the path never names a file", async () => {
  const answer = await raw(server, request(server, "GET /healthz%00.txt"));
  assert.notEqual(answer.status, 200);
});

test("an oversize body is refused before it is read", async () => {
  const answer = await refused(request(server, "POST /api/v1/club.list", { "Content-Type": "application/json", "Content-Length": "65537" }), 413);
  assert.match(answer.text, /connection: close/);
  assert.match(problem(answer).title + problem(answer).detail, /65536/);
});

test("the refusal of an oversize body reaches a client that goes on sending it", async () => {
  const head = request(server, "POST /api/v1/club.list", { "Content-Type": "application/json", "Content-Length": "2000000" });
  const answer = await raw(server, head + "x".repeat(2000000), { idle: 3000 });
  assert.equal(answer.status, 413);
  assert.equal(answer.answers, 1);
  assert.equal(answer.closed, true);
});

for (const verb of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
  test(`${verb} is refused with the verb to use`, async () => {
    const answer = await refused(request(server, `${verb} /api/v1/club.list`, { "Content-Length": "2" }, "{}"), 405);
    assert.match(answer.text, /\r\nallow: POST\r\n/);
  });
}

test("GET on a command says POST", async () => {
  const answer = await refused(request(server, "GET /api/v1/club.list"), 405);
  assert.match(answer.text, /\r\nallow: POST\r\n/);
});

test("an unknown method gets one refusal and no connection", async () => {
  const answer = await raw(server, request(server, "BREW /coffee"));
  assert.ok(answer.answers <= 1);
  assert.ok(answer.status !== 200 && answer.closed, answer.text);
});

test("CONNECT opens no raw connection", async () => {
  const answer = await raw(server, [request(server, "CONNECT example.org:80"), "hello\r\n", "hello\r\n"], { idle: 1500 });
  assert.equal(answer.closed, true);
  assert.doesNotMatch(answer.text, /HTTP\/1\.[01] 200/);
});

test("a header block past its limit closes the connection", async () => {
  const answer = await raw(server, request(server, "GET /healthz", { "X-Long": "a".repeat(9000) }), { idle: 1000 });
  assert.equal(answer.closed, true);
  assert.notEqual(answer.status, 200);
});

test("a body of another type than JSON is refused", () =>
  refused(request(server, "POST /api/v1/club.list", { "Content-Type": "text/plain", "Content-Length": "2", ...bearer() }, "{}"), 415));

test("a body that is not JSON is refused with the place", async () => {
  const answer = await refused(request(server, "POST /api/v1/club.list", { "Content-Type": "application/json", "Content-Length": "1", ...bearer() }, "{"), 400);
  assert.equal(problem(answer).code, -32700);
});

test("an unknown command is refused by its name", async () => {
  const answer = await refused(jsonPost(server, "no.such", {}, bearer()), 404);
  assert.match(JSON.stringify(problem(answer)), /no\.such/);
});

test("Accept-Language chooses the language of a refusal", async () => {
  const french = problem(await raw(server, request(server, "GET /nowhere.txt")));
  const english = problem(await raw(server, request(server, "GET /nowhere.txt", { "Accept-Language": "en" })));
  assert.notEqual(french.title + french.detail, english.title + english.detail);
});

test("Expect: 100-continue is answered before the body", async () => {
  const text = jsonPost(server, "club.list", {}, { ...bearer(), Expect: "100-continue" });
  const [head, body] = [text.slice(0, -2), text.slice(-2)];
  const answer = await raw(server, [head, body]);
  assert.match(answer.text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});

test("HTTP/1.0 is answered and closed", async () => {
  const answer = await raw(server, "GET /healthz HTTP/1.0\r\n\r\n");
  assert.equal(answer.status, 200);
  assert.equal(answer.closed, true);
});

test("HEAD has the headers of GET and no body", async () => {
  const head = await raw(server, request(server, "HEAD /healthz"));
  const get = await raw(server, request(server, "GET /healthz"));
  const length = (answer) => /content-length: (\d+)/.exec(answer.text)[1];
  assert.equal(length(head), length(get));
  assert.equal(head.text.indexOf("\r\n\r\n") + 4, head.text.length);
});

test("a document has an ETag and answers 304 to it", async () => {
  const get = await raw(server, request(server, "GET /api/openapi.json"));
  const etag = /etag: (".+?")/.exec(get.text)[1];
  for (const value of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await raw(server, request(server, "GET /api/openapi.json", { "If-None-Match": value }));
    assert.equal(again.status, 304, value);
    assert.equal(again.text.indexOf("\r\n\r\n") + 4, again.text.length);
  }
  assert.equal((await raw(server, request(server, "GET /api/openapi.json", { "If-None-Match": '"other"' }))).status, 200);
});

test("health, readiness and version are told to anybody", async () => {
  for (const path of ["/healthz", "/readyz", "/version"]) {
    assert.equal((await raw(server, request(server, `GET ${path}`))).status, 200);
  }
});

test("metrics are not for the public", async () => {
  assert.equal((await raw(server, request(server, "GET /metrics"))).status, 404);
});

test("a request that never ends is cut", { timeout: 30000 }, async () => {
  const answer = await raw(server, "GET /healthz HTTP/1.1\r\nHost: x", { idle: 25000 });
  assert.equal(answer.closed, true);
});
