// Runs test programs that speak TAP (cmocka's, node:test's), shows what fails, counts.
//   node tools/tap.mjs [--jobs N] [--under "COMMAND WORDS"] PROGRAM...
// The last line is "N passed, N failed"; exit 1 unless all passed. A program that ends badly without a
// failed test of its own (a crash, a sanitizer's report) counts as one failure; one that ends well and
// counts nothing is one test.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { basename } from "node:path";

const PATIENCE_MS = process.env.LONG ? 6 * 3_600_000 : 300_000; // for one program

const args = process.argv.slice(2);
let jobs = availableParallelism?.() ?? cpus().length;
if (args[0] === "--jobs") {
  jobs = Number(args[1]);
  args.splice(0, 2);
}
let under = [];
if (args[0] === "--under") {
  under = args[1].split(" ");
  args.splice(0, 2);
}

function command(program) {
  if (program.endsWith(".mjs")) return [process.execPath, ["--test-reporter=tap", program]];
  const [file, ...list] = [...under, program];
  return [file, list];
}

function run(program) {
  return new Promise((resolve) => {
    const [file, list] = command(program);
    const env = { ...process.env, CMOCKA_MESSAGE_OUTPUT: "TAP" };
    const started = Date.now();
    const child = spawn(file, list, { env, stdio: ["ignore", "pipe", "pipe"] });
    const late = setTimeout(() => child.kill("SIGTERM"), PATIENCE_MS);
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ program, output: String(error), code: 127 }));
    child.on("close", (code, signal) => {
      clearTimeout(late);
      const seconds = (Date.now() - started) / 1000;
      resolve({ program, output, code: code ?? signal, seconds });
    });
  });
}

/** node:test ends with its own counts; elsewhere the lines are counted, a skipped test as neither. */
function count({ output, code }) {
  const total = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(output)?.[1] ?? NaN);
  let [passed, failed, skipped] = [
    total("pass"),
    total("fail") + total("cancelled"),
    total("skipped"),
  ];
  if (Number.isNaN(passed)) {
    const lines = output.split("\n").filter((line) => /^(not )?ok /.test(line));
    skipped = lines.filter((line) => /# SKIP/i.test(line)).length;
    failed = lines.filter((line) => line.startsWith("not") && !/# SKIP/i.test(line)).length;
    passed = lines.length - skipped - failed;
  }
  if (code !== 0 && failed === 0) failed = 1;
  if (passed + failed + skipped === 0) passed = 1;
  return { passed, failed, skipped };
}

/** Of a failing program only what is not a plain success. */
function complaint(output) {
  return output
    .split("\n")
    .filter(
      (line) =>
        !/^\s*(ok \d|# Subtest|# duration_ms|duration_ms|type:|---$|\.\.\.$|1\.\.)/.test(line),
    )
    .join("\n");
}

/** What the tests of a program were, with their seeds, and what they measured. */
function figures(output) {
  const counts = /^# (Subtest|tests|suites|pass|fail|cancelled|skipped|todo|duration_ms)\b/;
  const told = (line) =>
    /^(not )?ok \d/.test(line) || (line.startsWith("# ") && !counts.test(line));
  const lines = output.split("\n").map((line) => line.trim());
  return lines
    .filter(told)
    .map((line) => `  ${line}`)
    .join("\n");
}

// The slowest first, as they were last time: then none is left running alone at the end.
const TIMES = "build/test/times.json";
function lastTimes() {
  try {
    return JSON.parse(readFileSync(TIMES, "utf8"));
  } catch {
    return {};
  }
}

const times = lastTimes();
const sum = { passed: 0, failed: 0, skipped: 0 };
const queue = [...args].sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0));
async function worker() {
  for (let program = queue.shift(); program; program = queue.shift()) {
    const result = await run(program);
    const counted = count(result);
    times[program] = result.seconds;
    for (const key of Object.keys(sum)) sum[key] += counted[key];
    if (counted.failed) console.log(`--- ${program} (${result.code})\n${complaint(result.output)}`);
    else if (process.env.VERBOSE) {
      console.log(`${basename(program)}: ${counted.passed} passed, ${result.seconds.toFixed(1)} s`);
      console.log(figures(result.output));
    }
    if (counted.skipped) {
      const why = [...result.output.matchAll(/# SKIP (.*)$/gim)].map((match) => match[1]);
      console.log(
        `${basename(program)}: ${counted.skipped} skipped ${[...new Set(why)].join("; ")}`,
      );
    }
  }
}
await Promise.all(Array.from({ length: jobs }, worker));
mkdirSync("build/test", { recursive: true });
writeFileSync(TIMES, JSON.stringify({ ...lastTimes(), ...times }));
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed ? 1 : 0);
