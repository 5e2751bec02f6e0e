// Runs fuzzers, two at once: each replays its corpus (tests/fuzz/corpus/<name>) and goes on from there.
//   node tools/fuzz.mjs --seconds N PROGRAM...   a short run: what it learns is forgotten
//   node tools/fuzz.mjs --minutes N PROGRAM...   what it learns stays in var/fuzz/<name>
//   (a PROGRAM.mjs has no corpus: it is a test that takes its time from SECONDS=)
//   node tools/fuzz.mjs --merge PROGRAM...       the corpora anew, from themselves and from var/fuzz: the
//                                                smallest inputs that reach as much, within our bounds
// SEED=n starts the chance of each at n; a failing input is kept in var/fuzz, and the line that plays it again
// is printed. The last line is "N passed, N failed".
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const JOBS = 2;
const FILES = 40; // of a committed corpus
const BYTES = 12_000; // of all of them
const [how, ...rest] = process.argv.slice(2);
const amount = how === "--merge" ? 0 : Number(rest.shift());
// A short run draws the same each time: a change is not refused for what chance found in another.
const drawn = () => (how === "--seconds" ? 1 : Math.floor(Math.random() * 2 ** 31));
const seed = Number(process.env.SEED ?? drawn()) || 1;

if (!["--seconds", "--minutes", "--merge"].includes(how) || (how !== "--merge" && !(amount >= 1))) {
  console.error("fuzz: MINUTES= must be 1 at least"); // libFuzzer takes 0 for "for ever"
  process.exit(2);
}

function folder(...parts) {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

function run(program, args, env = {}) {
  return new Promise((done) => {
    const stdio = ["ignore", "pipe", "pipe"];
    const child = spawn(program, args, { stdio, env: { ...process.env, ...env } });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code, signal) => done({ code: code ?? signal, output }));
  });
}

const dictionary = (name) => {
  const path = join("tests/fuzz", `${name}.dict`);
  return existsSync(path) ? [`-dict=${path}`] : [];
};

async function test(program) {
  const seconds = how === "--minutes" ? amount * 60 : amount * 5;
  const env = { SECONDS: String(seconds), SEED: String(seed) };
  const { code, output } = await run(process.execPath, ["--test-reporter=tap", program], env);
  const acts = /^# (\d+ acts)$/m.exec(output)?.[1];
  if (code === 0) console.log(`${basename(program).padEnd(20)} ${acts}, seed ${seed}`);
  else console.log(`--- ${program}, seed ${seed}\n${output}`);
  return code === 0;
}

async function fuzz(program) {
  const name = basename(program);
  const seeds = folder("tests/fuzz/corpus", name);
  const learnt =
    how === "--minutes"
      ? folder("var/fuzz", name)
      : mkdtempSync(join(folder("var/fuzz"), "short-"));
  const seconds = amount * (how === "--minutes" ? 60 : 1);
  const { code, output } = await run(program, [
    ...[`-max_total_time=${seconds}`, `-seed=${seed}`, "-timeout=30", "-rss_limit_mb=2048"],
    ...["-max_len=8192", "-print_final_stats=1", `-artifact_prefix=var/fuzz/${name}-`],
    ...dictionary(name),
    ...[learnt, seeds],
  ]);
  if (how === "--seconds") rmSync(learnt, { recursive: true });
  const told = (what) => new RegExp(`${what}:? +(\\d+)`).exec(output)?.[1] ?? "?";
  const runs = told("stat::number_of_executed_units");
  const kept = /Test unit written to (\S+)/.exec(output)?.[1];
  if (code === 0) console.log(`${name.padEnd(20)} ${runs.padStart(9)} inputs, seed ${seed}`);
  else
    console.log(
      `--- ${name} (${code}), seed ${seed}\n${tail(output)}\nagain: ${program} ${kept ?? ""}`,
    );
  return code === 0;
}

const tail = (output) =>
  output
    .split("\n")
    .filter((line) => !/^#\d+\s|NEW_FUNC|^INFO:|^stat::|^\t/.test(line))
    .slice(-80)
    .join("\n");

/** Of all sizes, evenly, as many as fit. */
function prune(path) {
  const files = readdirSync(path)
    .map((file) => ({ file: join(path, file), bytes: statSync(join(path, file)).size }))
    .sort((a, b) => a.bytes - b.bytes);
  let count = Math.min(FILES, files.length);
  const chosen = () =>
    Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]);
  while (chosen().reduce((sum, { bytes }) => sum + bytes, 0) > BYTES) count--;
  const kept = new Set(chosen());
  for (const one of files) if (!kept.has(one)) rmSync(one.file);
  return count;
}

async function merge(program) {
  const name = basename(program);
  const seeds = join("tests/fuzz/corpus", name);
  const merged = mkdtempSync(join(folder("var/fuzz"), "merge-"));
  const sources = [folder(seeds), folder("var/fuzz", name)];
  const args = ["-merge=1", "-max_len=4096", "-timeout=30", "-rss_limit_mb=2048", merged];
  const { code, output } = await run(program, [...args, ...sources]);
  if (code !== 0) {
    console.log(`--- ${name} (${code})\n${tail(output)}`);
    return false;
  }
  rmSync(seeds, { recursive: true });
  await run("mv", [merged, seeds]);
  console.log(`${name.padEnd(20)} ${prune(seeds)} inputs`);
  return true;
}

let passed = 0;
const work = how === "--merge" ? merge : fuzz;
const queue = [...rest];
async function worker() {
  for (let program = queue.shift(); program; program = queue.shift()) {
    const isRight = await (program.endsWith(".mjs") ? test(program) : work(program));
    passed += isRight;
  }
}
await Promise.all(Array.from({ length: JOBS }, worker));
console.log(`${passed} passed, ${rest.length - passed} failed`);
process.exit(passed === rest.length ? 0 : 1);
