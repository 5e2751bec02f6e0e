import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./judge.mjs";

describe("judging instruction counts", () => {
  const baseline = { post: 1000, search: 400 };

  it("takes 15 % more, and any less", () => {
    assert.equal(judge({ post: 1150, search: 100 }, baseline).holds, true);
  });

  it("fails on more, and says where", () => {
    const { lines, holds } = judge({ post: 1000, search: 461 }, baseline);
    assert.equal(holds, false);
    assert.deepEqual(
      lines.map((line) => line.endsWith("over")),
      [false, true],
    );
  });

  it("fails on a path that was never measured", () => {
    assert.equal(judge({ resume: 1 }, baseline).holds, false);
  });
});
