// node tests/bench/growth.mjs: the rows of a full house at 10,000, 100,000 and 1,000,000 messages, plotted to
// docs/bench/*.svg and kept in docs/bench/growth.json.
//   SIZES=10000,100000,1000000
//   DRAW=1   draws again what was kept
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { measureHouse } from "./deep.mjs";
import { plot } from "./plot.mjs";

const SIZES = (process.env.SIZES ?? "10000,100000,1000000").split(",").map(Number);
const FOLDER = "docs/bench";
const KEPT = `${FOLDER}/growth.json`;

/** Rows that belong on one picture, by how their names begin. */
const PICTURES = [
  ["reading", "Reading, p99", "ms", ["history page", "unread of all", "catch-up"]],
  ["search", "Search in messages, p99", "ms", ["search, by recency", "search, any query"]],
  ["resume", "Resuming, p99", "ms", ["resume of", "answer when"]],
  ["start", "Cold start", "ms", ["cold start"]],
  ["message", "A message among others, p99", "ms", ["message p99"]],
  ["index", "Full-text index, in times the text", "×", ["index of"]],
];

async function measure() {
  const rows = [];
  for (const messages of SIZES) {
    const ends = [];
    try {
      await measureHouse({ after: (end) => ends.push(end) }, messages, (row) => {
        rows.push({
          messages,
          row: row.row,
          value: row.unit === "MB" ? (row.ratio ?? row.value) : row.value,
        });
        console.log(
          String(messages).padStart(9),
          row.row.padEnd(40),
          row.value.toFixed(2),
          row.unit,
        );
      });
    } finally {
      for (const end of ends.reverse()) await end();
    }
  }
  return {
    at: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0].model.trim()} × ${cpus().length}`,
    rows,
  };
}

/** The lines of a picture; a row whose name holds a count is one line all the same. */
const linesOf = (rows, starts) =>
  starts
    .flatMap((start) => {
      const own = rows.filter(({ row }) => row.startsWith(start));
      return own.length ? [...new Set(own.map(({ row }) => row.replace(/ \d[\d,]* /, " ")))] : [];
    })
    .map((name) => ({
      name,
      points: rows
        .filter(({ row }) => row.replace(/ \d[\d,]* /, " ") === name)
        .map(({ messages, value }) => [messages, value]),
    }));

const kept = process.env.DRAW ? JSON.parse(readFileSync(KEPT, "utf8")) : await measure();
mkdirSync(FOLDER, { recursive: true });
if (!process.env.DRAW) writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);
for (const [file, title, unit, starts] of PICTURES) {
  const lines = linesOf(kept.rows, starts);
  rmSync(`${FOLDER}/${file}.svg`, { force: true });
  if (lines.length) writeFileSync(`${FOLDER}/${file}.svg`, plot({ title, unit, lines }));
}
