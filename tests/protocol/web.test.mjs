// The web client's files: names, encodings, caching, and client addresses.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { lifetime, startServer } from "../lib/server.mjs";

describe("the web client's files", () => {
  const life = lifetime();
  let server, index, script;
  const get = (path, headers = {}, method = "GET") => server.fetch(path, { headers, method });

  before(async () => {
    server = await startServer(life);
    index = await get("/");
    script = /src="(\/[^"]+\.js)"/.exec(index.text)[1];
  });

  it("begin with the page, never kept without asking again", () => {
    assert.equal(index.status, 200);
    assert.equal(index.headers["content-type"], "text/html; charset=utf-8");
    assert.equal(index.headers["cache-control"], "no-cache");
    assert.match(index.headers.etag, /^"[0-9a-f]{16}"$/);
  });

  it("are kept for ever where the name holds a hash", async () => {
    const { status, headers } = await get(script);
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "text/javascript; charset=utf-8");
    assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
  });

  it("come in the best encoding that is accepted", async () => {
    const plain = (await get(script)).bytes;
    const encodings = [
      ["br, gzip", "br"],
      ["gzip, deflate, br", "br"],
      ["gzip", "gzip"],
      ["GZIP;q=0.5", "gzip"],
      ["br;q=0, gzip", "gzip"],
      ["br;q=0.000, gzip;q=0", undefined],
      ["brotli", undefined],
      ["identity", undefined],
    ];
    for (const [accepted, expected] of encodings) {
      const { headers, bytes } = await get(script, { "accept-encoding": accepted });
      assert.equal(headers["content-encoding"], expected, accepted);
      assert.equal(headers.vary, "accept-encoding");
      const open = { br: brotliDecompressSync, gzip: gunzipSync }[expected] ?? ((same) => same);
      assert.deepEqual(open(bytes), plain);
    }
  });

  it("have a tag for each encoding, answered with 304 and no body", async () => {
    const tags = new Set();
    for (const accepted of ["br", "gzip", "identity"]) {
      const headers = { "accept-encoding": accepted };
      const { etag } = (await get("/", headers)).headers;
      tags.add(etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = await get("/", { ...headers, "if-none-match": known });
        assert.equal(again.status, 304);
        assert.equal(again.bytes.length, 0);
        assert.equal(again.headers.etag, etag);
      }
      assert.equal((await get("/", { ...headers, "if-none-match": '"other"' })).status, 200);
    }
    assert.equal(tags.size, 3);
  });

  it("answer HEAD with the length and no body", async () => {
    const { status, headers, bytes } = await get(script, {}, "HEAD");
    assert.equal(status, 200);
    assert.equal(Number(headers["content-length"]), (await get(script)).bytes.length);
    assert.equal(bytes.length, 0);
  });

  it("give the page for an address of the client, to who wants a page", async () => {
    for (const path of ["/clubs/1/canaux/2", "/aujourdhui", "/invitation?jeton=abc"]) {
      const page = await get(path, { accept: "text/html,*/*;q=0.8" });
      assert.equal(page.status, 200, path);
      assert.equal(page.text, index.text);
      assert.equal((await get(path, { accept: "application/json" })).status, 404);
      assert.equal((await get(path)).status, 404);
    }
  });

  it("are not made up: what looks like a file, or like the API, is not found", async () => {
    const html = { accept: "text/html" };
    for (const path of [
      "/nowhere.js",
      "/assets/nowhere.css",
      "/api/nowhere",
      "/.env",
      "/../index.html.br",
      "/%2e%2e/x.js",
    ]) {
      const answer = await get(path, html);
      assert.equal(answer.status, 404, path);
      assert.equal(answer.headers["content-type"], "application/problem+json");
    }
  });

  it("are read, not written", async () => {
    const answer = await get("/", {}, "POST");
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, "GET, HEAD");
  });

  it("load nothing from elsewhere, and run no script of the page itself", () => {
    const policy = index.headers["content-security-policy"];
    const port = new URL(server.url).port;
    const sockets = ["127.0.0.1", "localhost"].map((name) => `ws://${name}:${port}`).join(" ");
    assert.equal(
      policy,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "media-src 'self'; frame-src 'self'; " +
        `connect-src 'self' ${sockets}; font-src 'self'; manifest-src 'self'; worker-src 'self'; ` +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " +
        "require-trusted-types-for 'script'; trusted-types beffroi",
    );
    assert.doesNotMatch(index.text, /(src|href)="(https?:)?\/\//);
    assert.doesNotMatch(index.text, /<script(?![^>]*src=)[^>]*>|<style| style=| on\w+=/);
  });
});
