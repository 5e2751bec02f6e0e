// Calls that fail, or are the last, in the real program: shim.c, preloaded.
//
//   const faults = new Faults(folder(t));
//   const server = await startServer(t, { env: faults.env });
//   await faults.arm(server, "pwrite 3 kill");   // from now on
//   faults.begin("any 10 28");                   // from the start of what is run next
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { built } from "../lib/built.mjs";
import { deadline } from "../lib/wait.mjs";

/** Where what is built for these tests lies. */
export const TOOLS = built("faults");
const SHIM = join(TOOLS, "shim.so");
if (!existsSync(SHIM)) throw new Error(`no ${SHIM}: make faults`);

export const ENOSPC = 28;
export const EIO = 5;
export const EMFILE = 24;
export const ENOMEM = 12;

export class Faults {
  constructor(place) {
    this.spec = join(place, "faults");
    this.log = join(place, "faults.log");
    writeFileSync(this.log, "");
    this.begin("");
  }

  get env() {
    return { LD_PRELOAD: SHIM, FAULTS: this.spec, FAULTS_LOG: this.log };
  }

  /** For programs that start after this. */
  begin(spec) {
    writeFileSync(this.spec, spec);
  }

  /** For one that runs; resolves once it counts. */
  async arm(server, spec) {
    const before = this.#armed();
    this.begin(spec);
    server.child?.kill("SIGUSR2");
    const { child } = server;
    const seen = async () => {
      while (child?.exitCode === null && !child.signalCode && this.#armed() === before) {
        await new Promise((done) => setTimeout(done, 1));
      }
    };
    await deadline(seen(), 10_000, "the faults are not armed");
  }

  /** Every sync since the last call: "fdatasync beffroi.db-wal 0". */
  syncs() {
    const lines = readFileSync(this.log, "utf8").split("\n");
    writeFileSync(this.log, "");
    return lines.filter((line) => /^f/.test(line));
  }

  /** How many calls the last program that ended by itself made of those it was to count. */
  counted() {
    const counts = [...readFileSync(this.log, "utf8").matchAll(/^count (\d+)$/gm)];
    return Number(counts.at(-1)[1]);
  }

  #armed() {
    return readFileSync(this.log, "utf8").split("armed").length;
  }
}

const NEVER = 1_000_000;

/**
 * Runs a program again and again, each time with the Nth of its calls failing or being the last, over all
 * of them or as many as `take`, drawn.
 * @param {object} how
 *   calls   names for the shim, and `part` of a file's name
 *   actions what befalls the Nth: "kill", "after", "tear", an errno
 *   prepare makes things as they are before, as does what is judged
 *   run     runs the program with this environment
 *   judge   looks at what it left: ({result, point})
 * @returns {Promise<number>} how often it was
 */
export async function sweep(place, random, how) {
  const { calls = "any", part = "", actions, take, prepare, run, judge } = how;
  const faults = new Faults(place);
  await prepare();
  faults.begin(`${calls} ${NEVER} kill ${part}`);
  const undisturbed = await run(faults.env);
  await judge({ result: undisturbed, point: "none", undisturbed: true });
  const all = faults.counted();
  const points = process.env.LONG
    ? Array.from({ length: all }, (_, i) => i + 1)
    : Array.from({ length: Math.min(take, all) }, () => random.between(1, all));
  for (const number of points) {
    const point = `${calls} ${number} ${random.pick(actions)} ${part}`;
    await prepare();
    faults.begin(point);
    const result = await run(faults.env);
    await judge({ result, point });
  }
  return points.length;
}

/** Whether the shim ended it. */
export const isKilled = ({ code }) => code === "SIGKILL" || code === 137;
