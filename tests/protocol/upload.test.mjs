// Bringing files in: tus 1.0.0, core and creation, and what is done badly.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";
import { member } from "../lib/cast.mjs";
import { broken, heic, png, secret, tiff } from "../lib/image.mjs";
import { exchange, problemOf } from "../lib/raw.mjs";
import { lifetime, startServer } from "../lib/server.mjs";
import {
  announce,
  announced,
  begin,
  bring,
  look,
  offsetOf,
  patch,
  patchText,
  random,
  TUS,
} from "../lib/upload.mjs";
import { deadline, until } from "../lib/wait.mjs";

const MAX = 2147483648;
const MIB = 1048576;

describe("uploads", () => {
  const life = lifetime();
  let server, anne, paul;

  before(async () => {
    server = await startServer(life);
    anne = await member(server, "Anne");
    paul = await member(server, "Paul");
  });
  const contentOf = async (client, path) =>
    (await server.fetch(path.replace("/fichiers/", "/fichier/"), { headers: client.headers() }))
      .bytes;

  it("say what they are, to anybody", async () => {
    const answer = await server.fetch("/fichiers", { method: "OPTIONS" });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers["tus-version"], "1.0.0");
    assert.equal(answer.headers["tus-extension"], "creation");
    assert.equal(answer.headers["tus-max-size"], String(MAX));
    assert.equal(answer.headers["content-length"], undefined);
  });

  it("are announced, brought and found again byte by byte", async () => {
    const data = random(3 * MIB + 17);
    const made = await announce(anne, "relevé.bin", data.length);
    assert.equal(made.status, 201);
    assert.equal(made.headers["tus-resumable"], "1.0.0");
    assert.match(made.headers.location, /^\/fichiers\/[a-z2-7]{26}$/);
    const path = made.headers.location;
    const told = await look(anne, path);
    assert.equal(told.status, 200);
    assert.equal(told.headers["upload-offset"], "0");
    assert.equal(told.headers["upload-length"], String(data.length));
    assert.equal(told.headers["cache-control"], "no-store");
    const sent = await patch(anne, path, 0, data);
    assert.equal(sent.status, 204);
    assert.equal(sent.headers["upload-offset"], String(data.length));
    assert.equal(sent.headers["tus-resumable"], "1.0.0");
    const { file, whole } = await anne.ask("file.get", { key: path.split("/").pop() });
    assert.deepEqual([file.name, file.bytes, whole], ["relevé.bin", data.length, true]);
    assert.ok((await contentOf(anne, path)).equals(data));
  });

  it("come in as many pieces as one likes, by PATCH or by a POST that says so", async () => {
    const data = random(100_000);
    const path = await announced(anne, data.length);
    for (const [from, to] of [
      [0, 1],
      [1, 40_000],
      [40_000, 99_999],
    ]) {
      const sent = await patch(anne, path, from, data.subarray(from, to));
      assert.equal(sent.headers["upload-offset"], String(to));
    }
    const nothing = await patch(anne, path, 99_999, Buffer.alloc(0));
    assert.deepEqual([nothing.status, nothing.headers["upload-offset"]], [204, "99999"]);
    const last = await server.fetch(path, {
      method: "POST",
      headers: {
        ...anne.headers(),
        ...TUS,
        "x-http-method-override": "PATCH",
        "content-type": "application/offset+octet-stream",
        "upload-offset": "99999",
      },
      body: data.subarray(99_999),
    });
    assert.equal(last.status, 204);
    assert.ok((await contentOf(anne, path)).equals(data));
  });

  it("are refused at once where the announcement says why", async () => {
    const cases = [
      [{ "tus-resumable": null }, 412],
      [{ "tus-resumable": "0.2.2" }, 412],
      [{ "upload-length": null }, 400],
      ...["", "-1", "+5", "1e3", "5 ", "0x10", "99999999999999999999"].map((length) => [
        { "upload-length": length },
        length === "5 " ? 201 : 400,
      ]),
      [{ "upload-length": "0" }, 400],
      [{ "upload-length": String(MAX + 1) }, 413],
      [{ "upload-length": null, "upload-defer-length": "1" }, 400],
      ...[
        null,
        "",
        "filename",
        "filename ",
        "filename !!!!",
        "filename YQ",
        "filename /w==",
        "nom YQ==",
      ].map((metadata) => [{ "upload-metadata": metadata }, 400]),
      [{ "upload-metadata": "filename AAAA" }, 400],
      [{ authorization: null }, 401],
      [{ authorization: "Bearer x" }, 401],
      [{ origin: "https://ailleurs.example" }, 403],
    ];
    for (const [headers, status] of cases) {
      const answer = await announce(anne, "a.bin", 10, headers);
      assert.equal(answer.status, status, JSON.stringify(headers) + answer.text);
      if (status < 400) continue;
      assert.equal(answer.headers["content-type"], "application/problem+json");
      assert.equal(answer.headers["tus-resumable"], "1.0.0");
      if (status === 412) assert.equal(answer.headers["tus-version"], "1.0.0");
      if (status === 413) assert.match(answer.json.detail ?? answer.text, new RegExp(String(MAX)));
    }
  });

  it("are refused before their bytes where the head says why", async () => {
    const path = await announced(anne, 1000);
    const ten = Buffer.alloc(10);
    const cases = [
      [anne, path, 0, { "tus-resumable": null }, 412],
      [anne, path, 0, { "content-type": "application/json" }, 415],
      [anne, path, 0, { "upload-offset": null }, 400],
      [anne, path, 0, { "upload-offset": "-1" }, 400],
      [anne, path, 5, {}, 409],
      [anne, path, 10_000, {}, 409],
      [anne, path, 0, { authorization: null }, 401],
      [anne, path, 0, { origin: "https://ailleurs.example" }, 403],
      [paul, path, 0, {}, 404],
      [anne, `/fichiers/${"a".repeat(26)}`, 0, {}, 404],
      [anne, "/fichiers/beffroi.db", 0, {}, 404],
    ];
    for (const [who, where, offset, headers, status] of cases) {
      const answer = await patch(who, where, offset, ten, headers);
      assert.equal(answer.status, status, `${where} ${JSON.stringify(headers)} ${answer.text}`);
      assert.equal(answer.headers["content-type"], "application/problem+json");
      if (status === 409) assert.equal(answer.headers["upload-offset"], "0");
    }
    assert.equal(await offsetOf(anne, path), 0);
  });

  it("answer as unknown to who does not bring them", async () => {
    const path = await announced(anne, 10);
    assert.equal((await look(paul, path)).status, 404);
    assert.equal((await look(anne, path)).status, 200);
  });

  it("take no byte beyond what was announced", async () => {
    const path = await announced(anne, 1000);
    const answer = await patch(anne, path, 0, Buffer.alloc(1001));
    assert.equal(answer.status, 413);
    assert.match(answer.text, /1000/);
    const huge = await exchange(server, patchText(anne, path, 0, MAX + 1));
    assert.equal(huge.status, 413);
    assert.equal((await patch(anne, path, 0, Buffer.alloc(1000))).status, 204);
    assert.equal((await patch(anne, path, 1000, Buffer.alloc(1))).status, 409);
  });

  it("know no other verb", async () => {
    const path = await announced(anne, 10);
    for (const method of ["GET", "PUT", "DELETE"]) {
      const answer = await server.fetch(path, { method, headers: { ...anne.headers(), ...TUS } });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.allow, "HEAD, PATCH, OPTIONS");
    }
  });

  it("go on where they were cut, wherever that is", async () => {
    const data = random(40 * MIB);
    const path = await announced(anne, data.length);
    let offset = 0;
    let furthest = 0;
    for (let cut = 0; cut < 8; cut++) {
      const sent = data.subarray(offset, offset + 1 + Math.floor(Math.random() * 5 * MIB));
      furthest = Math.max(furthest, offset + sent.length);
      const socket = await begin(anne, path, offset, data.length - offset, sent);
      socket.destroy();
      const next = await offsetOf(anne, path);
      assert.ok(next >= offset && next <= furthest);
      offset = next;
    }
    // The server may come to what was cut only after it was asked: then it says 423, or 409.
    const rest = async () => patch(anne, path, offset, data.subarray(offset));
    for (let last = await rest(); last.status !== 204; last = await rest()) {
      assert.ok(last.status === 423 || last.status === 409, String(last.status));
      offset = await offsetOf(anne, path);
    }
    assert.ok((await contentOf(anne, path)).equals(data));
  });

  it("keep every byte that came before the line was closed in order", async () => {
    const data = random(MIB);
    const path = await announced(anne, data.length);
    const socket = await begin(anne, path, 0, data.length, data.subarray(0, 700_001));
    socket.end();
    await until(async () => (await offsetOf(anne, path)) === 700_001);
  });

  it("let one connection at a time bring a file", async () => {
    const data = random(MIB);
    const path = await announced(anne, data.length);
    const first = await begin(anne, path, 0, data.length, data.subarray(0, 1000));
    await until(async () => (await look(anne, path)).status === 423);
    const second = await patch(anne, path, 0, data);
    assert.equal(second.status, 423);
    assert.equal(second.headers["retry-after"], "2");
    let answer = "";
    first.on("data", (chunk) => (answer += chunk));
    first.write(data.subarray(1000));
    await new Promise((done) => first.on("close", done));
    assert.match(answer, /^HTTP\/1\.1 204 /);
    assert.ok((await contentOf(anne, path)).equals(data));
  });

  it("come several at once", async () => {
    const files = Array.from({ length: 6 }, () => random(5 * MIB));
    const brought = await Promise.all(files.map((data) => bring(anne, "a.bin", data)));
    for (const [i, { path }] of brought.entries()) {
      assert.ok((await contentOf(anne, path)).equals(files[i]));
    }
  });

  it("of the same content are stored once", async () => {
    const data = random(10_000);
    const digest = createHash("sha256").update(data).digest("hex");
    for (const who of [anne, paul]) {
      const { path } = await bring(who, "a.bin", data);
      const answer = await server.fetch(path.replace("fichiers", "fichier"), {
        headers: who.headers(),
      });
      assert.equal(answer.headers.etag, `"${digest}"`);
    }
    assert.ok(server.has(`files/${digest.slice(0, 2)}/${digest}`));
  });

  it("hide no second request behind a body", async () => {
    const data = "x".repeat(1000);
    const behind = [
      `GET /healthz HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\n\r\n`,
      patchText(anne, await announced(anne, 5), 0, 5) + "hello",
    ];
    for (const second of behind) {
      const path = await announced(anne, data.length);
      const text = patchText(anne, path, 0, data.length) + data + second;
      for (const pieces of [text, [text.slice(0, 600), text.slice(600, 1400), text.slice(1400)]]) {
        const answer = await exchange(server, pieces, { idle: 5000 });
        assert.ok(answer.answers <= 1, answer.text);
        assert.equal(answer.closed, true);
      }
    }
    const path = await announced(anne, 5);
    const chunked = patchText(anne, path, 0, 5, { "transfer-encoding": "chunked" });
    assert.equal((await exchange(server, `${chunked}5\r\nhello\r\n0\r\n\r\n`)).status, 400);
    const twice = patchText(anne, path, 0, 5, { "content-length": ["5", "50"] });
    assert.equal((await exchange(server, `${twice}hello`)).status, 400);
    assert.equal(await offsetOf(anne, path), 0);
  });

  it("are told to go on only when they will be taken", async () => {
    const path = await announced(anne, 5);
    const expects = { expect: "100-continue" };
    const good = await exchange(server, patchText(anne, path, 0, 5, expects), {
      keep: true,
      until: /100 Continue/,
    });
    let answer = "";
    good.socket.on("data", (chunk) => (answer += chunk));
    good.socket.write("hello");
    await new Promise((done) => good.socket.on("close", done));
    assert.match(answer, /^HTTP\/1\.1 204 /);
    const bad = await exchange(server, patchText(anne, path, 2, 5, expects), { idle: 5000 });
    assert.equal(bad.status, 409);
    assert.equal(bad.answers, 1);
  });

  it("are called what they were called, without what hides another name", async () => {
    for (const [given, name] of [
      ["Été à l'œuvre « final ».pdf", "Été à l'œuvre « final ».pdf"],
      ['a"b;c=d.txt', /^a.b;c=d\.txt$/],
      ["../../etc/passwd", /^[^/]*passwd$/],
      ["facture\u202Efdp.exe", "facturefdp.exe"],
    ]) {
      const { key } = await bring(anne, given, Buffer.from("x"));
      const { file } = await anne.ask("file.get", { key });
      if (typeof name === "string") assert.equal(file.name, name);
      else assert.match(file.name, name);
    }
  });

  it("of images keep nothing but what is seen", async () => {
    for (const [width, height] of [
      [3, 2],
      [900, 600],
    ]) {
      const image = png(width, height);
      assert.ok(image.includes(secret));
      const { key } = await bring(anne, "photo.png", image);
      const { file } = await anne.ask("file.get", { key });
      assert.match(file.type, /^image\//);
      assert.deepEqual([file.width, file.height], [width, height]);
      assert.equal(file.has_thumbnail ?? false, width > 480);
      for (const path of [`/fichier/${key}`, `/vignette/${key}`]) {
        const answer = await server.fetch(path, { headers: anne.headers() });
        assert.equal(answer.status, 200);
        assert.match(answer.headers["content-type"], /^image\//);
        assert.ok(!answer.bytes.includes(secret));
      }
    }
  });

  for (const [what, name, bytes] of [
    ["that are broken", "photo.png", broken],
    ["without a name that says what they are", "DSC00042", broken],
    ["of a telephone (HEIC)", "IMG_1.HEIC", heic],
    ["of a scanner (TIFF)", "plan.tif", tiff],
  ]) {
    it(`of images ${what} are refused where they cannot be drawn, and leave nothing`, async () => {
      const path = await announced(anne, bytes.length, name);
      const answer = await patch(anne, path, 0, bytes);
      assert.equal(answer.status, 422);
      assert.equal(answer.json.code, 1415);
      await until(async () => (await look(anne, path)).status === 404);
      assert.ok(!server.has(`files/coming/${path.split("/").pop()}`));
    });
  }

  it("leave no descriptor and no upload behind", async () => {
    const descriptors = () =>
      execFileSync("ls", [`/proc/${server.pid}/fd`])
        .toString()
        .split("\n").length;
    await until(() => descriptors() < 200);
    const first = descriptors();
    for (let i = 0; i < 20; i++) {
      const path = await announced(anne, 1000);
      (await begin(anne, path, 0, 1000, Buffer.alloc(500))).destroy();
      await offsetOf(anne, path);
      await anne.ask("file.drop", { key: path.split("/").pop() });
    }
    await until(() => descriptors() <= first + 2);
  });
});

it("a cut that is not said loses no byte that was read", { timeout: 40_000 }, async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const path = await announced(anne, 1000);
  const socket = await begin(anne, path, 0, 1000, Buffer.alloc(600));
  await deadline(new Promise((done) => socket.on("close", done)), 30_000, "it is not cut");
  assert.equal(await offsetOf(anne, path), 600);
});

it("kill -9 takes back nothing that was said to have come", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const data = random(100 * MIB);
  const path = await announced(anne, data.length);
  const key = path.split("/").pop();
  const socket = await begin(anne, path, 0, data.length, data.subarray(0, 80 * MIB));
  const said = await until(async () => {
    const { received } = await anne.ask("file.get", { key });
    return received >= 64 * MIB && received;
  });
  await server.kill();
  socket.destroy();
  await server.start();
  const offset = await offsetOf(anne, path);
  assert.ok(offset >= said, `${offset} < ${said}`);
  assert.equal((await patch(anne, path, offset, data.subarray(offset))).status, 204);
  const answer = await server.fetch(`/fichier/${key}`, { headers: anne.headers() });
  assert.ok(answer.bytes.equals(data));
});

it("a server that stops keeps what came, and the upload goes on after", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const data = random(3 * MIB);
  const path = await announced(anne, data.length);
  const socket = await begin(anne, path, 0, data.length, data.subarray(0, 2_000_000));
  const closed = new Promise((done) => socket.on("close", done));
  await until(async () => (await look(anne, path)).status === 423);
  assert.equal(await server.stop(), 0);
  await closed;
  await server.start();
  const offset = await offsetOf(anne, path);
  assert.ok(offset > 0 && offset <= 2_000_000);
  assert.equal((await patch(anne, path, offset, data.subarray(offset))).status, 204);
});

it("a full disk refuses, and the upload goes on when there is room", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const data = random(60 * MIB);
  const path = await announced(anne, data.length);
  const room = (bytes) =>
    execFileSync("prlimit", ["--pid", String(server.pid), `--fsize=${bytes}:unlimited`]);
  room(30 * MIB);
  const refused = await exchange(
    server,
    patchText(anne, path, 0, data.length) + data.subarray(0, 40 * MIB).toString("latin1"),
    { idle: 10_000 },
  );
  assert.equal(refused.status, 507);
  assert.equal(problemOf(refused).code, 1303);
  room("unlimited");
  const offset = await offsetOf(anne, path);
  assert.ok(offset <= 30 * MIB);
  assert.equal((await patch(anne, path, offset, data.subarray(offset))).status, 204);
  const answer = await server.fetch(path.replace("fichiers", "fichier"), {
    headers: anne.headers(),
  });
  assert.ok(answer.bytes.equals(data));
});

it("a file on its way is given to nobody", async (t) => {
  const server = await startServer(t);
  const anne = await member(server, "Anne");
  const key = (await announced(anne, 100)).split("/").pop();
  const answer = await server.fetch(`/fichier/${key}`, { headers: anne.headers() });
  assert.equal(answer.status, 404);
});
