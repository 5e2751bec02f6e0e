// Pages of text a second that the helper extracts (pages.c), beside the same reader without process,
// bounds or pages handed over.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A row for each format, for `say`. */
export async function helperRows(binaries, rounds, say) {
  const { stdout } = await promisify(execFile)(`${binaries}/pages`, [String(rounds)]);
  for (const { name, rounds: measured } of JSON.parse(stdout)) {
    const value = median(measured.map(([helper]) => helper));
    const reference = median(measured.map(([, floor]) => floor));
    say({
      row: `text of ${name}, ten pages each`,
      value,
      unit: "pages/s",
      reference,
      ratio: value / reference,
      rounds: measured.map(([helper, floor]) => helper / floor),
    });
  }
}
