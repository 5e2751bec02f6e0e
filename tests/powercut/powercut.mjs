// Runs build/.../powercut/powercut: a life of a server with the disk recorded below it, and the power cut
// at its places (powercut.c says what it can be asked).
import { execFile } from "node:child_process";
import { built } from "../lib/built.mjs";

const PROGRAM = built("powercut/powercut");

/** Never rejects: {code, text}. */
export function powercut(verb, args = []) {
  return new Promise((done) => {
    const how = { maxBuffer: 1 << 28 };
    execFile(PROGRAM, [verb, ...args.map(String)], how, (error, stdout) =>
      done({ code: error ? (error.code ?? error.signal) : 0, text: stdout }),
    );
  });
}

/** What it says, from a run that must end well. */
export async function told(verb, args) {
  const { code, text } = await powercut(verb, args);
  if (code !== 0) throw new Error(`powercut ${verb} ${args.join(" ")}: ${code}\n${text}`);
  return text;
}

/** Points in two processes; {failed, text}. */
export async function points(count, args) {
  const parts = await Promise.all(
    ["0/2", "1/2"].map((part) => powercut("play", ["--points", count, "--part", part, ...args])),
  );
  const text = parts.map((part) => part.text).join("");
  const failed = [...text.matchAll(/, (\d+) failed,/g)].map(([, number]) => Number(number));
  if (failed.length !== 2) throw new Error(`powercut ended without a verdict\n${text}`);
  return { failed: failed[0] + failed[1], text };
}
