// Events, my own part in them, and what concerns me, as facts and snapshots move them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { channel, club, HABITAT, me } from "./sample.mjs";

const { apply, emptyState, merge, replay, unseenOf } = await load(
  "core/attend",
  "core/state",
  "core/store",
);

const event = (id = 7, part = {}) => ({
  id,
  club: 2,
  title: "Rouvrir la halle",
  state: "published",
  seated: 3,
  waiting: 0,
  changed_at: 1,
  ...part,
});
const mine = (id = 7, registration = "none") => ({ event: id, can: ["register"], registration });
const changed = (seq, one = event()) => ({ seq, fact: "event.changed", event: one });
const registered = (seq, registration, id = 7) => ({
  seq,
  fact: "registration.changed",
  mine: mine(id, registration),
});
const gained = (seq, kind = "club") => ({
  seq,
  fact: "access.gained",
  kind,
  id: kind === "club" ? 2 : HABITAT,
  can: ["read"],
});
const notice = (seq) => ({
  seq,
  fact: "notice.added",
  notice: { id: seq, kind: "seated", event: { id: 7, title: "Rouvrir la halle" }, at: 1 },
});
const run = (state, ...facts) => facts.reduce(apply, state);

const start = merge(emptyState, {
  seq: 100,
  me,
  whole: true,
  clubs: [club()],
  channels: [channel()],
});
const held = merge(start, { seq: 100, events: [event()], attending: [mine()] });

test("an event that is published is there at once", () => {
  assert.deepEqual(Object.keys(run(start, changed(101)).events), ["7"]);
});
test("a changed event is replaced whole", () => {
  assert.deepEqual(
    run(held, changed(101, event(7, { title: "La halle" }))).events[7].title,
    "La halle",
  );
});
test("seats that are counted anew do not ask for my own part", () => {
  const next = run(held, changed(101, event(7, { seated: 4 })));
  assert.equal(next.events[7].seated, 4);
  assert.deepEqual(next.wanted, []);
});
test("an event that is edited asks for my own part, which stays meanwhile", () => {
  const next = run(held, changed(101, event(7, { changed_at: 2 })));
  assert.deepEqual(next.wanted, ["event:7"]);
  assert.deepEqual(next.attending[7], mine());
});
test("an edited event whose own part is not held asks for nothing", () => {
  const bare = merge(start, { seq: 100, events: [event()] });
  assert.deepEqual(run(bare, changed(101, event(7, { changed_at: 2 }))).wanted, []);
});
test("an event that is gone takes my own part with it", () => {
  const next = run(held, { seq: 101, fact: "event.gone", event: 7 });
  assert.deepEqual([next.events, next.attending], [{}, {}]);
});
test("my registration is told in one fact", () => {
  assert.equal(run(held, registered(101, "waiting")).attending[7].registration, "waiting");
});
test("a registration at an event not heard of asks for the event", () => {
  assert.deepEqual(run(start, registered(101, "invited", 9)).wanted, ["event:9"]);
});
test("another standing in a Club drops all events, to be fetched anew", () => {
  for (const fact of ["access.gained", "access.changed", "access.lost"]) {
    const next = run(held, { ...gained(101), fact });
    assert.deepEqual([next.events, next.attending, next.eventsSince], [{}, {}, 101], fact);
  }
});
test("what concerns me is fetched anew with another standing in a Club", () => {
  assert.ok(run(held, gained(101)).wanted.includes("notices"));
});
test("another standing in a channel does not", () => {
  const next = run(held, gained(101, "channel"));
  assert.deepEqual(next.events, held.events);
  assert.equal(next.eventsSince, held.eventsSince);
});
test("a list read before that is not taken in", () => {
  const late = merge(run(held, gained(101)), { seq: 100, events: [event()], attending: [mine()] });
  assert.deepEqual([late.events, late.attending], [{}, {}]);
});
test("what was fetched since is not dropped again by an older snapshot of something else", () => {
  const fetched = merge(run(held, gained(101)), { seq: 102, events: [event()] });
  const next = merge(fetched, { seq: 100, channels: [channel()] });
  assert.deepEqual(Object.keys(next.events), ["7"]);
});
test("a late list does not bring back older seats, nor an event that is gone", () => {
  const ahead = run(held, changed(101, event(7, { seated: 9 })), changed(102, event(8)), {
    seq: 103,
    fact: "event.gone",
    event: 8,
  });
  const next = merge(ahead, { seq: 100, events: [event(), event(8)], attending: [mine()] });
  assert.equal(next.events[7].seated, 9);
  assert.equal(next.events[8], undefined);
});
test("a whole snapshot drops events and says so", () => {
  const next = merge(held, { seq: 110, me, whole: true, clubs: [], channels: [] });
  assert.deepEqual([next.events, next.attending, next.eventsSince], [{}, {}, 110]);
});
test("a resume equals what would be loaded", () => {
  const facts = [changed(101, event(7, { seated: 5, changed_at: 3 })), registered(103, "seated")];
  const next = replay(held, facts, 104);
  const loaded = merge(start, {
    seq: 104,
    events: [event(7, { seated: 5, changed_at: 3 })],
    attending: [mine(7, "seated")],
  });
  assert.deepEqual([next.events, next.attending], [loaded.events, loaded.attending]);
});
test("what concerns me is kept in order, once each, until seen", () => {
  const next = run(start, notice(102), notice(105), notice(102));
  assert.deepEqual(
    next.notices.list.map(({ id }) => id),
    [102, 105],
  );
  assert.equal(run(next, { seq: 106, fact: "notice.seen", position: 105 }).notices.position, 105);
});
test("a notice that came while the list was read is not lost", () => {
  const next = merge(run(start, notice(103)), { seq: 101, notices: { list: [], position: 0 } });
  assert.deepEqual(
    next.notices.list.map(({ id }) => id),
    [103],
  );
});
test("what concerns me names the event as it is now", () => {
  const next = run(start, notice(102), changed(103, event(7, { title: "La halle" })));
  assert.equal(next.notices.list[0].event.title, "La halle");
});
test("what concerns an event that is over is not shown", () => {
  const list = ["moved", "cancelled", "reminder"].map((kind, i) => ({
    id: 101 + i,
    kind,
    event: { id: 7 + i, ends_at: 1_000 * (i + 1) },
    at: 1,
  }));
  const shown = (now) => unseenOf({ list, position: 0 }, now).map(({ kind }) => kind);
  assert.deepEqual(shown(999), ["reminder", "cancelled", "moved"]);
  assert.deepEqual(shown(2_000), ["reminder"]);
});
test("of where I stand at an event, only the latest word is shown", () => {
  const list = [
    ["waiting", 7],
    ["moved", 7],
    ["seated", 8],
    ["offered", 7],
  ].map(([kind, id], i) => ({ id: 101 + i, kind, event: { id }, at: 1 }));
  const shown = (position) => unseenOf({ list, position }).map(({ kind }) => kind);
  assert.deepEqual(shown(0), ["offered", "seated", "moved"]);
  assert.deepEqual(shown(103), ["offered"]);
});
