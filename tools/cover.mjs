// The table of `make cover`: how much of the parsers, of the rights and of the store the tests run, against the
// goals, and which errors none of them produces. Exit 1 where a goal is not met.
//   node tools/cover.mjs FOLDER   its .gcda files, and errors.log
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);

// What reads bytes from outside. (store/french*.c counts in both.)
const PARSERS = `
  base/csv base/media base/network base/str base/zone
  club/emoji club/file_name club/fold club/markdown club/markdown_plain club/meeting_link club/member_import
  club/nodes club/place club/secret club/sheet club/span club/town_sheet
  helper/markup helper/office helper/ooxml helper/opendocument helper/orientation helper/packet helper/plain
  helper/sink helper/zip
  main/config main/options
  net/asset net/disposition net/document net/head net/range net/site net/tus
  store/french store/french_query store/french_word
  wire/json wire/rpc`;
// Where it is decided who may: may(), the audiences and rights of a person, and who is asking. The conditions in SQL
// (*_SEEN_BY) have no branches in C: tests/matrix plays every command as every role.
const RIGHTS = "club/access club/audiences club/execute club/may club/rights";

const named = (list) =>
  new Set(
    list
      .trim()
      .split(/\s+/)
      .map((name) => `server/${name}.c`),
  );
const among = (list) => (file) => named(list).has(file);
const AREAS = [
  { name: "parsers", goal: 90, has: among(PARSERS) },
  { name: "rights", goal: 100, has: among(RIGHTS) },
  {
    name: "store",
    goal: 85,
    has: (file) => file.startsWith("server/store/") && file.endsWith(".c"),
  },
];

// A macro-made function stops gcovr 5.2 (UnknownLineType) without the first; the others leave out the branches that
// the compiler makes and no test can take.
const FLAGS =
  "--gcov-ignore-parse-errors --exclude-unreachable-branches --exclude-throw-branches".split(" ");

function measure() {
  const json = execFileSync(
    "gcovr",
    [...FLAGS, "-r", ".", "--json-summary", "--exclude", "tests", folder],
    {
      maxBuffer: 1 << 26,
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  return JSON.parse(json).files;
}

const percent = (part, whole) => (whole ? (100 * part) / whole : 100);
const shown = (number) => number.toFixed(1).padStart(6);
const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);

function printArea({ name, goal, has }, all) {
  const files = all.filter(({ filename }) => has(filename));
  const lines = percent(sum(files, "line_covered"), sum(files, "line_total"));
  const branches = percent(sum(files, "branch_covered"), sum(files, "branch_total"));
  const met = branches >= goal;
  console.log(
    `${name.padEnd(28)} ${shown(lines)} ${shown(branches)} ${shown(goal)} ${met ? "" : "  BELOW"}`,
  );
  for (const file of files.filter((one) => percent(one.branch_covered, one.branch_total) < goal)) {
    const part = percent(file.branch_covered, file.branch_total);
    const left = file.branch_total - file.branch_covered;
    const line = percent(file.line_covered, file.line_total);
    console.log(
      `  ${file.filename.slice(7).padEnd(26)} ${shown(line)} ${shown(part)}        ${left} branches left`,
    );
  }
  return met;
}

/** The names of error.def that are not in the log. */
function silentErrors() {
  const table = readFileSync("server/base/error.def", "utf8");
  const log = join(folder, "errors.log");
  const produced = new Set(existsSync(log) ? readFileSync(log, "utf8").split("\n") : []);
  const names = [...table.matchAll(/^ERR\((\w+),/gm)].map(([, name]) => name);
  console.log(
    `\nerrors: ${names.filter((name) => produced.has(name)).length} of ${names.length} produced by a test`,
  );
  return names.filter((name) => !produced.has(name));
}

const files = measure();
console.log(`${"".padEnd(28)}  lines branch   goal  (%)`);
const met = AREAS.map((area) => printArea(area, files));
const silent = silentErrors();
if (silent.length) console.log(`none produces ${silent.join(", ")}`);
process.exit(met.every(Boolean) && !silent.length ? 0 : 1);
