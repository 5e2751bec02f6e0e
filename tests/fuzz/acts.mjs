// What a client does to the server, well or badly: each is drawn by chance and leaves a line of what it did.
import assert from "node:assert/strict";
import { nonce } from "../lib/client.mjs";
import { exchange, frame, post, request } from "../lib/raw.mjs";
import { TUS, TYPE } from "../lib/upload.mjs";
import { checkProblem } from "./peer.mjs";

// --- over the socket --------------------------------------------------------------------------------

function call({ peer, calls, random }) {
  const { name, params } = calls.next();
  const id = random.chance(0.5) ? `c${random.between(1, 1e9)}` : random.between(1, 1e9);
  const text = peer.send(id, name, random.chance(0.3) ? calls.wrong(params) : params);
  if (text.includes("\\u0000")) peer.loosely(id); // no text of JSON that we take
  return [name, text];
}

/** One frame, its bytes as one write or several. */
function ask(at) {
  const [name, text] = call(at);
  at.peer.write(frame(1, Buffer.from(text).toString("latin1")));
  return name;
}

/** Many in one write. */
function burst(at) {
  const made = Array.from({ length: at.random.between(2, 20) }, () => call(at));
  at.peer.write(
    Buffer.concat(made.map(([, text]) => frame(1, Buffer.from(text).toString("latin1")))),
  );
  return made.map(([name]) => name).join(" ");
}

function fragments(at) {
  const { peer, random } = at;
  const [name, text] = call(at);
  const bytes = Buffer.from(text).toString("latin1");
  for (let from = 0, opcode = 1; from < bytes.length; opcode = 0) {
    const to = Math.min(
      bytes.length,
      from + random.between(Math.ceil(bytes.length / 30), bytes.length),
    );
    peer.write(frame(opcode, bytes.slice(from, to), { final: to === bytes.length }));
    if (random.chance(0.3))
      peer.write(frame(random.pick([9, 10]), "x".repeat(random.between(0, 125))));
    from = to;
  }
  return name;
}

function broken({ peer, calls, random }) {
  const { name, params } = calls.next();
  const id = `b${random.between(1, 1e9)}`;
  const bytes = calls.broken(JSON.stringify({ jsonrpc: "2.0", id, method: name, params }));
  peer.loosely(id);
  peer.write(frame(1, bytes.toString("latin1")));
  return name;
}

/** Frames that no client should send; most end the connection. */
function rude({ peer, random }) {
  const code = random.pick([1000, 1005, 1006, 1015, 999, 3000, 4999, 5000]);
  const shapes = [
    () => frame(random.pick([3, 7, 11, 15, 0x41, 0x21]), "x"),
    () => frame(2, "x"),
    () => frame(9, "x".repeat(126)),
    () => frame(9, "x", { final: false }),
    () => frame(0, "x"),
    () => Buffer.concat([frame(1, "x", { final: false }), frame(1, "x")]),
    () => frame(1, "\xff\xfe"),
    () => frame(1, "x", { length: 2 ** random.between(17, 50) }),
    () => frame(8, String.fromCharCode(code >> 8, code & 255)),
    () => frame(8, "\x03"),
    () => frame(8, "\x03\xe8\xff"),
    () => frame(1, "x".repeat(65_537)),
    () => Buffer.from(Array.from({ length: 40 }, () => random.between(0, 255))),
  ];
  const shape = random.between(0, shapes.length - 1);
  peer.loose = true; // what is left may be read as anything
  peer.leaves = true;
  peer.asked.forEach((_, id) => peer.asked.set(id, "may"));
  peer.write(shapes[shape]());
  if (peer.isOpen && random.chance(0.3)) peer.destroy();
  return `rude ${shape}`;
}

/** Gone in the middle of a frame. */
function vanish(at) {
  const [name, text] = call(at);
  const bytes = frame(1, Buffer.from(text).toString("latin1"));
  at.peer.write(bytes.subarray(0, at.random.between(1, bytes.length)));
  at.peer.destroy();
  return `vanish ${name}`;
}

function resume({ peer, random }) {
  const { epoch, cursor } = peer.hello;
  const params = {
    epoch: random.chance(0.8) ? epoch : "0123456789abcdef",
    cursor: Math.max(0, cursor + random.pick([0, 0, -1, -10, -100, 1, 1000])),
  };
  peer.write(frame(1, peer.send(`r${random.between(1, 1e9)}`, "session.resume", params)));
  return `resume ${params.cursor}`;
}

// --- over HTTP --------------------------------------------------------------------------------------

/** Each answer in a run of bytes is whole and ours: {status, headers, body}. */
export function answersIn(text, heads = []) {
  const answers = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n\r\n", at);
    assert.ok(end > 0, `no head: ${JSON.stringify(text.slice(at, at + 100))}`);
    const [line, ...fields] = text.slice(at, end).split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1]);
    assert.ok(status, line);
    const headers = Object.fromEntries(
      fields.map((field) => [
        field.slice(0, field.indexOf(":")).toLowerCase(),
        field.slice(field.indexOf(":") + 1).trim(),
      ]),
    );
    const isBare = heads[answers.length] || status === 204 || status === 304 || status < 200;
    const bytes = isBare ? 0 : Number(headers["content-length"] ?? 0);
    const body = text.slice(end + 4, end + 4 + bytes);
    assert.equal(body.length, bytes, "a body that is cut");
    if (status >= 200) assert.equal(headers["x-content-type-options"], "nosniff", line);
    if (status >= 400 && body)
      checkProblem(JSON.parse(Buffer.from(body, "latin1").toString()), status);
    if (status >= 200) answers.push({ status, headers, body });
    at = end + 4 + bytes;
  }
  return answers;
}

/** Requests on one connection, in one write or in pieces. */
async function http({ server, headers, calls, random }) {
  const made = Array.from({ length: random.between(1, 4) }, () => {
    const { name, params } = calls.next();
    const sent = random.chance(0.4) ? calls.wrong(params) : params;
    return [name, Buffer.from(post(server, name, sent, headers)).toString("latin1")];
  });
  const text = made.map(([, one]) => one).join("");
  const cut = random.between(1, text.length - 1);
  const pieces = random.chance(0.5) ? text : [text.slice(0, cut), text.slice(cut)];
  const got = await exchange(server, pieces, { idle: 300 });
  assert.ok(got.closed || got.answers <= made.length, `${got.answers} answers to ${made.length}`);
  if (got.text) assert.ok(answersIn(whole(got.text)).length <= made.length);
  return `http ${made.map(([name]) => name).join(" ")}`;
}

/** What came before a silence may end within a body. */
function whole(text) {
  const at = text.lastIndexOf("HTTP/1.1 ");
  const head = text.slice(at);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = head.indexOf("\r\n\r\n");
  return end < 0 || head.length < end + 4 + length ? text.slice(0, at) : text;
}

async function headsOff({ server, headers, random, pool }) {
  const paths = [
    "/",
    "/ws",
    "/fichiers",
    "/healthz",
    "/api/v1/",
    "/api/openapi.json",
    "/evenement/",
    "/message/1",
    "/fichier/a",
  ];
  const path = `${random.pick(paths)}${random.chance(0.3) ? `${random.pick(pool.event ?? [1])}.ics` : ""}${random.chance(0.2) ? "?a=%00&b=%zz" : ""}`;
  const verb = random.pick(["GET", "HEAD", "OPTIONS", "POST", "PATCH"]);
  const odd = {
    range: random.pick([null, "bytes=0-", "bytes=5-1", "bytes=-", "x"]),
    "if-none-match": random.pick([null, "*", 'W/"a"']),
    "content-length": random.pick([null, "0", "-1", "1, 1", "99999999999999"]),
    "transfer-encoding": random.pick([null, null, null, "chunked"]),
    cookie: random.pick([null, "beffroi=", "beffroi=a; beffroi=b", ";;;=;"]),
    origin: random.pick([null, server.url, "http://ailleurs.fr", "null"]),
    expect: random.pick([null, null, "100-continue"]),
    "accept-encoding": random.pick([null, "gzip;q=0,br", "*"]),
  };
  const got = await exchange(server, request(server, `${verb} ${path}`, { ...headers, ...odd }), {
    idle: 300,
  });
  if (got.text) assert.ok(answersIn(whole(got.text), [verb === "HEAD"]).length <= 1);
  return `${verb} ${path}`;
}

/** A file is announced, and brought whole, in part, twice, or at the wrong place. */
async function upload({ server, headers, random }) {
  const bytes = random.between(1, 3000);
  const made = await exchange(
    server,
    request(server, "POST /fichiers", {
      ...headers,
      ...TUS,
      "upload-length": random.chance(0.9)
        ? String(bytes)
        : random.pick(["-1", "0", "x", "9".repeat(19)]),
      "upload-metadata": `filename ${Buffer.from(random.pick(["a.txt", "é.pdf", "../x", ""])).toString("base64")}`,
      "content-length": "0",
    }),
    { idle: 300 },
  );
  const [answer] = made.text ? answersIn(made.text) : [];
  const path = answer?.headers.location;
  for (let i = random.between(1, 3); path && i > 0; i--) {
    const told = random.chance(0.8) ? bytes : random.between(0, 2 * bytes);
    const sent = random.chance(0.6) ? told : random.between(0, told);
    const head = request(server, `PATCH ${path}`, {
      ...headers,
      ...TUS,
      ...TYPE,
      "upload-offset": String(random.pick([0, 0, 1, sent])),
      "content-length": String(told),
    });
    const got = await exchange(server, [head, nonce().repeat(200).slice(0, sent)], { idle: 300 });
    if (got.text) answersIn(whole(got.text));
  }
  return `upload ${answer?.status}`;
}

/** [weight, act]; an act of the socket needs it open. */
export const ACTS = [
  [10, ask],
  [4, burst],
  [4, fragments],
  [4, broken],
  [2, rude],
  [1, vanish],
  [2, resume],
  [2, http],
  [2, headsOff],
  [1, upload],
];
