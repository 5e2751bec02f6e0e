// Rows of rooms: a hundred small ones at once, where the cost is that of making a message durable.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeData, Server, startServer } from "../lib/server.mjs";
import {
  BINARIES,
  generalOf,
  interleaved,
  load,
  medianOf,
  populate,
  startFloor,
  targetOf,
} from "./kit.mjs";

const ONE = "100 rooms × 20, one in flight each";
const EIGHT = "the same, 8 in flight each";
const EIGHT_CPU = "the same, 8 in flight, CPU per delivery";
const MEMORY = "durable against memory-only, CPU";
const MEMORY_FOLDER = "/dev/shm";

const perMessage = (results) => medianOf(results, "cpu_us_per_message");
const perDelivery = (results) => medianOf(results, "cpu_us_per_delivery");
const perSecond = (results) => medianOf(results, "messages_per_s");
const ratios = (results, others, key) => results.map((one, i) => one[key] / others[i][key]);

/** room.c with a database of its own: {pid, port}. */
async function startRoom(life, place, bytes) {
  const database = join(place, "room.db");
  const child = spawn(`${BINARIES}/room`, [String(bytes), database], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  life.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { pid: child.pid, port: Number(line.split(" ")[1]) };
}

/** A hundred Clubs of twenty: lines for crowd/. */
async function houseOf(server, place, prefix) {
  const general = await generalOf(server);
  const codes = [...general.keys()].filter(Boolean).slice(0, 100);
  const code = (i) => codes[i % codes.length];
  return populate(server, place, prefix, 2000, code, (i) => general.get(code(i)));
}

/** The same binary, its folder in memory: a sync there costs nothing, and keeps nothing. */
async function startInMemory(life) {
  const folder = mkdtempSync(join(MEMORY_FOLDER, "beffroi-bench-"));
  life.after(() => rmSync(folder, { recursive: true, force: true }));
  const server = new Server(await makeData(folder));
  life.after(() => server.stop());
  return server.start();
}

/** 100 rooms of 20 members, in each of which one writes. */
export async function roomRows({ life, place, rounds, wanted, say }) {
  if (![ONE, EIGHT, EIGHT_CPU, MEMORY].some(wanted)) return;
  mkdirSync(place, { recursive: true });
  const server = await startServer(life);
  const options = {
    people: await houseOf(server, place, "piece"),
    sockets: 2000,
    senders: 1,
    messages: 5000,
    flow: 1,
  };
  const ours = (more) => () => load(targetOf(server), { ...options, ...more });
  const probe = await load(targetOf(server), { ...options, messages: 100 });
  const room = await startRoom(life, place, probe.bytes_per_delivery);
  const [served, bare] = await interleaved(rounds, ours(), () => load(room, options));
  say({
    row: ONE,
    value: perMessage(served),
    unit: "µs CPU per message",
    reference: perMessage(bare),
    ratio: perMessage(served) / perMessage(bare),
    goal: 1.5,
    rounds: ratios(served, bare, "cpu_us_per_message"),
    messages_per_s: perSecond(served),
    bare_messages_per_s: perSecond(bare),
  });
  if ([EIGHT, EIGHT_CPU].some(wanted)) {
    await eightRows({ life, rounds, say, ours, options, probe });
  }
  if (wanted(MEMORY)) await memoryRow({ life, place, rounds, say, ours, options });
}

async function eightRows({ life, rounds, say, ours, options, probe }) {
  const floor = await startFloor(life, probe.bytes_per_delivery);
  const [eight, one] = await interleaved(rounds, ours({ flow: 8, messages: 20_000 }), ours());
  const floored = [];
  for (let i = 0; i < rounds; i++) floored.push(await load(floor, options));
  say({
    row: EIGHT,
    value: perSecond(eight),
    unit: "durable messages/s",
    reference: perSecond(one),
    ratio: perSecond(eight) / perSecond(one),
    goal: 3.5,
    better: "more",
    rounds: ratios(eight, one, "messages_per_s"),
  });
  say({
    row: EIGHT_CPU,
    value: perDelivery(eight),
    unit: "µs CPU per delivery",
    reference: perDelivery(floored),
    ratio: perDelivery(eight) / perDelivery(floored),
    goal: 0.3,
    rounds: ratios(eight, floored, "cpu_us_per_delivery"),
  });
}

async function memoryRow({ life, place, rounds, say, ours, options }) {
  const server = await startInMemory(life);
  const people = await houseOf(server, place, "memoire");
  const [durable, memory] = await interleaved(rounds, ours(), () =>
    load(targetOf(server), { ...options, people }),
  );
  say({
    row: MEMORY,
    value: perMessage(durable),
    unit: "µs CPU per message",
    reference: perMessage(memory),
    ratio: perMessage(durable) / perMessage(memory),
    goal: 1.1,
    rounds: ratios(durable, memory, "cpu_us_per_message"),
    messages_per_s: perSecond(durable),
    memory_messages_per_s: perSecond(memory),
  });
}
