// What is not yet sent: kept per person, past the tab where it must be, within bounds, until log-out.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

function storage() {
  const held = {};
  const hidden = (name, value) => Object.defineProperty(held, name, { value, enumerable: false });
  hidden("getItem", (key) => held[key] ?? null);
  hidden("setItem", (key, value) => {
    held[key] = value;
  });
  hidden("removeItem", (key) => delete held[key]);
  return held;
}
Object.assign(globalThis, {
  location: { protocol: "http:", host: "localhost" },
  window: { addEventListener: () => {} },
  document: { addEventListener: () => {} },
});
const { load } = await import("./load.mjs");
const { clearKept, dropKept, keep, readKept, state } = await load("core/kept", "core/live");

const isNumber = (value) => typeof value === "number";
const iAm = (id) => {
  state.value = { ...state.peek(), me: { ...state.peek().me, id } };
};
beforeEach(() => {
  Object.assign(globalThis, { localStorage: storage(), sessionStorage: storage() });
  iAm(1);
});

test("what is kept in the browser is found by another tab, what is kept in the tab is not", () => {
  keep("ticks.7", 1, "browser");
  keep("form.7", 2);
  globalThis.sessionStorage = storage();
  assert.equal(readKept("ticks.7", isNumber, "browser"), 1);
  assert.equal(readKept("form.7", isNumber), undefined);
});
test("what one person keeps is not another's", () => {
  keep("ticks.7", 1, "browser");
  iAm(2);
  assert.equal(readKept("ticks.7", isNumber, "browser"), undefined);
});
test("what has another shape is not found", () => {
  keep("ticks.7", "un", "browser");
  assert.equal(readKept("ticks.7", isNumber, "browser"), undefined);
});
test("what is dropped is gone", () => {
  keep("ticks.7", 1, "browser");
  dropKept("ticks.7", "browser");
  assert.equal(readKept("ticks.7", isNumber, "browser"), undefined);
});
test("only so many are kept in the browser: what was kept first goes", () => {
  for (let i = 0; i < 60; i++) keep(`ticks.${i}`, i, "browser");
  assert.equal(Object.keys(localStorage).length, 50);
  assert.equal(readKept("ticks.9", isNumber, "browser"), undefined);
  assert.equal(readKept("ticks.10", isNumber, "browser"), 10);
});
test("at log-out nothing stays, in the tab nor in the browser", () => {
  keep("ticks.7", 1, "browser");
  keep("form.7", 2);
  clearKept();
  assert.deepEqual([Object.keys(localStorage), Object.keys(sessionStorage)], [[], []]);
});
