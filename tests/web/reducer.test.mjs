// What one fact does to the state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import {
  ANNONCES,
  calls,
  channel,
  club,
  deleted,
  HABITAT,
  me,
  message,
  mine,
  moved,
  posted,
} from "./sample.mjs";

const { apply, emptyState, merge, replay, stretchKey, UNREAD_MAX } = await load(
  "core/state",
  "core/store",
);

const start = merge(emptyState, {
  seq: 100,
  me,
  whole: true,
  clubs: [club()],
  channels: [channel(), channel(ANNONCES)],
});
const open = merge(start, {
  seq: 100,
  messages: [message(90), message(95)],
  page: {
    key: stretchKey(HABITAT),
    mode: "replace",
    ids: [90, 95],
    moreBefore: true,
    moreAfter: false,
  },
});
const run = (state, ...facts) => facts.reduce(apply, state);
const counts = (state) => [
  state.channels[HABITAT].mine.unread,
  state.channels[HABITAT].mine.mentions,
];

test("a message of another counts as unread", () => {
  assert.deepEqual(counts(run(start, posted(101), posted(102))), [2, 0]);
});
test("my own message does not", () => {
  assert.deepEqual(counts(run(start, posted(101, { author: mine }))), [0, 0]);
});
test("nor does an answer in a thread", () => {
  assert.deepEqual(counts(run(start, posted(101, { thread: 95 }))), [0, 0]);
});
test("an erased author's message does", () => {
  assert.deepEqual(counts(run(start, posted(101, { author: { function: "" } }))), [1, 0]);
});
test("a message that names me, my role or everybody calls me; another's role does not", () => {
  const facts = [
    posted(101, calls("person", "1")),
    posted(102, calls("role", "chef_de_projet")),
    posted(103, calls("all")),
    posted(104, calls("role", "elu")),
    posted(105, calls("person", "2")),
  ];
  assert.deepEqual(counts(run(start, ...facts)), [5, 3]);
});
test("a fact that the counts already hold does not count twice", () => {
  const later = merge(run(start, posted(101)), {
    seq: 101,
    channels: [channel(HABITAT, { unread: 1 })],
  });
  assert.deepEqual(counts(run(later, posted(101))), [1, 0]);
});
test("counts stop at the server's limit", () => {
  const full = merge(start, { seq: 100, channels: [channel(HABITAT, { unread: UNREAD_MAX })] });
  assert.deepEqual(counts(run(full, posted(101))), [UNREAD_MAX, 0]);
});
test("a deletion at that limit asks the channel again", () => {
  const full = merge(start, {
    seq: 100,
    channels: [channel(HABITAT, { unread: UNREAD_MAX, position: 10 })],
  });
  assert.deepEqual(run(full, deleted(120, 50)).wanted, [`channel:${HABITAT}`]);
});
test("a deleted message is unread no more", () => {
  assert.deepEqual(counts(run(start, posted(101), posted(102), deleted(103, 101))), [1, 0]);
});
test("a deleted message that was read changes no count", () => {
  const some = merge(start, { seq: 100, channels: [channel(HABITAT, { unread: 3 })] });
  assert.deepEqual(counts(run(some, deleted(103, 95))), [3, 0]);
});
test("read.moved brings exact counts and the position", () => {
  const next = run(start, posted(101), moved(102, { position: 101, unread: 0 }));
  assert.deepEqual(counts(next), [0, 0]);
  assert.equal(next.channels[HABITAT].mine.position, 101);
});
test("a message goes to the end of what is on screen", () => {
  assert.deepEqual(run(open, posted(101)).stretches[stretchKey(HABITAT)].ids, [90, 95, 101]);
});
test("but not after a hole", () => {
  const holed = merge(start, {
    seq: 100,
    messages: [message(40)],
    page: {
      key: stretchKey(HABITAT),
      mode: "replace",
      ids: [40],
      moreBefore: true,
      moreAfter: true,
    },
  });
  assert.deepEqual(run(holed, posted(101)).stretches[stretchKey(HABITAT)].ids, [40]);
});
test("the same message told twice is there once", () => {
  assert.deepEqual(
    run(open, posted(101), posted(101)).stretches[stretchKey(HABITAT)].ids,
    [90, 95, 101],
  );
});
test("a message edited, then deleted while one was away is counted once", () => {
  const before = run(open, posted(101));
  const gone = message(101, { body: "", deleted: 6 });
  const heard = [
    { seq: 102, fact: "message.edited", message: gone },
    { seq: 103, fact: "message.deleted", message: gone },
  ];
  assert.deepEqual(counts(before), [1, 0]);
  assert.deepEqual(counts(replay(before, heard, 103)), [0, 0]);
});

test("an edited message is replaced whole", () => {
  const wording = message(95, { body: "autre", edited: 5, versions: 2 });
  const next = run(open, { seq: 101, fact: "message.edited", message: wording });
  assert.deepEqual(next.messages[95], wording);
});
test("reactions, pins and threads change their message", () => {
  const next = run(
    open,
    {
      seq: 101,
      fact: "message.reacted",
      message: 95,
      channel: HABITAT,
      reactions: [{ emoji: "👍", people: [2] }],
    },
    { seq: 102, fact: "message.pinned", message: 95, channel: HABITAT, pinned: true },
    { seq: 103, fact: "thread.changed", message: 95, channel: HABITAT, replies: 2, last_reply: 7 },
  );
  const { reactions, pinned, replies, last_reply } = next.messages[95];
  assert.deepEqual([reactions[0].people, pinned, replies, last_reply], [[2], true, 2, 7]);
});
test("answers of others count in a thread I follow, until I have read it", () => {
  const mark = {
    thread: 95,
    channel: HABITAT,
    following: true,
    position: 95,
    unread: 0,
    mentions: 0,
  };
  const followed = run(start, { seq: 101, fact: "thread.read", ...mark });
  const next = run(
    followed,
    posted(102, { thread: 95 }),
    posted(103, { thread: 95, author: mine }),
  );
  assert.equal(next.follows[95].unread, 1);
  assert.equal(
    run(next, { seq: 104, fact: "thread.read", ...mark, position: 103 }).follows[95].unread,
    0,
  );
  assert.equal(
    run(next, { seq: 104, fact: "thread.read", ...mark, following: false }).follows[95],
    undefined,
  );
});
test("losing a channel drops all it held", () => {
  const next = run(open, { seq: 101, fact: "access.lost", kind: "channel", id: HABITAT });
  assert.equal(next.channels[HABITAT], undefined);
  assert.deepEqual([next.messages, next.stretches], [{}, {}]);
});
test("a Club that is lost goes with the last of its channels", () => {
  const lost = (kind, id, seq) => ({ seq, fact: "access.lost", kind, id });
  const left = run(open, lost("club", 2, 101), lost("channel", HABITAT, 102));
  assert.deepEqual(Object.keys(left.channels), [String(ANNONCES)]);
  const next = run(left, lost("channel", ANNONCES, 103));
  assert.deepEqual([next.clubs, next.channels], [{}, {}]);
});
test("who stays a guest in a channel keeps its Club, and can do nothing there", () => {
  const next = run(open, { seq: 101, fact: "access.lost", kind: "club", id: 2 });
  assert.deepEqual([next.clubs[2].can, next.clubs[2].roles], [[], []]);
  assert.equal(next.clubs[2].name, start.clubs[2].name);
  assert.deepEqual(next.channels, open.channels);
  assert.deepEqual(next.messages, open.messages);
});
test("what is kept of a Club that is lost is counted anew: its roles call no more", () => {
  const lost = (kind, id, seq) => ({ seq, fact: "access.lost", kind, id });
  const next = run(open, lost("club", 2, 101), lost("channel", HABITAT, 102));
  assert.deepEqual(
    next.wanted.filter((one) => one.startsWith("channel:")),
    [`channel:${ANNONCES}`],
  );
});
test("a Club that is lost goes at once where no channel of it is held", () => {
  const alone = merge(emptyState, { seq: 1, me, whole: true, clubs: [club()] });
  assert.deepEqual(run(alone, { seq: 2, fact: "access.lost", kind: "club", id: 2 }).clubs, {});
});
test("a guest's Club goes with its last channel", () => {
  const guest = merge(emptyState, {
    seq: 1,
    me,
    whole: true,
    clubs: [club({ can: [], roles: [] })],
    channels: [channel()],
  });
  assert.deepEqual(
    run(guest, { seq: 2, fact: "access.lost", kind: "channel", id: HABITAT }).clubs,
    {},
  );
});
test("gaining a place asks for it, once", () => {
  const gained = { seq: 101, fact: "access.gained", kind: "channel", id: 12, can: ["read"] };
  assert.deepEqual(run(start, gained, { ...gained, seq: 102 }).wanted, ["channel:12"]);
});
test("a new name is taken in everywhere", () => {
  const next = run(open, {
    seq: 101,
    fact: "person.changed",
    person: { id: 2, name: "Julien Moreau" },
  });
  assert.equal(next.messages[95].author.name, "Julien Moreau");
  assert.equal(next.people[2].name, "Julien Moreau");
  assert.equal(next.people[2].function, "Chef de projet · Pont-de-Vaux");
});
test("an erased person is author of nothing", () => {
  const next = run(open, { seq: 101, fact: "person.erased", person: 2 });
  assert.deepEqual(next.messages[95].author, { function: "Chef de projet · Pont-de-Vaux" });
  assert.equal(next.people[2].name, undefined);
});
test("marks of my other devices are taken over", () => {
  const next = run(
    start,
    { seq: 101, fact: "draft.changed", channel: HABITAT, body: "Bonj" },
    { seq: 102, fact: "notification.changed", channel: HABITAT, level: "none" },
    { seq: 103, fact: "saved.changed", message: 95, saved: true },
  );
  assert.equal(next.channels[HABITAT].mine.draft, "Bonj");
  assert.equal(next.channels[HABITAT].mine.level, "none");
  assert.deepEqual(next.saved, { 95: true });
});
test("a fact of a newer server is let by", () => {
  const next = run(start, { seq: 101, fact: "event.opened", event: 7 });
  assert.equal(next.seq, 101);
  assert.deepEqual(next.channels, start.channels);
});
