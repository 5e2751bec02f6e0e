// The search rows of the bench: how long people wait for the one box, over a million messages and twenty thousand
// documents of ten pages. It makes that house once, which takes minutes and some gigabytes.
//   MESSAGES=1000000 DOCUMENTS=20000 PAGES=10   its size
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { built } from "../lib/built.mjs";
import { clubOf, connected, member } from "../lib/cast.mjs";
import { startServer } from "../lib/server.mjs";

const run = promisify(execFile);
const size = (name, usual) => String(process.env[name] ?? usual);
const ROUNDS = Number(process.env.SEARCH_ROUNDS ?? 40);
const GOAL_MS = 50;

/** What is asked, and what stands in its way. */
const questions = (club) => [
  ["a word of every text", { query: "commune" }],
  ["a word of every third text", { query: "projet" }],
  ["a word of every twentieth", { query: "habitat" }],
  ["two common words", { query: "projet habitat" }],
  ["three common words and a question", { query: "qui a un projet d'habitat en centre" }],
  ["a rare word", { query: "mérule" }],
  ["a rare and a common word", { query: "halle commune" }],
  ["an acronym with its synonyms", { query: "OPAH" }],
  ["a half-typed word", { query: "coutell" }],
  ["a half-typed common word", { query: "habi" }],
  ["a phrase", { query: '"projet habitat"' }],
  ["words nobody has together", { query: "mérule coutellerie halle" }],
  ["a common word, documents alone", { query: "habitat", kinds: ["resource"] }],
  ["a common word, one theme", { query: "habitat", theme: 3 }],
  ["a common word, one Club", { query: "habitat", club }],
  ["a common word, the last year", { query: "habitat", after: Date.now() - 365 * 86_400_000 }],
  ["a common word, the last first", { query: "habitat", order: "recent" }],
];

/** Rows for the table of bench.mjs: the 99th in a hundred waits this long, by question and in all. */
export async function searchRows(life) {
  const server = await startServer(life);
  const writer = await member(server, "Plume", { role: "animateur" });
  await server.stop();
  const sizes = [size("MESSAGES", 1e6), size("DOCUMENTS", 20_000), size("PAGES", 10)];
  await run(
    built("bench/search_fill"),
    [join(server.data, "beffroi.db"), String(writer.id), ...sizes],
    {
      maxBuffer: 1 << 26,
    },
  );
  await server.start();
  return ask(server, await connected(server, "Lectrice"));
}

async function ask(server, reader) {
  const club = (await clubOf(reader)).id;
  const all = [];
  const rows = [];
  for (const [name, params] of questions(club)) {
    const waits = [];
    const before = cpuMs(server);
    let hits = 0;
    for (let i = 0; i < ROUNDS; i++) {
      const begun = performance.now();
      const found = await reader.call("search.find", params);
      waits.push(performance.now() - begun);
      hits = found.hits.length;
    }
    all.push(...waits);
    rows.push({
      ...row(`search: ${name} (${hits} hits)`, waits),
      cpu_ms: (cpuMs(server) - before) / ROUNDS,
    });
  }
  return [...rows, row("search: all of these", all)];
}

/** What the server has used so far, to the hundredth of a second: it moves less than waits on a shared machine. */
function cpuMs(server) {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

const nth = (waits, share) =>
  [...waits].sort((a, b) => a - b)[Math.min(waits.length - 1, Math.floor(waits.length * share))];

const row = (name, waits) => ({
  row: name,
  value: nth(waits, 0.99),
  unit: `ms p99 (p50 ${nth(waits, 0.5).toFixed(1)})`,
  reference: null, // nothing to measure it beside
  ratio: nth(waits, 0.99) / GOAL_MS, // of what is aimed at
  goal: 1,
});
