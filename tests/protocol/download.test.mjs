// Giving files out: ranges, conditions, names, rights, and readers that are slow or gone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { clubOf, member } from "../lib/cast.mjs";
import { Client, nonce } from "../lib/client.mjs";
import { png } from "../lib/image.mjs";
import { exchange, request } from "../lib/raw.mjs";
import { folder, lifetime, startServer } from "../lib/server.mjs";
import { bring, random, TUS, TYPE } from "../lib/upload.mjs";
import { until } from "../lib/wait.mjs";

const ALPHABET = Buffer.from("abcdefghijklmnopqrstuvwxyz");
const MIB = 1048576;

describe("downloads", () => {
  const life = lifetime();
  let server, anne, paul, letters, tag;

  before(async () => {
    server = await startServer(life);
    anne = await member(server, "Anne");
    paul = await member(server, "Paul");
    letters = `/fichier/${(await bring(anne, "alphabet.bin", ALPHABET)).key}`;
    tag = `"${createHash("sha256").update(ALPHABET).digest("hex")}"`;
  });
  const get = (path, headers = {}, who = anne, method = "GET") =>
    server.fetch(path, { method, headers: { ...who.headers(), ...headers } });

  it("give the whole with what a browser must know", async () => {
    const answer = await get(letters);
    assert.equal(answer.status, 200);
    assert.equal(answer.text, ALPHABET.toString());
    assert.equal(answer.headers["content-type"], "application/octet-stream");
    assert.equal(answer.headers["content-length"], "26");
    assert.equal(answer.headers.etag, tag);
    assert.equal(answer.headers["accept-ranges"], "bytes");
    assert.equal(answer.headers["cache-control"], "private, no-cache");
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.equal(answer.headers["cross-origin-resource-policy"], "same-origin");
    assert.equal(
      answer.headers["content-security-policy"],
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    );
  });

  it("give a part where one is asked for (RFC 9110, 14)", async () => {
    const whole = ["200", undefined, ALPHABET.toString()];
    const part = (first, last) => [
      "206",
      `bytes ${first}-${last}/26`,
      ALPHABET.subarray(first, last + 1).toString(),
    ];
    const beyond = ["416", "bytes */26", undefined];
    const cases = {
      "bytes=0-0": part(0, 0),
      "bytes=0-25": part(0, 25),
      "bytes=3-5": part(3, 5),
      "bytes=20-": part(20, 25),
      "bytes=25-": part(25, 25),
      "bytes=20-1000": part(20, 25),
      "bytes=0-99999999999999999999999": part(0, 25),
      "bytes=-1": part(25, 25),
      "bytes=-26": part(0, 25),
      "bytes=-1000": part(0, 25),
      "bytes=-99999999999999999999999": part(0, 25),
      "Bytes= 2-3 ": part(2, 3),
      "bytes=26-": beyond,
      "bytes=26-30": beyond,
      "bytes=99999999999999999999999-": beyond,
      "bytes=-0": beyond,
      "bytes=5-3": whole,
      "bytes=-": whole,
      "bytes=": whole,
      "bytes=a-b": whole,
      "bytes=1-2x": whole,
      "bytes=1 -2": whole,
      "bytes=+1-2": whole,
      "bytes=--1": whole,
      "bytes=0-1,3-4": whole,
      "bytes=0-,0-,0-": whole,
      "lines=0-1": whole,
      nonsense: whole,
    };
    for (const [range, [status, about, text]] of Object.entries(cases)) {
      const answer = await get(letters, { range });
      const found = [String(answer.status), answer.headers["content-range"]];
      assert.deepEqual(found, [status, about], range);
      if (text !== undefined) assert.equal(answer.text, text, range);
      if (status === "206") assert.equal(answer.headers["content-length"], String(text.length));
    }
  });

  it("follow conditions (RFC 9110, 13)", async () => {
    const cases = [
      [{ "if-none-match": tag }, 304],
      [{ "if-none-match": `W/${tag}` }, 304],
      [{ "if-none-match": `"x", ${tag}` }, 304],
      [{ "if-none-match": "*" }, 304],
      [{ "if-none-match": '"x"' }, 200],
      [{ "if-none-match": tag, range: "bytes=0-1" }, 304],
      [{ "if-range": tag, range: "bytes=0-1" }, 206],
      [{ "if-range": `W/${tag}`, range: "bytes=0-1" }, 200],
      [{ "if-range": '"x"', range: "bytes=0-1" }, 200],
      [{ "if-range": "Sun, 22 Nov 2026 14:00:00 GMT", range: "bytes=0-1" }, 200],
      [{ "if-range": '"x"', range: "bytes=99-" }, 200],
      [{ "if-range": tag, range: "bytes=99-" }, 416],
    ];
    for (const [headers, status] of cases) {
      const answer = await get(letters, headers);
      assert.equal(answer.status, status, JSON.stringify(headers));
      if (status === 304) {
        assert.equal(answer.text, "");
        assert.equal(answer.headers.etag, tag);
      }
    }
  });

  it("answer HEAD as GET, without the body and without parts", async () => {
    const answer = await get(letters, { range: "bytes=0-1" }, anne, "HEAD");
    assert.equal(answer.status, 200);
    assert.equal(answer.text, "");
    assert.equal(answer.headers["content-length"], "26");
    assert.equal(answer.headers.etag, tag);
  });

  it("say names that every browser reads, whatever is in them", async () => {
    for (const [name, ascii, utf8] of [
      ["Été à l'œuvre.bin", "_t_ _ l_?_uvre.bin", "%C3%89t%C3%A9%20%C3%A0%20l%27%C5%93uvre.bin"],
      ['a"b;c=d.bin', "a_b_c_d.bin", "a%22b%3Bc%3Dd.bin"],
      ["plan 100%.bin", "plan_100_.bin", "plan%20100%25.bin"],
      ["名前.bin", "__.bin", "%E5%90%8D%E5%89%8D.bin"],
      ["cod\u202Enib.exe", "codnib.exe", "codnib.exe"],
      ["a\r\nset-cookie: b.bin", null, "aset-cookie%3A%20b.bin"],
    ]) {
      const { key } = await bring(anne, name, Buffer.from("x"));
      const said = (await get(`/fichier/${key}`)).headers;
      assert.equal(said["set-cookie"], undefined);
      const found = /^attachment; filename="([\w.-]+)"; filename\*=UTF-8''([\w.%-]+)$/.exec(
        said["content-disposition"],
      );
      assert.ok(found, said["content-disposition"]);
      assert.equal(found[2], utf8);
      if (ascii && !ascii.includes("?")) assert.equal(found[1], ascii.replaceAll(" ", "_"));
    }
  });

  it("show what is safe to show, and save the rest", async () => {
    const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
    const html = Buffer.from("<!doctype html><script>alert(1)</script>");
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    for (const [name, data, type, how] of [
      ["a.pdf", pdf, "application/pdf", "inline"],
      ["a.png", png(4, 4), /^image\/(png|jpeg|webp)$/, "inline"],
      ["a.html", html, "application/octet-stream", "attachment"],
      ["a.svg", svg, "application/octet-stream", "attachment"],
      ["a.pdf", html, "application/octet-stream", "attachment"],
    ]) {
      const { key } = await bring(anne, name, data);
      const { headers } = await get(`/fichier/${key}`);
      if (typeof type === "string") assert.equal(headers["content-type"], type, name);
      else assert.match(headers["content-type"], type);
      assert.ok(headers["content-disposition"].startsWith(`${how};`), name);
      const saved = await get(`/fichier/${key}?telecharger=1`);
      assert.match(saved.headers["content-disposition"], /^attachment;/);
      assert.match(headers["content-security-policy"], /^sandbox; default-src 'none'/);
    }
  });

  it("answer as unknown to who may not see them", async () => {
    for (const path of [letters, letters.replace("fichier", "vignette")]) {
      assert.equal((await get(path, {}, paul)).status, 404);
      assert.equal((await server.fetch(path)).status, 404);
    }
    assert.equal((await get(letters.replace("fichier", "vignette"))).status, 404);
    for (const key of [
      "",
      "x",
      "a".repeat(26),
      "a".repeat(27),
      "../beffroi.db",
      "%C3%A9".repeat(13),
    ]) {
      const answer = await get(`/fichier/${key}`);
      assert.equal(answer.status, 404, key);
      assert.equal(answer.headers["content-type"], "application/problem+json");
    }
  });

  it("are read by cookie, as a link does, but by no other site", async () => {
    const password = "quatre chevaux bleus trottent";
    const lea = await member(server, "Léa");
    const path = `/fichier/${(await bring(lea, "a.bin", ALPHABET)).key}`;
    await server.admin("user.password", { person: lea.id, password });
    const browser = new Client(server);
    await browser.login(lea.email, password);
    const { cookie } = browser.credential;
    assert.equal((await server.fetch(path, { headers: { cookie } })).status, 200);
    const foreign = { cookie, origin: "https://ailleurs.example" };
    assert.equal((await server.fetch(path, { headers: foreign })).status, 403);
  });

  it("follow the rights of their channel within the next request", async () => {
    const host = await member(server, "Hôte", { role: "animateur" });
    const club = (await clubOf(host)).id;
    const members = [anne.id, paul.id];
    const about = { club, name: "Bureau", kind: "private", members, nonce: nonce() };
    const channel = await host.ask("channel.create", about);
    const { key } = await bring(anne, "compte.bin", random(1000));
    assert.equal((await get(`/fichier/${key}`, {}, paul)).status, 404);
    await anne.ask("message.post", { channel: channel.id, body: "", files: [key], nonce: nonce() });
    assert.equal((await get(`/fichier/${key}`, {}, paul)).status, 200);
    await host.ask("channel.member_remove", { channel: channel.id, person: paul.id });
    assert.equal((await get(`/fichier/${key}`, {}, paul)).status, 404);
    assert.equal((await get(`/fichier/${key}`)).status, 200);
  });

  it("hide no second request behind the first", async () => {
    const first = request(server, `GET ${letters}`, anne.headers());
    const posted = request(
      server,
      "POST /api/v1/club.list",
      { ...anne.headers(), "content-type": "application/json", "content-length": 2 },
      "{}",
    );
    for (const second of [first, posted]) {
      const answer = await exchange(server, first + second + second, { idle: 5000 });
      assert.ok(answer.answers <= 1, answer.text);
      assert.equal(answer.closed, true);
    }
    assert.equal((await get(letters)).status, 200);
  });

  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`))[1]);
  const descriptors = () =>
    execFileSync("ls", [`/proc/${server.pid}/fd`])
      .toString()
      .split("\n").length;

  it("wait for a slow reader without keeping bytes for it", async () => {
    const data = random(60 * MIB);
    const { key } = await bring(anne, "film.bin", data);
    const { hostname, port } = new URL(server.url);
    const begun = () =>
      new Promise((done, fail) => {
        const where = { hostname, port, path: `/fichier/${key}`, headers: anne.headers() };
        httpRequest({ ...where, agent: false }, done)
          .on("error", fail)
          .end();
      });
    const before = memory();
    const readers = await Promise.all(Array.from({ length: 4 }, begun)); // nobody reads them yet
    for (let i = 0; i < 5; i++) assert.equal((await get(letters)).status, 200);
    assert.ok(memory() - before < 20_000, `${memory() - before} kB for four readers`);
    for (const reader of readers) {
      const digest = createHash("sha256");
      for await (const chunk of reader) digest.update(chunk);
      assert.equal(digest.digest("hex"), createHash("sha256").update(data).digest("hex"));
    }
  });

  it("leave nothing behind of readers that are gone", async () => {
    const { key } = await bring(anne, "film.bin", random(30 * MIB));
    const text = request(server, `GET /fichier/${key}`, anne.headers());
    assert.equal((await get(letters)).status, 200);
    const first = descriptors();
    for (let i = 0; i < 20; i++) {
      const { socket } = await exchange(server, text, { keep: true, until: /\r\n\r\n/ });
      socket.destroy();
    }
    await until(() => descriptors() <= first + 2);
    assert.equal((await get(letters)).status, 200);
  });
});

it("a server that stops does not wait for a reader for ever", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const { key } = await bring(anne, "film.bin", random(30 * MIB));
  const text = request(server, `GET /fichier/${key}`, anne.headers());
  const { socket } = await exchange(server, text, { keep: true, until: /\r\n\r\n/ });
  socket.pause();
  assert.equal(await server.stop(), 0);
  socket.destroy();
});

it("files come and go by TLS byte by byte", async (t) => {
  const place = folder(t);
  const [cert, key] = [join(place, "a.pem"), join(place, "a.key")];
  const made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" ");
  const about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...made, ...about, "-out", cert, "-keyout", key], { stdio: "ignore" });
  const server = await startServer(t, { tls_cert: cert, tls_key: key });
  const anne = await member(server, "Anne");
  const { port } = new URL(server.url);
  const ask = (method, path, headers = {}, body = undefined) =>
    new Promise((done, fail) => {
      const all = { ...anne.headers(), ...headers };
      if (body) all["content-length"] = body.length;
      const options = { host: "127.0.0.1", port, method, path, headers: all, agent: false };
      const asked = httpsRequest({ ...options, rejectUnauthorized: false }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () =>
          done({
            ...answer,
            status: answer.statusCode,
            headers: answer.headers,
            bytes: Buffer.concat(chunks),
          }),
        );
      });
      asked.on("error", fail);
      asked.end(body);
    });
  const data = random(20 * MIB + 3);
  const name = `filename ${Buffer.from("a.bin").toString("base64")}`;
  const announced = await ask("POST", "/fichiers", {
    ...TUS,
    "upload-length": String(data.length),
    "upload-metadata": name,
  });
  const { location } = announced.headers;
  const sent = await ask("PATCH", location, { ...TUS, ...TYPE, "upload-offset": "0" }, data);
  assert.equal(sent.status, 204);
  const got = await ask("GET", location.replace("fichiers", "fichier"));
  assert.ok(got.bytes.equals(data));
  const part = await ask("GET", location.replace("fichiers", "fichier"), { range: "bytes=5-9" });
  assert.ok(part.bytes.equals(data.subarray(5, 10)));
});
