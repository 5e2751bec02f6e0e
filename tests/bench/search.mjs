// The search rows of the bench: how long people wait for the one box, over a million messages and twenty thousand
// documents of ten pages. It makes that house once, which takes minutes and some gigabytes.
//   MESSAGES=1000000 DOCUMENTS=20000 PAGES=10   its size
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { built } from "../lib/built.mjs";
import { clubOf, connected, member } from "../lib/cast.mjs";
import { startServer } from "../lib/server.mjs";
import { ask, waitRow } from "./ask.mjs";

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

/**
 * Rows for the table of bench.mjs: the 99th in a hundred waits this long, by question and in all, with the database in
 * memory as in deep.mjs. The first time of each waited for the disk, two seconds for some: of forty, that was its 99th.
 */
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
  return askAll(server, await connected(server, "Lectrice"));
}

async function askAll(server, reader) {
  const database = join(server.data, "beffroi.db");
  const asked = questions((await clubOf(reader)).id);
  const all = [];
  const rows = [];
  for (const [name, params] of asked) {
    const { hits } = await reader.call("search.find", params);
    const same = Array(ROUNDS).fill(["search.find", params]);
    const waits = await ask(server, reader, same, { "in-memory": database });
    all.push(...waits);
    rows.push(row(`search: ${name} (${hits.length} hits)`, waits));
  }
  const once = asked.map(([, params]) => ["search.find", params]);
  const cold = await ask(server, reader, once, { "on-disk": database });
  return [...rows, row("search: all of these", all), row("from the disk: each once", cold)];
}

/** Beside what is aimed at. */
function row(name, waits) {
  const measured = waitRow(name, waits, 1);
  return { ...measured, ratio: measured.value / GOAL_MS };
}
