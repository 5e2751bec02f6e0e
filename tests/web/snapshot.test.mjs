// Snapshots and facts together, in whatever order they come in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { calls, channel, club, deleted, HABITAT, me, message, moved, posted } from "./sample.mjs";

const { apply, emptyState, merge, replay, stretchKey } = await load("core/state", "core/store");

const KEY = stretchKey(HABITAT);
const start = merge(emptyState, {
  seq: 100,
  me,
  whole: true,
  clubs: [club()],
  channels: [channel()],
});
const page = (ids, part = {}) => ({
  key: KEY,
  mode: "replace",
  ids,
  moreBefore: true,
  moreAfter: false,
  ...part,
});
const mineOf = (state) => state.channels[HABITAT].mine;

test("facts newer than a late snapshot are laid over it again", () => {
  const ahead = [posted(101), posted(102)].reduce(apply, start);
  const late = merge(ahead, { seq: 101, channels: [channel(HABITAT, { unread: 1 })] });
  assert.equal(mineOf(late).unread, 2);
});
test("a page read before a message came still ends with it", () => {
  const ahead = apply(start, posted(101));
  const next = merge(ahead, { seq: 100, messages: [message(95)], page: page([95]) });
  assert.deepEqual(next.stretches[KEY].ids, [95, 101]);
});
test("a page does not bring an older wording back", () => {
  const edited = { seq: 101, fact: "message.edited", message: message(95, { body: "neuf" }) };
  const next = merge(apply(start, edited), { seq: 100, messages: [message(95)], page: page([95]) });
  assert.equal(next.messages[95].body, "neuf");
});
test("pages join before and after without doubles", () => {
  const first = merge(start, {
    seq: 100,
    messages: [message(90), message(95)],
    page: page([90, 95]),
  });
  const before = page([80, 85, 90], { mode: "before", moreBefore: false });
  const joined = merge(first, { seq: 100, messages: [message(80), message(85)], page: before });
  assert.deepEqual(joined.stretches[KEY], {
    ids: [80, 85, 90, 95],
    moreBefore: false,
    moreAfter: false,
  });
});
test("a whole snapshot drops what is not in it", () => {
  const next = merge(start, { seq: 110, me, whole: true, clubs: [], channels: [] });
  assert.deepEqual([next.clubs, next.channels, next.seq], [{}, {}, 110]);
});
test("a resume equals the snapshot at its end", () => {
  const resumed = replay(start, [posted(101), posted(102, calls("person", "1"))], 102);
  assert.deepEqual([mineOf(resumed).unread, mineOf(resumed).mentions, resumed.seq], [2, 1, 102]);
});
test("in a resume, marks hold the counts of its end, whatever their number", () => {
  const facts = [moved(101, { position: 101, unread: 1 }), posted(103)];
  assert.equal(mineOf(replay(start, facts, 103)).unread, 1);
});
test("a message posted and deleted while away was never unread", () => {
  const facts = [posted(101, { body: "", nodes: [], deleted: 1 }), deleted(102, 101), posted(103)];
  assert.equal(mineOf(replay(start, facts, 103)).unread, 1);
});
test("after a resume, what comes live counts on", () => {
  const resumed = replay(start, [moved(101, { unread: 1, position: 101 })], 103);
  assert.equal(mineOf(apply(resumed, posted(104))).unread, 2);
});
test("replayed facts that were known change nothing", () => {
  const once = apply(start, posted(101));
  assert.equal(mineOf(replay(once, [posted(101)], 101)).unread, 1);
});
