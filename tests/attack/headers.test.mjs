// What a browser is told with every answer: each route, each error, each door.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { before, describe, it } from "node:test";
import { clubOf, member } from "../lib/cast.mjs";
import { http } from "../lib/http.mjs";
import { exchange, request, UPGRADE } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import { announce, announced, bring, look, patch, TUS } from "../lib/upload.mjs";

const root = new URL("../../", import.meta.url).pathname;

/** Paths of commands that are read by following a link, as the sources declare them. */
function documents() {
  const folder = join(root, "server/club");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(/\.path = "(.*?)"/g)])
    .map(([, path]) => path);
}

/** Files of the web client that are asked for by name. */
function assets(folder = join(root, "web/dist"), top = folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return assets(path, top);
    return /\.(br|gz)$/.test(entry.name) ? [] : [`/${relative(top, path)}`];
  });
}

const WANTED = {
  "content-security-policy":
    /^(default-src 'none'; script-src 'self'; |sandbox; default-src 'none'|default-src 'none'; )/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^strict-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
  "cache-control":
    /^(no-store|no-cache|private, no-cache|public, max-age=(300|31536000, immutable))$/,
};
const NEVER = ["server", "x-powered-by", "access-control-allow-origin"];

function headersOf(text) {
  const [, ...lines] = text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n");
  const fields = {};
  for (const line of lines) {
    const [name, value] = [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)];
    assert.ok(!(name in fields) || name === "set-cookie", `${name} comes twice`);
    fields[name.toLowerCase()] = value.trim();
  }
  return fields;
}

describe("every answer tells the browser what it may do with it", () => {
  const life = lifetime();
  const statuses = new Set();
  let server, anne, club;

  before(async () => {
    server = await startServer(life);
    anne = await member(server, "Anne", { role: "animateur" });
    club = (await clubOf(anne)).id;
  });

  function check({ status, headers }, what) {
    statuses.add(status);
    for (const [name, pattern] of Object.entries(WANTED)) {
      assert.match(headers[name] ?? "", pattern, `${what} (${status}): ${name}`);
    }
    for (const name of NEVER) assert.equal(headers[name], undefined, `${what}: ${name}`);
    assert.match(headers["content-security-policy"], /frame-ancestors '(none|self)'/, what);
  }
  async function raw(text) {
    const { text: got, status } = await exchange(server, text);
    check({ status, headers: headersOf(got) }, text.slice(0, 80));
    return status;
  }
  const ask = async (path, options = {}) => {
    const answer = await server.fetch(path, options);
    check(answer, path);
    return answer.status;
  };

  it("of each command, to who is nobody and to who may", async () => {
    const { paths } = (await server.fetch("/api/openapi.json")).json;
    const commands = Object.keys(paths);
    assert.ok(commands.length > 100);
    for (const path of commands) {
      await ask(path, { method: "POST", body: {} });
      if (!path.endsWith("/session.close")) {
        await ask(path, { method: "POST", body: {}, headers: anne.headers() });
      }
      await ask(path);
    }
  });

  it("of each file of the client, whole, compressed and unchanged", async () => {
    const paths = ["/", "/agenda", ...assets()];
    assert.ok(paths.length > 10);
    for (const path of paths) {
      const headers = { accept: "text/html", "accept-encoding": "gzip" };
      const { headers: told } = await server.fetch(path, { headers });
      assert.equal(await ask(path, { headers }), 200, path);
      assert.equal(await ask(path, { headers: { ...headers, "if-none-match": told.etag } }), 304);
      await ask(path, { headers, method: "HEAD" });
    }
  });

  it("of what is read by a link", async () => {
    const paths = documents();
    assert.ok(paths.length >= 5);
    for (const path of paths) {
      const filled = path.replace("{club}", club).replace("{event}", 1).replace("{token}", "x");
      await ask(filled);
      await ask(filled, { headers: anne.headers() });
    }
  });

  it("of what the server says of itself", async () => {
    for (const path of ["/healthz", "/readyz", "/version", "/metrics", "/ws", "/nowhere.txt"]) {
      await ask(path);
    }
    for (const path of ["/api/openapi.json", "/api/asyncapi.json"]) await ask(path);
    const socketPath = join(server.data, "admin.sock");
    check(await http({ socketPath, path: "/metrics" }), "/metrics by the admin socket");
    check(await http({ socketPath, path: "/" }), "/ by the admin socket");
  });

  it("of files that come and go", async () => {
    const bytes = Buffer.from("abcdefgh");
    const path = await announced(anne, bytes.length, "a.txt");
    check(await announce(anne, "a.txt", 5), "announce");
    check(await announce(anne, "a.txt", 5, { "tus-resumable": null }), "announce without tus");
    check(await announce(anne, "a.txt", 9e12), "announce too large");
    check(await look(anne, path), "look");
    check(await patch(anne, path, 3, bytes), "patch elsewhere");
    check(await patch(anne, path, 0, bytes, { "content-type": "text/plain" }), "patch of a type");
    check(await patch(anne, path, 0, bytes), "patch");
    await ask("/fichiers", { method: "OPTIONS", headers: TUS });
    const { key } = await bring(anne, "b.txt", bytes);
    const headers = anne.headers();
    await ask(`/fichier/${key}`);
    await ask(`/fichier/${key}`, { headers });
    await ask(`/fichier/${key}`, { headers, method: "HEAD" });
    await ask(`/fichier/${key}`, { headers: { ...headers, range: "bytes=1-3" } });
    await ask(`/fichier/${key}`, { headers: { ...headers, range: "bytes=99-" } });
    await ask(`/vignette/${key}`, { headers });
  });

  it("of errors, those that the library answers itself included", async () => {
    const long = { "content-type": "application/json", "content-length": "99999999" };
    await raw(request(server, "BREW /"));
    await raw(request(server, "GET http://a.example/"));
    await raw(request(server, "TRACE /"));
    await raw(request(server, "GET /", { upgrade: "foo", connection: "upgrade" }));
    await raw(request(server, "GET /ws", { ...UPGRADE }));
    await raw(request(server, "GET /ws", { ...UPGRADE, "sec-websocket-protocol": "other" }));
    await raw(request(server, "GET /ws", { ...UPGRADE, origin: "https://evil.example" }));
    await raw(request(server, "GET /healthz", { "transfer-encoding": "chunked" }));
    await raw(request(server, "POST /api/v1/club.list", long));
    await raw(request(server, "POST /api/v1/club.list", { "content-length": "2" }, "{}"));
    await raw(request(server, "GET /healthz", { host: "a b" }));
    await raw("GET / HTTP/3.0\r\n\r\n");
    await raw("GET / nothing\r\n\r\n");
    await ask("/api/v1/invitation.get", { method: "POST", body: { token: "inconnu" } });
    await ask("/api/v1/club.list", { headers: { origin: "https://evil.example" }, method: "POST" });
  });

  it("came with each status there is a way to", () => {
    const wanted = [200, 201, 204, 206, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416];
    wanted.push(505);
    for (const status of wanted) assert.ok(statuses.has(status), `none had ${status}`);
  });
});
