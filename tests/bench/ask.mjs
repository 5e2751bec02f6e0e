// Questions asked one after the other by a program in C (crowd --questions): what runs beside the server then is
// recv() alone. Asked from here the same waits have the collector and the compiler of JavaScript in them.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { BINARIES, targetOf } from "./kit.mjs";

const run = promisify(execFile);
const WARM = 10;

/** @param {[method: string, params: object][]} questions */
const framesOf = (questions) =>
  questions
    .map(([method, params]) => JSON.stringify({ jsonrpc: "2.0", id: 7, method, params }))
    .join("\n");

/**
 * Asks all of them as `client`; the last ones also before, to warm up, unless they are to be heard: what is sent
 * twice is heard once.
 * @param {[method: string, params: object][]} questions
 * @param {object} options of crowd: "in-memory", "on-disk", anew, heard
 * @returns {Promise<{ms: number, cpu_ms: number}[]>} the wait of each, and the server's CPU meanwhile
 */
export async function ask(server, client, questions, options = {}) {
  const warm = options.heard ? [] : questions.slice(-WARM);
  const place = mkdtempSync(join(tmpdir(), "beffroi-ask-"));
  try {
    writeFileSync(`${place}/people`, `${client.credential.token} 0\n`);
    writeFileSync(`${place}/questions`, framesOf([...warm, ...questions]));
    const { port, pid } = targetOf(server);
    const args = ["--port", port, "--pid", pid, "--people", `${place}/people`, "--sockets", 1];
    args.push("--questions", `${place}/questions`);
    for (const [name, value] of Object.entries(options)) {
      args.push(`--${name}`, ...(value === true ? [] : [value]));
    }
    const { stdout } = await run(`${BINARIES}/crowd`, args.map(String), { maxBuffer: 1 << 26 });
    return JSON.parse(stdout).slice(warm.length);
  } finally {
    rmSync(place, { recursive: true });
  }
}

export const nth = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** A row of what ask() gave: the 99th in a hundred waits. */
export function waitRow(row, waits, goal) {
  const of = (key, share) =>
    nth(
      waits.map((wait) => wait[key]),
      share,
    );
  return {
    row,
    value: of("ms", 0.99),
    unit: `ms p99 (p50 ${of("ms", 0.5).toFixed(2)})`,
    reference: null,
    ratio: null,
    goal,
    cpu_ms_p50: of("cpu_ms", 0.5),
    cpu_ms_p99: of("cpu_ms", 0.99),
  };
}
