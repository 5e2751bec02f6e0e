// The house rules a program can see. Prints what breaks them; exit 1 if anything does.
//
//   floors     an include only points down: main > net > live > club > wire > store > post > helper >
//              confine > base
//   libraries  each library lives on its floor
//   club       the domain has no thread, clock, environment, malloc or free
//   never      what C has and nobody should write (docs/anssi-c.md), or in one place only
//   enums      give all their values or none
//   rules      docs/anssi-c.md answers to each rule of the guide, once
//   sizes      functions up to 60 lines, files up to 600 (300 in TypeScript), lines up to 100 columns
//              (those of web/src are Biome's affair: it leaves a text whole)
//   headers    begin with a comment that says what they are for
//   pictures   what a document shows is there, and nothing else is
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { complaints } from "./pictures.mjs";
import { unanswered } from "./rules.mjs";

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
const NEVER = [
  /\b(strcpy|stpcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|scanf|fscanf|strtok)\s*\(/,
  /\b(atoi|atol|atoll|atof|rand|srand|rand_r|random|asctime|ctime|gmtime|localtime)\s*\(/,
  /\b(system|popen|tmpnam|tempnam|mktemp|alloca|setjmp|longjmp|_Exit|quick_exit|exit|assert)\s*\(/,
  /\b(goto|volatile|restrict|register|_Complex|_Imaginary)\b/,
  /(?<!static )\b(inline)\b/,
  /(\*\*\*\w)|(\(\*\w+\)\.)/,
  /^\s+([\w.\->[\]]+ = [\w.\->[\]]+) = /,
  // words of C++ that C does not have
  /\b(asm|catch|class|const_cast|constexpr|decltype|delete|dynamic_cast|explicit|export|final)\b/,
  /\b(friend|mutable|namespace|new|noexcept|nullptr|operator|override|private|protected)\b/,
  /\b(public|reinterpret_cast|static_cast|template|this|thread_local|throw|try|typeid)\b/,
  /\b(typename|using|virtual|and|and_eq|bitand|bitor|compl|not|not_eq|or|or_eq|xor|xor_eq)\b/,
];
const ONLY_IN = [
  [/\brealloc\s*\(/, ["base/mem.c"]],
  [/\bunion\b/, ["confine/hand.c"]],
  [/\btypedef\b/, ["store/french.c"]],
  [/^#include <stdarg\.h>/, ["base/arena.h", "base/buf.c", "main/options.c"]],
  [/\b(float|double)\b|^#include <math\.h>/, ["club/search", "store/rank.c"]],
  [
    /^\s.*\w\[\];/,
    ["base/arena.c", "base/buf.h", "store/blob.c", "store/memo.c", "store/pool.c", "store/rank.c"],
  ],
];
const INCLUDE = /^#include (<[\w./-]+\.h>|"[\w/]+\.(h|def|inc)")/;
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
    if (line.startsWith("#include") && !INCLUDE.test(line)) say(file, i + 1, "is no header");
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
      for (const pattern of NEVER) {
        const found = pattern.exec(line);
        if (found) say(file, i + 1, `${found[1] ?? found[2]} is never used`);
      }
      for (const [pattern, places] of ONLY_IN) {
        if (pattern.test(line) && !places.some((place) => file.startsWith(`server/${place}`))) {
          say(file, i + 1, `only ${places.join(", ")} may: ${line.trim()}`);
        }
      }
    });
}

function checkEnums(file, text) {
  const code = withoutComments(text).replace(/^#.*$/gm, "");
  for (const { 1: body, index } of code.matchAll(/\benum(?: \w+)? \{([^}]*)\}/g)) {
    const names = body.split(/,(?![^(]*\))/).filter((one) => /\w/.test(one));
    const given = names.filter((one) => one.includes("=")).length;
    const line = code.slice(0, index).split("\n").length;
    if (given && given < names.length) say(file, line, "gives some of its values");
  }
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

function checkHeader(file, text) {
  if (!text.startsWith("/*")) say(file, 1, "does not say what it is for");
  const guard = `BEFFROI_${file.slice("server/".length).replace(/\W/g, "_").toUpperCase()}`;
  if (!text.includes(`\n#ifndef ${guard}\n#define ${guard}\n`)) say(file, 1, `no ${guard}`);
}

function checkSize(file, lines, limit) {
  if (lines.length > limit + 1) say(file, limit, `${lines.length - 1} lines, at most ${limit}`);
}

function checkColumns(file, lines) {
  lines.forEach((line, i) => {
    if ([...line].length > LIMITS.columns) say(file, i + 1, `more than ${LIMITS.columns} columns`);
    if (line.includes("??")) say(file, i + 1, "begins a trigraph");
  });
}

for (const file of walk("server", /\.[ch]$/)) {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n");
  const floor = file.split("/")[1];
  checkIncludes(file, floor, lines);
  checkNever(file, text);
  checkEnums(file, text);
  checkFunctions(file, text);
  checkSize(file, lines, LIMITS.file);
  checkColumns(file, lines);
  if (floor === "club") checkClub(file, text);
  if (file.endsWith(".h")) checkHeader(file, text);
}
for (const file of walk("web/src", /\.(ts|tsx|css)$/)) {
  const limit = file.endsWith(".css") ? LIMITS.file : LIMITS.typescript;
  checkSize(file, readFileSync(file, "utf8").split("\n"), limit);
}
for (const file of walk("tests", /\.([ch]|mjs)$/)) {
  checkSize(file, readFileSync(file, "utf8").split("\n"), LIMITS.file);
}
complaints(say);
unanswered(say);
for (const finding of findings) console.log(finding);
if (findings.length) process.exit(1);
