// What these tests share: a server with many members, and the programs in C that act as them.
import { execFile, spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { built } from "../lib/built.mjs";
import { channelOf, connected, tokenFor } from "../lib/cast.mjs";
import { folder, startServer } from "../lib/server.mjs";

export const LONG = Boolean(process.env.LONG);
export const PROGRAMS = built("slow");

/** Runs `work` over 0..count-1, some at a time. */
async function each(count, work, width = 16) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/**
 * A server, an animateur of the Ain's Club, its channel, and `people`: a file with a line
 * "TOKEN CHANNEL" for each of `count` members.
 */
export async function house(t, count, config = {}) {
  const server = await startServer(t, config);
  const anne = await connected(server, "Anne Animatrice", { role: "animateur" });
  const channel = (await channelOf(anne)).id;
  const lines = new Array(count);
  await each(count, async (i) => {
    const { id } = await server.admin("member.add", {
      email: `membre${i}@exemple.fr`,
      name: `Membre ${i}`,
      role: "partenaire",
      departement: "01",
    });
    lines[i] = `${await tokenFor(server, id)} ${channel}\n`;
  });
  const people = join(folder(t), "people.txt");
  writeFileSync(people, lines.join(""));
  return { server, anne, channel, people, tokens: lines.map((line) => line.split(" ")[0]) };
}

function argsOf(server, options) {
  const all = { port: new URL(server.url).port, pid: server.pid, ...options };
  return Object.entries(all).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
  );
}

/** Runs a program of tests/slow to its end; resolves to the JSON object it prints. */
export function program(server, name, mode, options) {
  return new Promise((done, fail) => {
    execFile(
      `${PROGRAMS}/${name}`,
      [mode, ...argsOf(server, options)],
      { timeout: 1_200_000, maxBuffer: 1 << 24 },
      (error, stdout, stderr) =>
        error ? fail(new Error(`${name} ${mode}: ${error.code}\n${stderr}`)) : done(parse(stdout)),
    );
  });
}

const parse = (text) => JSON.parse(text.trim().split("\n").pop());

/** The same, for a test that takes part: `line()` gives the next line printed. */
export function started(t, server, name, mode, options) {
  const child = spawn(`${PROGRAMS}/${name}`, [mode, ...argsOf(server, options)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const lines = [];
  const waiting = [];
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop();
    for (const part of parts) waiting.length ? waiting.shift()(part) : lines.push(part);
  });
  child.on("close", () => {
    for (const next of waiting) next("{}");
  });
  const line = () =>
    lines.length ? Promise.resolve(lines.shift()) : new Promise((next) => waiting.push(next));
  return { line, say: (text) => child.stdin.write(`${text}\n`) };
}

export const bytesOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A limit of server/base/limits.h. */
export function limit(name) {
  const text = readFileSync("server/base/limits.h", "utf8");
  return Number(new RegExp(`#define ${name}\\s+(?:INT64_C\\()?(\\d+)`).exec(text)[1]);
}
