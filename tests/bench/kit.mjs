// What the rows of bench.mjs share: people, the floor, crowd/, medians.
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { built } from "../lib/built.mjs";
import { member, tokenFor } from "../lib/cast.mjs";

const run = promisify(execFile);
export const BINARIES = built("bench");

/** Runs `work` over the items, some at a time. */
export async function each(items, work, width = 32) {
  const queue = items.entries();
  const lane = async () => {
    for (const [i, item] of queue) await work(item, i);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/**
 * `count` people with their tokens: a file of lines for crowd/.
 * @param {(i: number) => string | null} departementOf null: the national Club
 * @param {(i: number) => number} channelOf where each writes
 */
export async function populate(server, place, prefix, count, departementOf, channelOf) {
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
  const file = `${place}/${prefix}.txt`;
  writeFileSync(file, lines.join(""));
  return file;
}

/** The channel « Général » of each Club, by its département; "" is the national one. */
export async function generalOf(server) {
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

/** Where a server is, for load(). */
export const targetOf = (server) => ({ pid: server.pid, port: new URL(server.url).port });

/** floor.c, sending frames of `bytes`: {pid, port}. */
export async function startFloor(life, bytes) {
  const child = spawn(`${BINARIES}/floor`, [String(bytes)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  life.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { pid: child.pid, port: Number(line.split(" ")[1]) };
}

/** Runs crowd/; what it measured. */
export async function load(target, options) {
  const args = ["--port", target.port, "--pid", target.pid];
  for (const [name, value] of Object.entries(options)) {
    args.push(`--${name}`);
    if (value !== true) args.push(value);
  }
  const { stdout } = await run(`${BINARIES}/crowd`, args.map(String), { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

/**
 * The two side by side, in slices: of each pair the CPU per delivery of both, and their ratio.
 * @returns {Promise<{served: number, floored: number, ratio: number}[]>}
 */
export async function beside(target, floor, options) {
  const { slices } = await load(target, { beside: `${floor.port}:${floor.pid}`, ...options });
  return slices.map((pair) => {
    const [served, floored] = pair.map((slice) => slice.cpu_us_per_delivery);
    return { served, floored, ratio: served / floored };
  });
}

/** Opens sockets and keeps them open until the end of the bench. */
export async function hold(life, target, options) {
  const args = ["--hold", "--port", target.port, "--pid", target.pid];
  for (const [name, value] of Object.entries(options)) args.push(`--${name}`, value);
  const child = spawn(`${BINARIES}/crowd`, args.map(String), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  life.after(() => child.stdin.end());
  await once(createInterface({ input: child.stdout }), "line");
}

/** A certificate of our own, on the curve most servers have: settings for a server. */
export function certificate(place) {
  const [tls_cert, tls_key] = [`${place}/tls.pem`, `${place}/tls.key`];
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" ");
  const about = ["-subj", "/CN=localhost", "-out", tls_cert, "-keyout", tls_key];
  execFileSync("openssl", [...args, ...about], { stdio: "ignore" });
  return { tls_cert, tls_key };
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const medianOf = (results, key) => median(results.map((result) => result[key]));

/** Each measurement of the one right beside one of the other; who is first changes each round. */
export async function interleaved(rounds, first, second) {
  const results = [[], []];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 ? [1, 0] : [0, 1];
    for (const which of order) results[which].push(await [first, second][which]());
  }
  return results;
}
