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
import { nonce } from "../lib/client.mjs";
import { BINARY, startServer } from "../lib/server.mjs";
import { ask, nth, waitRow } from "./ask.mjs";
import { BINARIES, median } from "./kit.mjs";

const run = promisify(execFile);
const PEOPLE = Number(process.env.PEOPLE ?? 10_000);
const CALLS = 300;
const RESUMES = 100;
const ON_DISK = 100;
const MB = 1048576;

export const MESSAGES = Number(process.env.MESSAGES ?? 1_000_000);

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

/**
 * Measures a row: with the database in the memory of the machine, as on one that has enough, and once more where
 * all but what the server keeps itself must come from the disk.
 */
function teller({ server }, say) {
  const database = join(server.data, "beffroi.db");
  return async (row, client, questions, goal, options = {}) => {
    const warm = await ask(server, client, questions, { "in-memory": database, ...options });
    say(waitRow(row, warm, goal));
    const some = questions.slice(0, ON_DISK);
    const cold = await ask(server, client, some, { "on-disk": database, ...options });
    say(waitRow(`from the disk: ${row}`, cold, null));
  };
}

// --- resume -----------------------------------------------------------------------------------------

/** What session.resume brings: {frames, answer}. */
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
  const params = { epoch, cursor };
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 7, method: "session.resume", params }));
  const answer = await answered;
  socket.close();
  return { epoch, frames: frames - 1, answer };
}

async function resumeRows({ server, reader, rare }, tell) {
  const near = await resume(server, rare, 1);
  const far = await resume(server, reader, 1);
  if (near.answer.reload || near.frames < 100) throw new Error("nothing was brought");
  if (!far.answer.reload && MESSAGES > 20_000) throw new Error("it was not too far behind");
  const many = Array(RESUMES).fill(["session.resume", { epoch: near.epoch, cursor: 1 }]);
  await tell(`resume of ${near.frames} facts among others'`, rare, many, 30, { anew: true });
  await tell("answer when too far behind", reader, many, 5, { anew: true });
}

// --- reading ----------------------------------------------------------------------------------------

const times = (count, question) => Array.from({ length: count }, (_, i) => question(i));

async function readRows({ reader }, tell) {
  const club = await clubOf(reader);
  const { channels } = await reader.call("channel.list", { club: club.id });
  const { messages } = await reader.call("message.list", { channel: channels[0].id, limit: 1 });
  const newest = messages[0].id;
  const page = (i) => [
    "message.list",
    {
      channel: channels[i % channels.length].id,
      before: Math.floor(1 + (newest * ((i * 7919) % CALLS)) / CALLS) + 1,
    },
  ];
  await tell("history page", reader, times(CALLS, page), 5);
  const all = times(CALLS, () => ["state.get", {}]);
  await tell("unread of all channels", reader, all, 5);
  const day = 86_400_000;
  const since = (i) => (i % 2 ? {} : { since: Date.now() - (1 + (i % 28)) * day });
  const today = times(CALLS, (i) => ["today.get", since(i)]);
  await tell("catch-up", reader, today, 20);
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
const HALF = ["commu", "proj", "habi", "cen", "projet habi", "commune cen"];

async function searchRows({ reader, sizes }, say, tell) {
  const club = (await clubOf(reader)).id;
  const channel = (await channelOf(reader)).id;
  const search = (params) => ["message.search", params];
  const recent = (i) => search({ query: QUESTIONS[i % QUESTIONS.length] });
  await tell("search, by recency", reader, times(CALLS, recent), 1);
  const scopes = [{}, { channel }, { club }];
  const each = (queries) =>
    queries.flatMap((query) =>
      scopes.flatMap((scope) =>
        ["recent", "relevant"].map((order) => search({ query, order, ...scope })),
      ),
    );
  const any = each(HARD);
  await tell(
    "search, any query",
    reader,
    times(5 * any.length, (i) => any[i % any.length]),
    10,
  );
  const half = each(HALF);
  const typed = times(5 * half.length, (i) => half[i % half.length]);
  await tell("search, common words half typed", reader, typed, 10);
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

const WARM = 10;
const QUIET = 400;

/** One message at a time: from sending it to its answer and to hearing it. */
async function postWaits(server, client, channel) {
  const post = (i) => [
    "message.post",
    { channel, body: `mesure ${i} ${Math.random()}`, nonce: nonce() },
  ];
  const waits = await ask(server, client, times(WARM + QUIET, post), { heard: true });
  return waits.slice(WARM).map(({ ms }) => ms);
}

/** The p99 while `work` goes on, beside the quiet one before it. */
async function besideQuiet(server, client, channel, begin) {
  const quiet = await postWaits(server, client, channel);
  const end = await begin();
  const busy = await postWaits(server, client, channel);
  await end();
  return { quiet, busy };
}

function meanwhileRow(row, { quiet, busy }, goal) {
  const [value, reference] = [nth(busy, 0.99), nth(quiet, 0.99)];
  return { row, value, unit: "ms p99", reference, ratio: value / reference, goal };
}

/**
 * Long drafts elsewhere fill the WAL: it is copied back several times a second. Long messages would do it
 * too, and a message would wait for all their words to be indexed besides.
 */
async function checkpointing(server) {
  const other = await connected(server, "Bavarde", { departement: "974" });
  const channel = (await channelOf(other, "Général", "974")).id;
  let going = true;
  const loop = (async () => {
    for (let i = 0; going; i++) {
      await other.call("draft.set", { channel, body: `${i} `.padEnd(8000, "commune ") });
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
  const client = await member(server, "Mesure", { departement: "972" });
  const channel = (await channelOf(client, "Général", "972")).id;
  const checkpoints = await besideQuiet(server, client, channel, () => checkpointing(server));
  say(meanwhileRow("message p99 during checkpoints", checkpoints, 1.5));
  const emails = Array.from({ length: 100 }, (_, i) => `m${i}@exemple.fr`);
  const logins = await besideQuiet(server, client, channel, () => loggingIn(server, emails));
  say(meanwhileRow("message p99 during 100 logins", logins, 3));
}

const ROWS =
  "from the disk resume history unread catch-up search index start memory binary message p99 full house";

/** A house of this many messages, measured; each row is given to `say`. */
export async function measureHouse(life, messages, say) {
  const house = await fullHouse(life, messages);
  await measureIn(house, say);
  await house.server.stop();
}

/** The same, of a house that there is. */
export async function measureIn(house, say) {
  const tell = teller(house, say);
  await house.reader.connect();
  await resumeRows(house, tell);
  await readRows(house, tell);
  await searchRows(house, say, tell);
  await house.reader.close();
  await startRows(house, say);
  await meanwhileRows(house, say);
}

export async function deepRows({ life, wanted, say }) {
  if (!wanted(ROWS)) return;
  await measureHouse(life, MESSAGES, say);
}
