// Runs suites one after the other, each a target of the Makefile, and says how each went and how long
// it took. The last line is "N passed, N failed"; exit 1 unless all passed.
//   node tools/suites.mjs SUITE...
import { spawn } from "node:child_process";

/** A suite's last line tells its counts; one that prints none is a single test. */
function run(suite) {
  return new Promise((resolve) => {
    const child = spawn("make", ["--no-print-directory", "-s", "-j2", suite], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => {
      const counts = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].pop();
      const passed = counts ? Number(counts[1]) : Number(code === 0);
      const failed = counts ? Number(counts[2]) : Number(code !== 0);
      resolve({ output, passed, failed: failed || Number(code !== 0) });
    });
  });
}

const sum = { passed: 0, failed: 0 };
const begun = Date.now();
for (const suite of process.argv.slice(2)) {
  const started = Date.now();
  const result = await run(suite);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  sum.passed += result.passed;
  sum.failed += result.failed;
  if (result.failed) console.log(result.output.trimEnd());
  else for (const line of result.output.match(/^.* skipped .*$/gm) ?? []) console.log(line);
  const verdict = result.failed ? `${result.failed} FAILED` : "ok";
  console.log(
    `${suite.padEnd(12)} ${verdict.padEnd(10)} ${String(result.passed).padStart(5)} passed ${seconds.padStart(7)} s`,
  );
}
console.log(`all suites: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed ? 1 : 0);
