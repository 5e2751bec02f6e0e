// Does search put the right thing first? A hundred questions with their right answers (queries.txt) over a corpus of
// every kind (corpus.txt), through the real server.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { furnish, records } from "./house.mjs";

const FIRST_IN_FIVE = 0.95;
const FIRST = 0.8;

describe("relevance", () => {
  const life = lifetime();
  it("finds the right thing in the first five, most often first", async () => {
    const house = await furnish(life);
    const keys = new Map([...house.found].map(([key, id]) => [id, key]));
    const results = [];
    for (const [query, right] of records("queries.txt")) {
      const { hits } = await house.asker.ask("search.find", { query, limit: 5 });
      const place = hits.findIndex((hit) =>
        right.split(" ").some((key) => answers(house, hit, key)),
      );
      results.push({ query, right, place, hits: hits.map((hit) => named(keys, hit)) });
    }
    report(results);
    const share = (test) => results.filter(test).length / results.length;
    assert.ok(share(({ place }) => place >= 0) >= FIRST_IN_FIVE, "too few in the first five");
    assert.ok(share(({ place }) => place === 0) >= FIRST, "too few first");
  });
});

const idOf = (hit) => `${hit.kind}:${hit.message?.id ?? hit[hit.kind]}`;
const named = (keys, hit) =>
  `${keys.get(idOf(hit)) ?? hit.title}${hit.page ? `#${hit.page.number}` : ""}`;

/** r:x, or r:x#3: page 3 of its document. */
function answers(house, hit, right) {
  const [key, page] = right.split("#");
  return house.found.get(key) === idOf(hit) && (!page || hit.page?.number === Number(page));
}

function report(results) {
  const per = (test) => `${((100 * results.filter(test).length) / results.length).toFixed(1)} %`;
  for (const { query, right, place, hits } of results.filter(({ place }) => place !== 0)) {
    console.log(
      `# ${place < 0 ? "not found" : `place ${place + 1}`}: ${query} -> ${right}; found ${hits.join(", ")}`,
    );
  }
  console.log(
    `# ${results.length} queries: ${per(({ place }) => place >= 0)} in the first five, ${per(({ place }) => place === 0)} first`,
  );
}
