// The list of files on their way: two at a time, over cuts, kept past a reload. The server is in this file:
// its socket answers what is asked about files, its XMLHttpRequest takes them.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const held = {};
for (const [name, value] of Object.entries({
  getItem: (key) => held[key] ?? null,
  setItem: (key, text) => {
    held[key] = text;
  },
  removeItem: (key) => delete held[key],
}))
  Object.defineProperty(held, name, { value, enumerable: false });

const server = {
  files: new Map(),
  room: 1_000,
  refusal: undefined,
  held: undefined, // while set, bodies wait for it
  inside: 0,
  most: 0,
  asked: [],
};

class FakeSocket {
  static OPEN = 1;
  readyState = 1;
  constructor() {
    queueMicrotask(() => this.say({ method: "hello", params: hello }));
  }
  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  send(text) {
    const { id, method, params } = JSON.parse(text);
    server.asked.push(method);
    const answers = {
      "state.get": { seq: 1, clubs: [], channels: [], people: [], follows: [] },
      "file.limits": { quota_bytes: server.room, used_bytes: 0 },
      "file.get": {
        file: { key: params.key, name: "", type: "application/pdf", bytes: 1 },
        received: server.files.get(params.key)?.came ?? 0,
        whole: server.files.get(params.key)?.came === server.files.get(params.key)?.length,
      },
      "thread.list": { seq: 1, threads: [] },
      "saved.list": { seq: 1, messages: [] },
      "notice.list": { seq: 1, position: 0, notices: [] },
    };
    queueMicrotask(() => this.say({ id, result: answers[method] ?? {} }));
  }
  close() {}
}
const hello = {
  epoch: "e",
  limits: {},
  me: { id: 1, name: "Moi", email: "", administrator: false },
};

class FakeRequest {
  upload = {};
  status = 0;
  responseText = "";
  headers = {};
  open(method, path) {
    Object.assign(this, { method, path });
  }
  setRequestHeader(name, value) {
    this.headers[name] = value;
  }
  getResponseHeader(name) {
    return this.answer?.[name] ?? null;
  }
  abort() {
    this.onabort?.();
  }
  async send(body) {
    server.most = Math.max(server.most, ++server.inside);
    await (body && server.held);
    await new Promise(setImmediate);
    server.inside--;
    if (server.cut) {
      server.cut = false;
      this.onerror();
    } else {
      this.take(body);
      this.onload();
    }
    this.onloadend?.();
  }
  take(body) {
    if (server.refusal) {
      this.status = 422;
      this.responseText = server.refusal;
      return;
    }
    const key = this.path.split("/")[2];
    if (this.method === "POST") {
      const made = `key${server.files.size + 1}`;
      server.files.set(made, { length: Number(this.headers["Upload-Length"]), came: 0 });
      this.status = 201;
      this.answer = { Location: `/fichiers/${made}` };
      return;
    }
    const file = server.files.get(key);
    if (body) file.came += body.size;
    this.status = body ? 204 : 200;
    this.answer = { "Upload-Offset": String(file.came) };
  }
}

const listeners = {};
Object.assign(globalThis, {
  location: { protocol: "http:", host: "localhost" },
  window: {
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
    matchMedia: () => ({ matches: false, addEventListener: () => {} }),
    setTimeout: (...args) => setTimeout(...args).unref(),
    clearTimeout,
  },
  document: { addEventListener: () => {} },
  localStorage: held,
  WebSocket: FakeSocket,
  XMLHttpRequest: FakeRequest,
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
held["beffroi.person"] = "1";

const { load } = await import("./load.mjs");
const own = await load("core/uploads", "core/live", "core/stored");
const { addFiles, uploads, cancelUpload, retryUpload, giveAgain, clearUploads, restoreUploads } =
  own;
const { start, line, loaded } = own;

const until = async (what) => {
  while (!what()) await new Promise(setImmediate);
};
const fileOf = (name, bytes = 10) => new File([Buffer.alloc(bytes)], name, { lastModified: 5 });
const statuses = () => uploads.value.map(({ status }) => status);
const named = (name) => uploads.value.find((one) => one.name === name);

await start();
await until(() => loaded.value && line.value === "online");

beforeEach(() => {
  clearUploads();
  Object.assign(server, { room: 1_000, refusal: undefined, held: undefined, cut: false, most: 0 });
  server.files.clear();
  server.asked = [];
});

test("a file that is given is there in the end, with what the server made of it", async () => {
  addFiles("c1", [fileOf("a.pdf")], 10);
  await until(() => named("a.pdf").status === "ready");
  assert.equal(named("a.pdf").key, "key1");
  assert.equal(named("a.pdf").file.type, "application/pdf");
});

test("two leave at a time, the others wait", async () => {
  let free;
  server.held = new Promise((resolve) => {
    free = resolve;
  });
  addFiles(
    "c1",
    ["a", "b", "c", "d"].map((name) => fileOf(name)),
    10,
  );
  await until(() => statuses().filter((status) => status === "sending").length === 2);
  assert.deepEqual(statuses(), ["sending", "sending", "waiting", "waiting"]);
  free();
  await until(() => statuses().every((status) => status === "ready"));
  assert.equal(server.most, 2);
});

test("what has no room is refused before anything leaves", async () => {
  server.room = 15;
  addFiles("c1", [fileOf("a", 20)], 10);
  await until(() => named("a").status === "failed");
  assert.match(named("a").error, /Il ne vous reste que 15\soctets/);
  assert.equal(server.files.size, 0);
});

test("beyond what a place holds, no more are taken, and it is said", () => {
  const { ids, refused } = addFiles("c1", [fileOf("a"), fileOf("b"), fileOf("c")], 2);
  assert.equal(ids.length, 2);
  assert.match(refused[0], /2 fichiers au plus/);
});

test("a cut is waited over, and the same file goes on", async () => {
  server.cut = true; // the creation's own answer is lost
  addFiles("c1", [fileOf("a")], 10);
  await until(() => named("a").status === "waiting" && !server.cut);
  line.value = "connecting";
  line.value = "online"; // as when the network is back: no waiting
  await until(() => named("a").status === "ready");
});

test("a refusal keeps the file beside its reason, and trying again begins anew", async () => {
  const detail = "Cette image ne peut pas être lue.";
  server.refusal = JSON.stringify({ type: "", title: detail, detail, status: 422, code: 1411 });
  addFiles("c1", [fileOf("a")], 10);
  await until(() => named("a").status === "failed");
  assert.equal(named("a").error, detail);
  server.refusal = undefined;
  retryUpload(named("a").id);
  await until(() => named("a").status === "ready");
});

test("what is cancelled is dropped on the server too", async () => {
  addFiles("c1", [fileOf("a")], 10);
  await until(() => named("a").status === "ready");
  cancelUpload(named("a").id);
  assert.deepEqual(uploads.value, []);
  assert.ok(server.asked.includes("file.drop"));
  assert.deepEqual(
    Object.keys(held).filter((key) => key.includes("upload")),
    [],
  );
});

/** As after a reload: what another page of this browser left in it. */
function left(part) {
  const upload = {
    id: "u1",
    person: 1,
    place: "c1",
    name: "a",
    bytes: 10,
    modified: 5,
    at: Date.now(),
  };
  held["beffroi.upload.u1"] = JSON.stringify({ ...upload, sent: 4, tab: "gone", ...part });
}
test("what a reload cut is found again, and waits for the same file", async () => {
  server.files.set("key1", { length: 10, came: 4 });
  left({ status: "sending", key: "key1" });
  restoreUploads(1, () => {});
  assert.equal(named("a").status, "lost");
  assert.match(giveAgain("u1", fileOf("b")), /même fichier/);
  assert.equal(giveAgain("u1", fileOf("a")), undefined);
  await until(() => named("a").status === "ready");
  assert.equal(named("a").key, "key1");
});
test("what was all there when the page was reloaded needs no file again", async () => {
  server.files.set("key1", { length: 10, came: 10 });
  left({ status: "checking", key: "key1" });
  restoreUploads(1, () => {});
  await until(() => named("a").status === "ready");
});
test("what is older than the server keeps it, and what is another's, is not found", () => {
  left({ status: "sending", at: Date.now() - 25 * 3_600_000 });
  restoreUploads(1, () => {});
  left({ status: "sending", person: 2 });
  restoreUploads(1, () => {});
  assert.deepEqual(uploads.value, []);
});

test("leaving the page while something leaves is asked about, and not otherwise", async () => {
  let asked = 0;
  const leave = () => listeners.beforeunload({ preventDefault: () => asked++ });
  addFiles("c1", [fileOf("a")], 10);
  leave();
  await until(() => named("a").status === "ready");
  leave();
  assert.equal(asked, 1);
});
