// docs/anssi-c.md answers to the guide of the ANSSI: every number of it in one row of a table.
import { readFileSync } from "node:fs";

const PAGE = "docs/anssi-c.md";
const RULES = 193; // in version 1.4 of the guide

/** @returns {number[]} "R12-14, r20": 12, 13, 14, 20 */
const numbersIn = (cell) =>
  [...cell.matchAll(/[Rrg](\d+)(?:-(\d+))?/g)].flatMap(([, first, last]) =>
    Array.from({ length: (last ?? first) - first + 1 }, (_, i) => Number(first) + i),
  );

/** What the page leaves out, or answers to twice, as house.mjs says it. */
export function unanswered(say) {
  const seen = new Set();
  readFileSync(PAGE, "utf8")
    .split("\n")
    .forEach((line, i) => {
      for (const number of numbersIn(/^\| ([Rrg]\d[^|]*)\|/.exec(line)?.[1] ?? "")) {
        if (seen.has(number)) say(PAGE, i + 1, `rule ${number} has a row already`);
        seen.add(number);
      }
    });
  for (let rule = 1; rule <= RULES; rule++) {
    if (!seen.has(rule)) say(PAGE, 1, `rule ${rule} has no row`);
  }
}
