// The rows of a full house: a million messages, ten thousand members. deep_fill.c makes it, in minutes.
//   MESSAGES=1000000 PEOPLE=10000   its size
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import WebSocket from "ws";
import { channelOf, clubOf, connected, member } from "../lib/cast.mjs";
import { BINARY, startServer } from "../lib/server.mjs";
import { BINARIES, median } from "./kit.mjs";

const run = promisify(execFile);
const PEOPLE = Number(process.env.PEOPLE ?? 10_000);
const CALLS = 300;
const MB = 1048576;

export const MESSAGES = Number(process.env.MESSAGES ?? 1_000_000);

const nth = (waits, share) =>
  [...waits].sort((a, b) => a - b)[Math.min(waits.length - 1, Math.floor(waits.length * share))];

const waitRow = (row, waits, goal) => ({
  row,
  value: nth(waits, 0.99),
  unit: `ms p99 (p50 ${nth(waits, 0.5).toFixed(2)})`,
  reference: null,
  ratio: null,
  goal,
});

/** How long each of `calls` takes, one after the other; the first ones only warm it up. */
async function waitsOf(calls, ask) {
  const waits = [];
  for (let i = -10; i < calls; i++) {
    const begun = performance.now();
    await ask(i < 0 ? calls + i : i);
    if (i >= 0) waits.push(performance.now() - begun);
  }
  return waits;
}

// --- the house --------------------------------------------------------------------------------------

/** {server, reader, rare, sizes}: `reader` is in the Ain's Club, `rare` hears of 1,990 messages alone. */
export async function fullHouse(life, messages) {
  const server = await startServer(life);
  const reader = await member(server, "Lectrice");
  const rare = await member(server, "Rare", { departement: "974" });
  const channel = await channelOf(rare, "Général", "974");
  await server.stop();
  const { stdout } = await run(`${BINARIES}/deep_fill`, [
    join(server.data, "beffroi.db"),
    ...[messages, PEOPLE, reader.id, channel.id].map(String),
  ]);
  await server.start();
  return { server, reader, rare, sizes: JSON.parse(stdout) };
}

// --- resume -----------------------------------------------------------------------------------------

/**
 * From session.resume to its answer, on a socket of its own whose frames are not parsed: what is measured is the
 * server and the line. {ms, frames, answer}
 */
async function resume(server, client, cursor) {
  const socket = new WebSocket(`${server.url.replace(/^http/, "ws")}/ws`, "beffroi.v1", {
    headers: client.headers(),
    perMessageDeflate: false,
  });
  const [first] = await once(socket, "message");
  const { epoch } = JSON.parse(first).params;
  let frames = 0;
  const answered = new Promise((done) =>
    socket.on("message", (data) => {
      frames++;
      if (data.length < 200 && data.includes('"id":7')) done(JSON.parse(data).result);
    }),
  );
  const begun = performance.now();
  const params = { epoch, cursor };
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 7, method: "session.resume", params }));
  const answer = await answered;
  const ms = performance.now() - begun;
  socket.close();
  return { ms, frames: frames - 1, answer };
}

async function resumeRows({ server, reader, rare }, say) {
  const near = [];
  const far = [];
  for (let i = 0; i < 40; i++) {
    const brought = await resume(server, rare, 1);
    if (brought.answer.reload || brought.frames < 100) throw new Error("nothing was brought");
    near.push(brought);
    const told = await resume(server, reader, 1);
    if (!told.answer.reload && MESSAGES > 20_000) throw new Error("it was not too far behind");
    far.push(told);
  }
  const ms = (list) => list.slice(2).map((one) => one.ms);
  say(waitRow(`resume of ${near[0].frames} facts among others'`, ms(near), 30));
  say(waitRow("answer when too far behind", ms(far), 5));
}

// --- reading ----------------------------------------------------------------------------------------

async function readRows({ reader }, say) {
  const club = await clubOf(reader);
  const { channels } = await reader.call("channel.list", { club: club.id });
  const { messages } = await reader.call("message.list", { channel: channels[0].id, limit: 1 });
  const newest = messages[0].id;
  const page = (i) =>
    reader.call("message.list", {
      channel: channels[i % channels.length].id,
      before: Math.floor(1 + (newest * ((i * 7919) % CALLS)) / CALLS) + 1,
    });
  say(waitRow("history page", await waitsOf(CALLS, page), 5));
  say(waitRow("unread of all channels", await waitsOf(CALLS, () => reader.call("state.get")), 5));
  const day = 86_400_000;
  const since = (i) => (i % 2 ? {} : { since: Date.now() - (1 + (i % 28)) * day });
  const today = (i) => reader.call("today.get", since(i));
  say(waitRow("catch-up", await waitsOf(CALLS, today), 20));
}

/** What is asked of message.search; the words are those of words.h, by how many texts hold them. */
const QUESTIONS = ["commune", "projet", "habitat", "centre", "halle", "projet habitat", "OPAH"];
const HARD = [
  ...QUESTIONS,
  "mérule",
  "coutell",
  "mérule commune",
  '"projet habitat"',
  "mérule coutellerie halle",
];

async function searchRows({ reader, sizes }, say) {
  const club = (await clubOf(reader)).id;
  const channel = (await channelOf(reader)).id;
  const recent = (i) => reader.call("message.search", { query: QUESTIONS[i % QUESTIONS.length] });
  say(waitRow("search, by recency", await waitsOf(CALLS, recent), 1));
  const scopes = [{}, { channel }, { club }];
  const questions = HARD.flatMap((query) =>
    scopes.flatMap((scope) => ["recent", "relevant"].map((order) => ({ query, order, ...scope }))),
  );
  const any = (i) => reader.call("message.search", questions[i % questions.length]);
  say(waitRow("search, any query", await waitsOf(5 * questions.length, any), 10));
  say({
    row: "index of messages",
    value: sizes.index_bytes / MB,
    unit: "MB",
    reference: sizes.text_bytes / MB,
    ratio: sizes.index_bytes / sizes.text_bytes,
    goal: 1,
  });
}

// --- starting ---------------------------------------------------------------------------------------

/** From the spawn to the line that says where, over a free port. */
async function startOnce(data) {
  const begun = performance.now();
  const child = spawn(BINARY, ["serve", "--data", data, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(createInterface({ input: child.stdout }), "line");
  const ms = performance.now() - begun;
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  child.kill();
  await once(child, "close");
  return { ms, kb: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) };
}

async function startRows({ server }, say) {
  await server.stop();
  const starts = [];
  for (let i = 0; i < 7; i++) starts.push(await startOnce(server.data));
  const of = (key) => median(starts.map((start) => start[key]));
  const plain = { reference: null, ratio: null };
  say({ row: "cold start", value: of("ms"), unit: "ms", goal: 100, ...plain });
  say({ row: "memory after start", value: of("kb") / 1024, unit: "MB RSS", ...plain });
  say({ row: "binary size", value: statSync(BINARY).size / MB, unit: "MB", ...plain });
  await server.start();
}

// --- a message meanwhile ----------------------------------------------------------------------------

const QUIET = 400;

/** One message at a time: from sending it to hearing it. */
async function postWaits(client, channel, count) {
  return waitsOf(count, async (i) => {
    const body = `mesure ${i} ${Math.random()}`;
    const heard = client.fact("message.posted", (fact) => fact.message.body === body);
    await Promise.all([client.say(channel, body), heard]);
    client.facts.length = 0;
  });
}

/** The p99 while `work` goes on, beside the quiet one before it. */
async function besideQuiet(client, channel, begin) {
  const quiet = await postWaits(client, channel, QUIET);
  const end = await begin();
  const busy = await postWaits(client, channel, QUIET);
  await end();
  return { quiet, busy };
}

function meanwhileRow(row, { quiet, busy }, goal) {
  const [value, reference] = [nth(busy, 0.99), nth(quiet, 0.99)];
  return { row, value, unit: "ms p99", reference, ratio: value / reference, goal };
}

/** Long messages elsewhere fill the WAL: it is copied back several times a second. */
async function checkpointing(server) {
  const other = await connected(server, "Bavarde", { departement: "974" });
  const channel = (await channelOf(other, "Général", "974")).id;
  let going = true;
  const loop = (async () => {
    for (let i = 0; going; i++) {
      await other.say(channel, `${i} `.padEnd(8000, "commune "));
      other.facts.length = 0;
    }
  })();
  return async () => {
    going = false;
    await loop;
    await other.close();
  };
}

/** A hundred people log in, by their passwords (a wrong one costs the same). */
async function loggingIn(server, emails) {
  const logins = emails.map((email) =>
    server.fetch("/api/v1/session.open", {
      method: "POST",
      headers: { origin: server.url },
      body: { email, password: "un mot de passe assez long" },
    }),
  );
  return () => Promise.allSettled(logins);
}

async function meanwhileRows({ server }, say) {
  const client = await connected(server, "Mesure", { departement: "972" });
  const channel = (await channelOf(client, "Général", "972")).id;
  const checkpoints = await besideQuiet(client, channel, () => checkpointing(server));
  say(meanwhileRow("message p99 during checkpoints", checkpoints, 1.5));
  const emails = Array.from({ length: 100 }, (_, i) => `m${i}@exemple.fr`);
  const logins = await besideQuiet(client, channel, () => loggingIn(server, emails));
  say(meanwhileRow("message p99 during 100 logins", logins, 3));
  await client.close();
}

const ROWS =
  "resume history unread catch-up search index start memory binary message p99 full house";

/** A house of this many messages, measured; each row is given to `say`. */
export async function measureHouse(life, messages, say) {
  const house = await fullHouse(life, messages);
  await house.reader.connect();
  await resumeRows(house, say);
  await readRows(house, say);
  await searchRows(house, say);
  await house.reader.close();
  await startRows(house, say);
  await meanwhileRows(house, say);
  await house.server.stop();
}

export async function deepRows({ life, wanted, say }) {
  if (!wanted(ROWS)) return;
  await measureHouse(life, MESSAGES, say);
}
