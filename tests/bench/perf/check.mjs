// make check-perf: instructions of the hot paths (paths.c) as callgrind counts them, beside those in baseline.json.
// Over 15 % more fails. Counts are of user space alone and repeat to the instruction with the same compiler and
// libraries; with others they are printed, and judged all the same.
//   WRITE=1   takes what is measured as the new baseline
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { built } from "../../lib/built.mjs";
import { judge, MORE_MAX } from "./judge.mjs";

const PATHS = ["post", "fan", "resume", "history", "unread", "search", "decode"];
const TIMES = 3;
const PROGRAM = built("bench/paths");
const BASELINE = "tests/bench/perf/baseline.json";

const version = (command, args) => execFileSync(command, args).toString().split("\n")[0].trim();

function count(folder, path) {
  const database = join(folder, `${path}.db`);
  cpSync(join(folder, "made.db"), database);
  const { stderr } = run("valgrind", [
    "--tool=callgrind",
    "--toggle-collect=perf_path",
    "--callgrind-out-file=/dev/null",
    PROGRAM,
    path,
    database,
    String(TIMES),
  ]);
  return Math.round(Number(/Collected : (\d+)/.exec(stderr)[1]) / TIMES);
}

function run(command, args) {
  const output = execFileSync("/bin/sh", ["-c", '"$@" 2>&1', "sh", command, ...args]);
  return { stderr: output.toString() };
}

function measure() {
  const folder = mkdtempSync(join(tmpdir(), "beffroi-perf-"));
  try {
    run(PROGRAM, ["make", join(folder, "made.db")]);
    return Object.fromEntries(PATHS.map((path) => [path, count(folder, path)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const counts = measure();
const compiler = version(process.env.CC ?? "gcc", ["--version"]);
if (process.env.WRITE) {
  writeFileSync(BASELINE, `${JSON.stringify({ compiler, instructions: counts }, null, 2)}\n`);
}
const baseline = JSON.parse(readFileSync(BASELINE, "utf8"));
if (baseline.compiler !== compiler) {
  console.log(`the baseline was made with ${baseline.compiler}, this is ${compiler}`);
}
const { lines, holds } = judge(counts, baseline.instructions);
console.log(lines.join("\n"));
if (!holds) {
  console.log(`a hot path takes over ${Math.round(100 * MORE_MAX - 100)} % more instructions`);
  process.exit(1);
}
