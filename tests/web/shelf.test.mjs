// Resources in the client's state: what facts say of them, what another standing in a Club takes away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { channel, club, HABITAT, me } from "./sample.mjs";

const { apply, emptyState, merge } = await load("core/state", "core/store");

const resource = (id = 7, part = {}) => ({
  id,
  club: 2,
  kind: "guide",
  title: "Rouvrir une halle",
  summary: "",
  nodes: [],
  licence: "lo_2_0",
  is_public: false,
  state: "published",
  changed_at: 1,
  edition: 1,
  editions: [{ number: 1, note: "", at: 1 }],
  ...part,
});
const changed = (seq, one = resource()) => ({ seq, fact: "resource.changed", resource: one });
const gone = (seq, id = 7) => ({ seq, fact: "resource.gone", resource: id });
const moved = (seq, fact, kind = "club") => ({
  seq,
  fact,
  kind,
  id: kind === "club" ? 2 : HABITAT,
  can: ["read"],
});
const notice = (seq) => ({
  seq,
  fact: "notice.added",
  notice: { id: seq, kind: "returned", resource: { id: 7, title: "Rouvrir une halle" }, at: 1 },
});
const run = (state, ...facts) => facts.reduce(apply, state);

const start = merge(emptyState, {
  seq: 100,
  me,
  whole: true,
  clubs: [club()],
  channels: [channel()],
});
const opened = merge(start, {
  seq: 100,
  resources: [resource()],
  resourceMine: { 7: { can: ["see", "edit"] } },
});

test("a resource that is published is there at once", () => {
  assert.deepEqual(Object.keys(run(start, changed(101)).resources), ["7"]);
});
test("a changed resource is replaced whole", () => {
  const next = run(opened, changed(101, resource(7, { title: "La halle", changed_at: 2 })));
  assert.equal(next.resources[7].title, "La halle");
});
test("what I can do is asked anew when a resource I opened has changed", () => {
  const next = run(opened, changed(101, resource(7, { changed_at: 2 })));
  assert.deepEqual(next.wanted, ["resource:7"]);
});
test("what I can do is not asked of a resource that only a list shows", () => {
  const listed = merge(start, { seq: 100, resources: [resource()] });
  assert.deepEqual(run(listed, changed(101, resource(7, { changed_at: 2 }))).wanted, []);
});
test("a resource that is gone takes with it what I could do", () => {
  const next = run(opened, gone(101));
  assert.deepEqual([next.resources, next.resourceMine], [{}, {}]);
});
for (const fact of ["access.gained", "access.changed", "access.lost"]) {
  test(`${fact} of a Club drops what may be gone`, () => {
    const next = run(opened, moved(101, fact));
    assert.deepEqual([next.resources, next.resourceMine, next.eventsSince], [{}, {}, 101]);
  });
}
test("standing in a channel changes nothing on the shelves", () => {
  assert.equal(run(opened, moved(101, "access.gained", "channel")).resources, opened.resources);
});
test("a list read before all was dropped brings nothing back", () => {
  const next = merge(run(opened, moved(101, "access.lost")), {
    seq: 100,
    resources: [resource()],
    resourceMine: { 7: { can: ["see"] } },
  });
  assert.deepEqual([next.resources, next.resourceMine], [{}, {}]);
});
test("a list read before a change does not undo it", () => {
  const late = run(start, changed(101, resource(7, { title: "La halle", changed_at: 2 })));
  const next = merge(late, { seq: 100, resources: [resource()] });
  assert.equal(next.resources[7].title, "La halle");
});
test("what concerns me names the resource as it is now", () => {
  const next = run(
    opened,
    notice(101),
    changed(102, resource(7, { title: "La halle", changed_at: 2 })),
  );
  assert.equal(next.notices.list[0].resource.title, "La halle");
});
