// make bench: the real server, with members logged in, rights checked and every message durable, beside
// its references in the same run, in turns. Prints a table and writes tests/bench/latest.json.
//
// Ratios are what counts: on a shared machine absolute figures move, CPU seconds move least.
//   ROUNDS=5   measurements of each row, of which the median is kept
//   ONLY=rooms rows whose name contains this
//   FILE_BYTES=268435456  size of the file that is brought and given out (2 GiB)
//
// A module gives rows to say(): {row, value, unit, reference, ratio, goal, rounds}. `goal` bounds the
// ratio where there is one, else the value, from above unless `better` is "more". `rounds`: what each
// round came to, as a ratio, or as a part of the goal where there is none.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { member } from "../lib/cast.mjs";
import { startServer } from "../lib/server.mjs";
import { deepRows } from "./deep.mjs";
import { fanRows } from "./fan.mjs";
import { fileRows } from "./files.mjs";
import { helperRows } from "./helper.mjs";
import { BINARIES } from "./kit.mjs";
import { roomRows } from "./rooms.mjs";
import { searchRows } from "./search.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const PLACE = "build/test/bench";

const WIDTHS = { row: 44, value: 9, unit: 22, reference: 9, ratio: 7, goal: 7 };
const cell = (value, width) => String(value).padStart(width);
const figure = (value) => value?.toFixed(value >= 100 ? 0 : 2) ?? "";
const short = (value) => value?.toPrecision(3) ?? "";

function line(row, value, unit, reference, ratio, goal, end) {
  return (
    row.padEnd(WIDTHS.row) +
    cell(value, WIDTHS.value) +
    `  ${unit}`.padEnd(WIDTHS.unit) +
    cell(reference, WIDTHS.reference) +
    cell(ratio, WIDTHS.ratio) +
    cell(goal, WIDTHS.goal) +
    `  ${end}`
  );
}

/** Whether a row keeps its goal; undefined without one. */
function holds({ value, ratio, goal, better }) {
  const judged = ratio ?? value;
  if (goal === null || goal === undefined) return undefined;
  return better === "more" ? judged >= goal : judged <= goal;
}

/** "holds" or "no", and how far the ratios of single rounds lie apart. */
function verdict(row) {
  const word = { true: "holds", false: "no", undefined: "" }[row.holds];
  const apart = row.rounds?.length > 1 ? [Math.min(...row.rounds), Math.max(...row.rounds)] : [];
  return `${word.padEnd(6)}${apart.map(short).join("-")}`.trimEnd();
}

const format = (row) =>
  line(
    row.row,
    figure(row.value),
    row.unit,
    figure(row.reference),
    short(row.ratio),
    short(row.goal),
    verdict(row),
  );

/** Files beside `cp` and nginx, in a server whose memory nothing else has spread. */
async function filesOf(bench) {
  const { wanted, life } = bench;
  if (!["upload", "download", "memory for"].some(wanted)) return;
  const server = await startServer(life);
  const client = await member(server, "Anne");
  await fileRows({ ...bench, server, client });
}

async function measure(life) {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  const rows = [];
  const wanted = (name) => name.includes(process.env.ONLY ?? "");
  const say = (row) => {
    rows.push({ ...row, holds: holds(row) });
    console.log(format(rows.at(-1)));
  };
  const bench = { life, place: PLACE, rounds: ROUNDS, wanted, say };
  console.log(line("row", "server", "unit", "reference", "ratio", "goal", "(rounds)"));
  await fanRows(bench);
  await roomRows(bench);
  if (wanted("text")) await helperRows(BINARIES, ROUNDS, say);
  await filesOf(bench);
  await deepRows(bench);
  if (wanted("search")) {
    for (const row of await searchRows(life)) say(row);
  }
  return rows;
}

const ends = [];
try {
  const rows = await measure({ after: (end) => ends.push(end) });
  const machine = `${cpus()[0].model.trim()} × ${cpus().length}`;
  console.log(`\n${machine}, node ${process.version}`);
  const at = new Date().toISOString().slice(0, 10);
  const latest = { at, machine, rounds: ROUNDS, rows };
  if (!process.env.ONLY) {
    writeFileSync("tests/bench/latest.json", `${JSON.stringify(latest, null, 2)}\n`);
  }
} finally {
  for (const end of ends.reverse()) await end();
}
