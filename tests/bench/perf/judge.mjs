// What check.mjs says of its counts, apart so that a test can see it fail.

/** More than this times the baseline is a regression. */
export const MORE_MAX = 1.15;

/** Counts beside those of the baseline, both by path: lines to print, and whether all hold. */
export function judge(counts, baseline) {
  const ratios = Object.entries(counts).map(([path, now]) => [path, now, now / baseline[path]]);
  return {
    lines: ratios.map(
      ([path, now, ratio]) =>
        `${path.padEnd(10)}${String(now).padStart(12)}  ${ratio.toFixed(3)}${holds(ratio) ? "" : "  over"}`,
    ),
    holds: ratios.every(([, , ratio]) => holds(ratio)),
  };
}

/** A path that the baseline does not know has no ratio, and does not hold. */
const holds = (ratio) => ratio <= MORE_MAX;
