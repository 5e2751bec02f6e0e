// The house rules a program can see. Prints what breaks them; exit 1 if anything does.
//
//   floors     an include only points down: main > net > live > club > wire > store > post > helper >
//              confine > base
//   libraries  each library lives on its floor
//   club       the domain has no thread, clock, environment, malloc or free
//   never      what C has and nobody should call (docs/anssi-c.md)
//   sizes      functions up to 60 lines, files up to 600 (300 in TypeScript), lines up to 100 columns
//              (those of web/src are Biome's affair: it leaves a text whole)
//   headers    begin with a comment that says what they are for
//   pictures   what a document shows is there, and nothing else is
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { complaints } from "./pictures.mjs";

const FLOORS = [
  "base",
  "confine",
  "helper",
  "post",
  "store",
  "wire",
  "club",
  "live",
  "net",
  "main",
];
const LIBRARIES = [
  [/^#include [<"]libwebsockets\.h/, ["net"]],
  [/^#include [<"]uv\.h/, ["net"]],
  [/^#include [<"]sqlite3\.h/, ["store"]],
  [/^#include [<"]jansson\.h/, ["wire"]],
  [/^#include [<"]libstemmer\.h/, ["store"]],
  [/^#include [<"]curl\//, ["post", "main/admin.c"]],
  [/^#include [<"]seccomp\.h/, ["confine"]],
  [/^#include [<"]argon2\.h/, ["club"]],
  [/^#include [<"](magic|archive|archive_entry|expat|turbojpeg|png)\.h/, ["helper"]],
  [/^#include [<"]webp\//, ["helper"]],
  [/^#include [<"]cmark\.h/, ["club"]],
];
const CLUB_NEVER =
  /\b(malloc|calloc|realloc|free|getenv|pthread_\w+|clock_wall_ms|clock_mono_us|time|socket)\s*\(/;
const NEVER =
  /\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|rand|srand|system|popen|tmpnam|mktemp|alloca|setjmp|longjmp)\s*\(|\b(goto)\b/;
const LIMITS = { function: 60, file: 600, typescript: 300, columns: 100 };

const findings = [];
const say = (file, line, text) => findings.push(`${file}:${line}: ${text}`);

function walk(dir, wanted, out = []) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "dist", "gen"].includes(entry.name)) walk(path, wanted, out);
    } else if (wanted.test(entry.name)) out.push(path);
  }
  return out;
}

const withoutComments = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, " "))
    .replace(/"(\\.|[^"\\\n])*"/g, '""');

function checkIncludes(file, floor, lines) {
  lines.forEach((line, i) => {
    const target = /^#include "(\w+)\//.exec(line)?.[1];
    if (target && FLOORS.indexOf(target) > FLOORS.indexOf(floor)) {
      say(file, i + 1, `${floor}/ includes ${target}/, which is above it`);
    }
    for (const [pattern, floors] of LIBRARIES) {
      if (
        pattern.test(line) &&
        !floors.includes(floor) &&
        !floors.some((one) => file.endsWith(`/${one}`))
      ) {
        say(file, i + 1, `this library belongs to ${floors.join(" or ")}/`);
      }
    }
  });
}

function checkClub(file, text) {
  withoutComments(text)
    .split("\n")
    .forEach((line, i) => {
      const found = CLUB_NEVER.exec(line);
      if (found) say(file, i + 1, `club/ never calls ${found[1]}()`);
    });
}

function checkNever(file, text) {
  withoutComments(text)
    .split("\n")
    .forEach((line, i) => {
      const found = NEVER.exec(line);
      if (found) say(file, i + 1, `${found[1] ?? found[2]} is never used`);
    });
}

function checkFunctions(file, text) {
  let start = 0;
  let name = "";
  withoutComments(text)
    .split("\n")
    .forEach((line, i) => {
      name = /^(?=[A-Za-z_]).*?(\w+)\(/.exec(line)?.[1] ?? name;
      if (line === "{") start = i;
      if (line === "}" && start) {
        const length = i - start + 1;
        if (length > LIMITS.function) say(file, start + 1, `${name}() has ${length} lines`);
        start = 0;
      }
    });
}

function checkSize(file, lines, limit) {
  if (lines.length > limit + 1) say(file, limit, `${lines.length - 1} lines, at most ${limit}`);
}

function checkColumns(file, lines) {
  lines.forEach((line, i) => {
    if ([...line].length > LIMITS.columns) say(file, i + 1, `more than ${LIMITS.columns} columns`);
  });
}

for (const file of walk("server", /\.[ch]$/)) {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n");
  const floor = file.split("/")[1];
  checkIncludes(file, floor, lines);
  checkNever(file, text);
  checkFunctions(file, text);
  checkSize(file, lines, LIMITS.file);
  checkColumns(file, lines);
  if (floor === "club") checkClub(file, text);
  if (file.endsWith(".h") && !text.startsWith("/*")) say(file, 1, "does not say what it is for");
}
for (const file of walk("web/src", /\.(ts|tsx|css)$/)) {
  const limit = file.endsWith(".css") ? LIMITS.file : LIMITS.typescript;
  checkSize(file, readFileSync(file, "utf8").split("\n"), limit);
}
for (const file of walk("tests", /\.([ch]|mjs)$/)) {
  checkSize(file, readFileSync(file, "utf8").split("\n"), LIMITS.file);
}
complaints(say);
for (const finding of findings) console.log(finding);
if (findings.length) process.exit(1);
