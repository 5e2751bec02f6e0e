// Other sites: what a page elsewhere may make a browser send, by fetch, form or WebSocket.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { exchange, hostOf, post, request, UPGRADE } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

describe("another site", () => {
  const life = lifetime();
  let server, cookie, bearer, foreign;

  before(async () => {
    server = await startServer(life);
    const anne = await member(server, "Anne");
    bearer = anne.headers();
    cookie = { cookie: `beffroi=${anne.credential.token}` };
    const { host, port } = new URL(server.url);
    foreign = {
      "of another name": "https://evil.example",
      "of a name below ours": `http://a.${host}`,
      "of a name that begins like ours": `http://127.0.0.1.evil.example:${port}`,
      "of a name that ends like ours": `http://evil127.0.0.1:${port}`,
      "of another port": `http://127.0.0.1:${Number(port) + 1}`,
      "of no port": "http://127.0.0.1",
      "of another scheme": `https://${host}`,
      "with a path": `${server.url}/`,
      "with a user": `http://me@${host}`,
      "in capitals": server.url.toUpperCase(),
      "that is null": "null",
      "that is empty but for a space": " x",
      "that is a list": `${server.url} https://evil.example`,
      "that is two headers": [server.url, "https://evil.example"],
      "that is ours twice": [server.url, server.url],
      "of a file": "file://",
      "of an extension": "chrome-extension://abcdefghijklmnop",
    };
  });

  const open = (headers) =>
    exchange(server, request(server, "GET /ws", { ...UPGRADE, ...headers }), { until: /hello/ });
  const call = async (headers) =>
    (await exchange(server, post(server, "club.list", {}, headers))).status;

  it("opens no socket with a person's cookie", async () => {
    for (const [what, origin] of Object.entries(foreign)) {
      assert.equal((await open({ ...cookie, origin })).status, 403, what);
    }
    assert.equal((await open(cookie)).status, 403, "no Origin");
    assert.equal((await open({ ...cookie, origin: server.url })).status, 101);
  });

  it("opens no socket with a bearer token that its page has got hold of", async () => {
    for (const [what, origin] of Object.entries(foreign)) {
      assert.equal((await open({ ...bearer, origin })).status, 403, what);
    }
    assert.equal((await open({ ...bearer, origin: server.url })).status, 101);
    assert.equal((await open(bearer)).status, 101, "a program, that has no Origin");
  });

  it("runs no command with a person's cookie or token", async () => {
    for (const [what, origin] of Object.entries(foreign)) {
      assert.equal(await call({ ...cookie, origin }), 403, what);
      assert.equal(await call({ ...bearer, origin }), 403, what);
    }
    assert.equal(await call(cookie), 403, "no Origin");
    assert.equal(await call({ ...cookie, origin: server.url }), 200);
  });

  it("runs no command by a form, whose types JSON is not", async () => {
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ];
    for (const type of [...types, "", "application/jsonp", "text/json", "application/json+x"]) {
      const headers = { ...cookie, origin: server.url, "content-type": type };
      assert.equal(await call(headers), 415, type);
    }
    assert.equal(await call({ ...cookie, origin: server.url, "content-type": null }), 415);
  });

  it("does not log a person in to an account of its own", async () => {
    const own = { email: "mallory@exemple.fr", password: "x" };
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await exchange(server, post(server, "session.open", own, { origin }));
      assert.equal(answer.status, 403);
      assert.doesNotMatch(answer.text, /set-cookie/i);
    }
  });

  it("is told nothing that CORS would let it read", async () => {
    const asked = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const paths = ["/api/v1/club.list", "/healthz", "/fichiers", "/agenda.atom", "/"];
    for (const path of paths) {
      for (const verb of ["OPTIONS", "GET"]) {
        const { text } = await exchange(server, request(server, `${verb} ${path}`, asked));
        assert.doesNotMatch(text, /access-control/i, `${verb} ${path}`);
      }
    }
  });

  it("under another name for our address finds nobody", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${new URL(server.url).port}`,
      `${hostOf(server)}.evil.example`,
    ]) {
      const origin = `http://${host}`;
      assert.equal(await call({ ...cookie, host, origin }), 400, host);
      assert.equal((await open({ ...cookie, host, origin })).status, 400, host);
    }
  });

  it("cannot plant a cookie beside ours", async () => {
    const { cookie: own } = cookie;
    for (const two of [`${own}; ${own}x`, `beffroi=stolen; ${own}`, `${own}; beffroi=`]) {
      assert.notEqual(await call({ cookie: two, origin: server.url }), 200, two);
    }
    assert.equal(await call({ cookie: `xbeffroi=1; ${own}; beffroix=2`, origin: server.url }), 200);
  });
});
