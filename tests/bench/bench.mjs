// make bench: the real server, with members logged in, rights checked and every message durable, beside
// the floor (floor.c) in the same run, in turns. Prints a table and writes tests/bench/latest.json.
//
// Ratios are what counts: on a shared machine absolute figures move, CPU seconds move least.
//   ROUNDS=5   measurements of each row, of which the median is kept
//   ONLY=rooms rows whose name contains this
//   FILE_BYTES=268435456  size of the file that is brought and given out (2 GiB)
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { member, tokenFor } from "../lib/cast.mjs";
import { startServer } from "../lib/server.mjs";
import { fileRows } from "./files.mjs";
import { helperRows } from "./helper.mjs";
import { searchRows } from "./search.mjs";

const run = promisify(execFile);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const BINARIES = "build/debug/bench";
const PLACE = "build/test/bench";
const FRAME_BYTES = 700; // of the floor; set to what the server's own frames measure

const ends = [];
const life = { after: (end) => ends.push(end) };

/** Runs `work` over the items, some at a time. */
async function each(items, work, width = 32) {
  const queue = items.entries();
  const lane = async () => {
    for (const [i, item] of queue) await work(item, i);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** `count` people of a Club with their tokens; lines for load.c. */
async function populate(server, prefix, count, departementOf, channelOf) {
  const lines = new Array(count);
  await each([...Array(count).keys()], async (i) => {
    const email = `${prefix}${i}@exemple.fr`;
    const departement = departementOf(i);
    const { id } = await server.admin("member.add", {
      email,
      name: `Membre ${i}`,
      role: "partenaire",
      ...(departement && { departement }),
    });
    lines[i] = `${await tokenFor(server, id)} ${channelOf(i)}\n`;
  });
  const file = `${PLACE}/${prefix}.txt`;
  writeFileSync(file, lines.join(""));
  return file;
}

async function generalOf(server) {
  const administrator = await member(server, "Administratrice", { administrator: true });
  const { clubs } = await administrator.ask("club.list");
  const channels = new Map();
  for (const club of clubs) {
    const list = await administrator.ask("channel.list", { club: club.id });
    const general = list.channels.find(({ name }) => name === "Général");
    channels.set(club.departement ?? "", general.id);
  }
  return channels;
}

async function startFloor(bytes) {
  const child = spawn(`${BINARIES}/floor`, [String(bytes)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  life.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { pid: child.pid, port: Number(line.split(" ")[1]) };
}

async function load(target, options) {
  const args = ["--port", target.port, "--pid", target.pid];
  for (const [name, value] of Object.entries(options)) args.push(`--${name}`, value);
  const { stdout } = await run(`${BINARIES}/load`, args.map(String));
  return JSON.parse(stdout);
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const medianOf = (results, key) => median(results.map((result) => result[key]));

/** Each measurement of the server right beside one of the floor. */
async function interleaved(server, floor, options, floorOptions = options) {
  const served = [];
  const floored = [];
  for (let round = 0; round < ROUNDS; round++) {
    served.push(await load(server, options));
    floored.push(await load(floor, floorOptions));
  }
  return { served, floored };
}

function fanOutRow(name, goal, { served, floored }) {
  const cost = medianOf(served, "cpu_us_per_delivery");
  const least = medianOf(floored, "cpu_us_per_delivery");
  return {
    row: name,
    value: cost,
    unit: "µs CPU per delivery",
    reference: least,
    ratio: cost / least,
    goal,
    messages_per_s: medianOf(served, "messages_per_s"),
    rounds: served.map((result, i) => result.cpu_us_per_delivery / floored[i].cpu_us_per_delivery),
  };
}

async function measure() {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  const server = await startServer(life);
  const target = { pid: server.pid, port: new URL(server.url).port };
  const general = await generalOf(server);
  const rows = [];
  const wanted = (name) => name.includes(process.env.ONLY ?? "");
  const say = (row) => {
    rows.push(row);
    console.log(format(row));
  };
  console.log(header());

  const many = await populate(
    server,
    "salle",
    1000,
    () => null,
    () => general.get(""),
  );
  const probe = await load(target, { people: many, sockets: 20, messages: 20 });
  const floor = await startFloor(probe.bytes_per_delivery || FRAME_BYTES);
  const single = { people: many, sockets: 1000, senders: 1, messages: 100 };
  if (wanted("fan-out")) {
    say(fanOutRow("fan-out 1 → 1,000, one sender", 1.3, await interleaved(target, floor, single)));
    const burst = { ...single, senders: 16, messages: 1600 };
    // The floor of a delivery is one send: measured one message at a time in both rows.
    say(
      fanOutRow(
        "fan-out 1 → 1,000, 16 at once",
        0.4,
        await interleaved(target, floor, burst, single),
      ),
    );
  }

  if (wanted("rooms")) {
    const codes = [...general.keys()].filter(Boolean).slice(0, 100);
    const code = (i) => codes[i % codes.length];
    const file = await populate(server, "piece", 2000, code, (i) => general.get(code(i)));
    const rooms = { people: file, sockets: 2000, senders: 1, messages: 5000, flow: 1 };
    const { served, floored } = await interleaved(target, floor, rooms);
    say({
      row: "100 rooms × 20, one in flight each",
      value: medianOf(served, "messages_per_s"),
      unit: "durable messages/s",
      reference: medianOf(floored, "messages_per_s"),
      ratio: medianOf(served, "cpu_us_per_message") / medianOf(floored, "cpu_us_per_message"),
      cpu_us_per_message: medianOf(served, "cpu_us_per_message"),
      floor_cpu_us_per_message: medianOf(floored, "cpu_us_per_message"),
    });
  }

  if (wanted("idle")) {
    await server.restart();
    target.pid = server.pid;
    const idle = await load(target, { people: many, sockets: 10_000 });
    const bare = await load(floor, { people: many, sockets: 10_000 });
    say({
      row: "idle connections, 10,000 open",
      value: idle.kb_per_connection,
      unit: "KB RSS each",
      reference: bare.kb_per_connection,
      ratio: null,
      goal: null,
      cpu_us_per_connection: idle.cpu_us_per_connection,
    });
  }
  if (wanted("text")) await helperRows(BINARIES, ROUNDS, say);
  const fresh = await startServer(life); // for its memory, which the rows above have spread
  const client = await member(fresh, "Anne");
  await fileRows({ server: fresh, client, life, place: PLACE, rounds: ROUNDS, wanted, say });
  if (wanted("search")) {
    for (const row of await searchRows(life)) say(row);
  }
  return rows;
}

const cell = (value, width) => String(value).padStart(width);
const figure = (value) => (value === null ? "" : value.toFixed(value >= 100 ? 0 : 2));
const short = (value) => (value === null || value === undefined ? "" : value.toPrecision(3));
function header() {
  return (
    "row".padEnd(36) +
    cell("server", 9) +
    "  " +
    "unit".padEnd(20) +
    cell("floor", 9) +
    cell("ratio", 7) +
    cell("goal", 6)
  );
}
function format({ row, value, unit, reference, ratio, goal }) {
  return (
    row.padEnd(36) +
    cell(figure(value), 9) +
    "  " +
    unit.padEnd(20) +
    cell(figure(reference), 9) +
    cell(short(ratio), 7) +
    cell(goal ?? "", 6)
  );
}

try {
  const rows = await measure();
  const machine = `${cpus()[0].model.trim()} × ${cpus().length}`;
  console.log(
    `\n${machine}, node ${process.version}; the ratio of the rooms is of CPU per message.`,
  );
  const at = new Date().toISOString().slice(0, 10);
  const latest = { at, machine, rounds: ROUNDS, rows };
  writeFileSync("tests/bench/latest.json", `${JSON.stringify(latest, null, 2)}\n`);
} finally {
  for (const end of ends.reverse()) await end();
}
