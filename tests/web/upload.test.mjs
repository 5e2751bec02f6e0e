// Files on their way in, against a server of tus that lives in this file: cut, refused, gone, resumed.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const held = {};
Object.assign(globalThis, {
  location: { protocol: "http:", host: "localhost" },
  window: { addEventListener: () => {}, matchMedia: () => ({ matches: false }) },
  document: { addEventListener: () => {} },
  localStorage: held,
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
for (const [name, value] of Object.entries({
  getItem: (key) => held[key] ?? null,
  setItem: (key, text) => {
    held[key] = text;
  },
  removeItem: (key) => delete held[key],
}))
  Object.defineProperty(held, name, { value, enumerable: false });

const { load } = await import("./load.mjs");
const { bring, sizeText, whyNotBring, nameOfPasted, kindOfType, nextToSend, parseOutgoing } =
  await load("core/tus", "core/filing", "core/outgoing");

const MIB = 1024 * 1024;
const problem = (code, detail) =>
  JSON.stringify({ type: "", title: detail, detail, status: 413, code });

/** What the server holds, and how it may fail: `cutAt`, an offset beyond which the line breaks once. */
class FakeServer {
  files = new Map();
  calls = [];
  cutAt = Number.POSITIVE_INFINITY;
  refuse;
  transport = async ({ method, path, headers, body, onSent }) => {
    this.calls.push(
      `${method} ${path}${headers["Upload-Offset"] ? ` ${headers["Upload-Offset"]}` : ""}`,
    );
    assert.equal(headers["Tus-Resumable"], "1.0.0");
    if (this.refuse) return answer(413, {}, this.refuse);
    const key = path.split("/")[2];
    if (method === "POST") return this.create(headers);
    const file = this.files.get(key);
    if (!file) return answer(404);
    if (method === "PATCH") await this.patch(file, headers, body, onSent);
    const offset = { "Upload-Offset": String(file.bytes.length) };
    return method === "HEAD"
      ? answer(200, { ...offset, "Upload-Length": String(file.length) })
      : answer(204, offset);
  };
  create(headers) {
    const key = `key${this.files.size + 1}`;
    const name = Buffer.from(headers["Upload-Metadata"].split(" ")[1], "base64").toString();
    this.files.set(key, { name, length: Number(headers["Upload-Length"]), bytes: Buffer.alloc(0) });
    return answer(201, { Location: `/fichiers/${key}` });
  }
  async patch(file, headers, body, onSent) {
    assert.equal(headers["Content-Type"], "application/offset+octet-stream");
    assert.equal(Number(headers["Upload-Offset"]), file.bytes.length);
    const came = Buffer.from(await body.arrayBuffer());
    const fits = Math.min(came.length, Math.max(0, this.cutAt - file.bytes.length));
    file.bytes = Buffer.concat([file.bytes, came.subarray(0, fits)]);
    onSent(fits);
    if (fits < came.length) {
      this.cutAt = Number.POSITIVE_INFINITY;
      throw new Error("cut");
    }
  }
}
const answer = (status, headers = {}, text = "") => ({
  status,
  text,
  header: (name) => headers[name] ?? null,
});
const fileOf = (bytes, name = "plan d’action.pdf") =>
  Object.assign(new Blob([Buffer.alloc(bytes, 7)]), { name });

let server;
let told;
const tell = {
  key: (key) => told.push(`key ${key}`),
  sent: (bytes) => told.push(bytes),
  checking: () => told.push("checking"),
};
const bringOver = (file, key) =>
  bring(file, key, tell, new AbortController().signal, server.transport);
beforeEach(() => {
  server = new FakeServer();
  told = [];
});

test("a file comes over whole, under its name, in pieces the server makes sure of one by one", async () => {
  const key = await bringOver(fileOf(40 * MIB));
  const { name, length, bytes } = server.files.get(key);
  assert.deepEqual([name, length, bytes.length], ["plan d’action.pdf", 40 * MIB, 40 * MIB]);
  assert.deepEqual(server.calls, [
    "POST /fichiers",
    "PATCH /fichiers/key1 0",
    `PATCH /fichiers/key1 ${16 * MIB}`,
    `PATCH /fichiers/key1 ${32 * MIB}`,
  ]);
  assert.deepEqual(told.slice(-2), [40 * MIB, "checking"]);
});

test("a picture that was drawn anew before the cut is there, though of another length", async () => {
  server.files.set("key1", { name: "a.png", length: 322, bytes: Buffer.alloc(322) });
  assert.equal(await bringOver(fileOf(404, "a.png"), "key1"), "key1");
  assert.deepEqual(server.calls, ["HEAD /fichiers/key1"]);
});

test("what a cut left goes on from where the server has got to, not from where the page had", async () => {
  server.cutAt = 20 * MIB;
  await assert.rejects(bringOver(fileOf(24 * MIB)));
  await bringOver(fileOf(24 * MIB), "key1");
  assert.equal(server.files.size, 1);
  assert.deepEqual(server.calls.slice(-2), [
    "HEAD /fichiers/key1",
    `PATCH /fichiers/key1 ${20 * MIB}`,
  ]);
  assert.equal(server.files.get("key1").bytes.length, 24 * MIB);
});

test("what was all there when the line broke is not sent again", async () => {
  const key = await bringOver(fileOf(MIB));
  server.calls = [];
  assert.equal(await bringOver(fileOf(MIB), key), key);
  assert.deepEqual(server.calls, [`HEAD /fichiers/${key}`]);
});

test("what the server has dropped meanwhile is begun anew, under another key", async () => {
  await bringOver(fileOf(MIB), "forgotten");
  assert.deepEqual(told[0], "key key1");
  assert.equal(server.files.get("key1").bytes.length, MIB);
});

test("a refusal is told in the server's own words", async () => {
  server.refuse = problem(1404, "Il ne vous reste plus de place.");
  await assert.rejects(bringOver(fileOf(MIB)), (error) => {
    assert.equal(error.problem.code, 1404);
    assert.equal(error.message, "Il ne vous reste plus de place.");
    return true;
  });
});

test("an answer that is none of tus's is no refusal: it may pass later", async () => {
  server.refuse = "<html>502</html>";
  await assert.rejects(bringOver(fileOf(MIB)), { name: "Unreachable" });
});

test("two that write at once do not end it: it is asked again where it is", async () => {
  await bringOver(fileOf(MIB));
  const busy = async (asked) => (asked.method === "PATCH" ? answer(409) : server.transport(asked));
  const again = bring(fileOf(MIB), undefined, tell, new AbortController().signal, busy);
  await assert.rejects(again, { name: "Unreachable" });
});

const limits = { file_bytes: 2_147_483_648, image_bytes: 52_428_800 };
test("what is too large is told before anything leaves, with both sizes", () => {
  const video = { name: "film.mp4", size: 3_100_000_000, type: "video/mp4" };
  assert.match(whyNotBring(video, limits), /«\sfilm.mp4\s» fait 3,1\sGo.* 2,1\sGo au plus/);
  const photo = { name: "vue.jpg", size: 60_000_000, type: "image/jpeg" };
  assert.match(whyNotBring(photo, limits), /une image peut en faire 52,4\sMo/);
});
test("a folder, which comes as an empty file, is refused with a word about folders", () => {
  assert.match(whyNotBring({ name: "Photos", size: 0, type: "" }, limits), /dossier/);
});
test("what fits is not refused", () => {
  assert.equal(whyNotBring({ name: "a.pdf", size: 1, type: "application/pdf" }, limits), undefined);
});

test("sizes are told as French systems do", () => {
  const sizes = [0, 999, 1_000, 1_449_000, 99_960_000, 2_147_483_648].map(sizeText);
  const plain = sizes.map((one) => one.replace(/\s/g, " "));
  assert.deepEqual(plain, ["0 octets", "999 octets", "1 ko", "1,4 Mo", "100 Mo", "2,1 Go"]);
});
test("media types have names a person would use", () => {
  const kinds = [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/pdf",
    "text/csv",
    "application/octet-stream",
  ].map(kindOfType);
  assert.deepEqual(kinds, ["sheet", "slides", "document", "pdf", "sheet", "other"]);
});
test("what is pasted is named after its moment", () => {
  const at = new Date(2026, 10, 3, 14, 5, 9);
  assert.equal(nameOfPasted("image/jpeg", at), "Capture du 2026-11-03 à 14.05.09.jpg");
});

const message = (nonce, files) => ({
  ...{ nonce, person: 1, channel: 2, body: "", at: 0, status: "waiting" },
  ...(files ? { files: files.map((upload) => ({ upload, name: upload })) } : {}),
});
test("a message that waits for its files holds no other back", () => {
  const items = [message("a", ["film"]), message("b")];
  assert.equal(nextToSend(items, () => false).nonce, "b");
});
test("a message leaves when all its files are there", () => {
  const items = [message("a", ["film", "plan"])];
  assert.equal(
    nextToSend(items, (upload) => upload === "film"),
    undefined,
  );
  assert.equal(nextToSend(items, () => true).nonce, "a");
});
test("a message of files only is found again after a reload", () => {
  const item = message("a", ["film"]);
  assert.deepEqual(parseOutgoing(JSON.stringify(item)), item);
});
