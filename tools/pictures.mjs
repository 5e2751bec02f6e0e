// Which pictures the documents show: `![words](images/name.png)` in README.md and docs/*.md.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export const PLACE = "docs/images";
const SHOWN = /!\[([^\]]*)\]\(([^)\s]+)\)/g;

const documents = () =>
  ["README.md", ...readdirSync("docs").map((name) => join("docs", name))].filter((path) =>
    path.endsWith(".md"),
  );

/** @returns {{file: string, line: number, words: string, picture: string}[]} picture: its path from the root */
export function shown() {
  return documents().flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((text, i) =>
        [...text.matchAll(SHOWN)].map(([, words, link]) => ({
          file,
          line: i + 1,
          words,
          picture: normalize(join(dirname(file), link)),
        })),
      ),
  );
}

/** What is wrong between the documents and the folder, as house.mjs says it. */
export function complaints(say) {
  const all = shown();
  for (const { file, line, words, picture } of all) {
    if (!existsSync(picture)) say(file, line, `shows ${picture}, which does not exist`);
    if (!words.trim()) say(file, line, `${picture} has no words for who cannot see it`);
  }
  const named = new Set(all.map(({ picture }) => picture));
  for (const name of readdirSync(PLACE)) {
    if (!named.has(join(PLACE, name))) say(join(PLACE, name), 1, "no document shows it");
  }
}
