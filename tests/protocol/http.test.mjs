// HTTP hygiene: what libwebsockets lets through is refused by us, once, with headers and a problem.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { exchange, hostOf, post, problemOf, request } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("HTTP", () => {
  const life = lifetime();
  let server, bearer;

  before(async () => {
    server = await startServer(life);
    bearer = (await member(server, "Anne")).headers();
  });

  const get = (path, headers) => request(server, `GET ${path}`, headers);
  const body = (headers, text) =>
    request(
      server,
      "POST /api/v1/club.list",
      { "content-type": "application/json", ...bearer, ...headers },
      text,
    );

  async function refused(text, status) {
    const answer = await exchange(server, text, { idle: 5000 });
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.answers, 1);
    assert.equal(answer.closed, true);
    assert.match(answer.text, /\r\ncontent-type: application\/problem\+json\r\n/);
    assert.equal(problemOf(answer).status, status);
    return answer;
  }

  it("carries the security headers on every answer, refusals too", async () => {
    const texts = [
      get("/healthz"),
      get("/nowhere.txt"),
      request(server, "PATCH /api/v1/club.list"),
      get("/healthz", { "transfer-encoding": "chunked" }),
      body({ "content-length": "99999999" }),
      get("/ws", { connection: "Upgrade", upgrade: "h2c" }),
      post(server, "club.list"),
    ];
    for (const text of texts) {
      const answer = await exchange(server, text);
      for (const header of [
        /content-security-policy: default-src 'none'; script-src 'self'; /,
        /require-trusted-types-for 'script'; trusted-types beffroi\r\n/,
        /x-content-type-options: nosniff\r\n/,
        /referrer-policy: strict-origin\r\n/,
        /cross-origin-opener-policy: same-origin\r\n/,
        /cross-origin-resource-policy: same-origin\r\n/,
        /permissions-policy: \S/,
        /cache-control: \S/,
      ]) {
        assert.match(answer.text, header, text);
      }
    }
  });

  it("serves one request per connection", async () => {
    for (const text of [
      post(server, "club.list", {}, bearer),
      get("/healthz"),
      get("/nowhere.txt"),
    ]) {
      const answer = await exchange(server, text);
      assert.equal(answer.answers, 1);
      assert.equal(answer.closed, true);
      assert.match(answer.text, /\r\nconnection: close\r\n/);
    }
  });

  // With libwebsockets alone, the second of some of these stops the whole server for ever.
  it("answers the first of several requests in one packet, once, and lives", async () => {
    const posted = post(server, "club.list", {}, bearer);
    const bare = request(server, "POST /api/v1/club.list", bearer);
    for (const first of [get("/healthz"), posted, bare]) {
      for (const second of [
        get("/healthz"),
        posted,
        bare,
        "x",
        "\r\n\r\n",
        "POST /",
        posted.slice(0, -1),
      ]) {
        const answer = await exchange(server, first + second);
        assert.equal(answer.answers, 1, first + second);
        assert.equal(answer.status, 200, first + second);
      }
    }
    assert.equal((await exchange(server, get("/healthz"))).status, 200);
  });

  it("puts a body of many pieces together", async () => {
    const pieces = post(server, "club.list", {}, bearer).match(/[^]{1,40}/g);
    assert.equal((await exchange(server, pieces)).status, 200);
  });

  it("takes a POST without Content-Length as one without a body", async () => {
    assert.equal(
      (await exchange(server, request(server, "POST /api/v1/club.list", bearer))).status,
      200,
    );
  });

  it("refuses Transfer-Encoding, alone or beside Content-Length", async () => {
    await refused(body({ "transfer-encoding": "chunked" }, "0\r\n\r\n"), 400);
    await refused(body({ "content-length": "2", "transfer-encoding": "chunked" }, "{}"), 400);
  });

  for (const length of [
    ["2", "2"],
    "+2",
    "-1",
    "0x2",
    "2 2",
    "2,2",
    "1e3",
    "9999999999999",
    "2a",
  ]) {
    it(`refuses Content-Length ${JSON.stringify(length)}`, () =>
      refused(body({ "content-length": length }, "{}"), 400));
  }

  it("refuses a body on a GET", () =>
    refused(get("/healthz", { "content-length": "2" }) + "{}", 400));

  it("refuses control characters in a header and in the path", async () => {
    for (const value of ["a\x01b", "a\x7fb", "a\x1fb"]) {
      await refused(get("/healthz", { "user-agent": value }), 400);
    }
    await refused(get("/a%01b"), 400);
  });

  it("finds nothing by a path with a zero byte", async () => {
    assert.notEqual((await exchange(server, get("/healthz%00.txt"))).status, 200);
  });

  it("refuses an oversize body before it is read", async () => {
    const answer = await refused(body({ "content-length": "65537" }), 413);
    assert.match(answer.text, /65.?536/);
  });

  it("has its refusal reach a client that goes on sending", async () => {
    const answer = await exchange(
      server,
      body({ "content-length": "2000000" }, "x".repeat(2_000_000)),
    );
    assert.equal(answer.status, 413);
    assert.equal(answer.answers, 1);
    assert.equal(answer.closed, true);
  });

  for (const verb of ["PUT", "PATCH", "DELETE", "OPTIONS", "GET"]) {
    it(`answers ${verb} on a command with the verb to use`, async () => {
      const answer = await refused(request(server, `${verb} /api/v1/club.list`), 405);
      assert.match(answer.text, /\r\nallow: POST\r\n/);
    });
  }

  it("refuses an unknown method once, and ends", async () => {
    const answer = await exchange(server, request(server, "BREW /coffee"));
    assert.ok(answer.answers <= 1);
    assert.notEqual(answer.status, 200);
    assert.equal(answer.closed, true);
  });

  it("opens no raw connection by CONNECT", async () => {
    const answer = await exchange(server, [
      request(server, "CONNECT example.org:80"),
      "hello\r\n",
      "hello\r\n",
    ]);
    assert.equal(answer.closed, true);
    assert.notEqual(answer.status, 200);
  });

  it("ends a connection whose headers pass their limit", async () => {
    const answer = await exchange(server, get("/healthz", { "x-long": "a".repeat(9000) }));
    assert.equal(answer.closed, true);
    assert.notEqual(answer.status, 200);
  });

  it("refuses a body that is not said to be JSON, or is none", async () => {
    await refused(body({ "content-type": "text/plain", "content-length": "2" }, "{}"), 415);
    const answer = await refused(body({ "content-length": "1" }, "{"), 400);
    assert.equal(problemOf(answer).code, -32700);
  });

  it("names the command that does not exist", async () => {
    const answer = await refused(post(server, "no.such", {}, bearer), 404);
    assert.match(problemOf(answer).detail, /no\.such/);
  });

  it("refuses over HTTP what is about a connection", async () => {
    for (const [name, params] of [
      ["session.resume", { epoch: "0".repeat(16), cursor: 0 }],
      ["typing.tell", { channel: 1 }],
    ]) {
      const answer = await exchange(server, post(server, name, params, bearer));
      assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
    }
  });

  it("speaks the language of Accept-Language", async () => {
    const detail = async (language) =>
      problemOf(await exchange(server, get("/nowhere.txt", { "accept-language": language })))
        .detail;
    assert.equal(await detail("fr-FR,fr;q=0.9"), await detail(null));
    assert.notEqual(await detail("en"), await detail("fr"));
  });

  it("says 100 Continue before the body", async () => {
    const text = post(server, "club.list", {}, { ...bearer, expect: "100-continue" });
    const answer = await exchange(server, [text.slice(0, -2), text.slice(-2)]);
    assert.match(answer.text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it("answers HTTP/1.0", async () => {
    const answer = await exchange(server, "GET /healthz HTTP/1.0\r\n\r\n");
    assert.equal(answer.status, 200);
    assert.equal(answer.closed, true);
  });

  it("has for HEAD the headers of GET and no body", async () => {
    const [head, whole] = [
      await exchange(server, request(server, "HEAD /healthz")),
      await exchange(server, get("/healthz")),
    ];
    const length = ({ text }) => /content-length: (\d+)/.exec(text)[1];
    assert.equal(length(head), length(whole));
    assert.ok(head.text.endsWith("\r\n\r\n"));
  });

  it("keeps a command from another Host, and from another Origin", async () => {
    const params = { email: "a@exemple.fr", password: "x" };
    await refused(post(server, "session.open", params, { host: "evil.example" }), 400);
    for (const origin of ["https://evil.example", "null", `http://${hostOf(server)}0`]) {
      await refused(post(server, "session.open", params, { origin }), 403);
      await refused(post(server, "club.list", {}, { ...bearer, origin }), 403);
    }
  });

  it("takes a cookie only with our Origin", async () => {
    const cookie = `beffroi=${bearer.authorization.slice(7)}`;
    await refused(post(server, "club.list", {}, { cookie }), 403);
    const answer = await exchange(
      server,
      post(server, "club.list", {}, { cookie, origin: server.url }),
    );
    assert.equal(answer.status, 200, answer.text);
  });

  it("tells health, readiness and version to anybody, and metrics to nobody here", async () => {
    for (const path of ["/healthz", "/readyz", "/version"]) {
      assert.equal((await exchange(server, get(path))).status, 200);
    }
    await refused(get("/metrics"), 404);
  });

  it("cuts a request that never ends", { timeout: 40_000 }, async () => {
    const answer = await exchange(server, "GET /healthz HTTP/1.1\r\nHost: x", { idle: 30_000 });
    assert.equal(answer.closed, true);
    assert.equal(answer.answers, 0);
  });
});
