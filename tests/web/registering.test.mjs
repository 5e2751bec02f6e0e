// What can be done about a place at an event, and which events the agenda shows.
process.env.TZ = "Europe/Paris";

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { answersOf, isFull, missingOf, openingOf, seatsLeft } = await load("core/registering");
const { addMonths, byDay, eventsIn, weeksOf } = await load("features/agenda/span");

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-03T08:00Z");
const event = (part = {}) => ({
  id: 7,
  state: "published",
  registration: "open",
  starts_at: NOW + 24 * HOUR,
  ends_at: NOW + 27 * HOUR,
  zone: "Europe/Paris",
  seated: 0,
  waiting: 0,
  club: 2,
  clubs: [2],
  scope: "clubs",
  kind: "atelier",
  ...part,
});
const mine = (part = {}) => ({ event: 7, can: ["register"], registration: "none", ...part });
const opening = (part, own, now = NOW) => openingOf(event(part), mine(own), now);

test("one registers until the start", () => {
  assert.equal(opening({}), "open");
  assert.equal(opening({}, {}, NOW + 24 * HOUR), "started");
  assert.equal(opening({}, {}, NOW + 27 * HOUR), "over");
});
test("a deadline closes registrations before", () => {
  assert.equal(opening({ deadline_at: NOW + HOUR }), "open");
  assert.equal(opening({ deadline_at: NOW }), "closed");
});
test("a cancelled event, one without registration, one for others say so", () => {
  assert.equal(opening({ state: "cancelled" }), "cancelled");
  assert.equal(opening({ registration: "none" }), "none");
  assert.equal(opening({}, { can: [] }), "notForMe");
  assert.equal(opening({ registration: "invitation" }, { can: [] }), "invitation");
});
test("seats are counted only where they are limited", () => {
  assert.equal(seatsLeft(event()), undefined);
  assert.equal(seatsLeft(event({ capacity: 20, seated: 18 })), 2);
  assert.equal(seatsLeft(event({ capacity: 20, seated: 25 })), 0);
});
test("a seat that is free while others wait is theirs", () => {
  assert.equal(isFull(event({ capacity: 20, seated: 19 })), false);
  assert.equal(isFull(event({ capacity: 20, seated: 19, waiting: 1 })), true);
  assert.equal(isFull(event({ waiting: 0 })), false);
});
test("what must be answered and is not is missing; what is empty is not sent", () => {
  const questions = [
    { id: 1, required: true },
    { id: 2, required: false },
  ];
  assert.deepEqual(missingOf(questions, { 1: "  ", 2: "non" }), [1]);
  assert.deepEqual(answersOf(questions, { 1: " En train ", 2: "" }), [
    { question: 1, text: "En train" },
  ]);
});

const ms = (text) => Date.parse(text);
const SPAN = { from: "2026-11-03" };
const shown = (events, query = {}, span = SPAN, attending = {}) =>
  eventsIn(
    { events: Object.fromEntries(events.map((one) => [one.id, one])), attending },
    query,
    span,
  ).map(({ id }) => id);

test("what comes begins with what still goes on", () => {
  const running = event({
    id: 1,
    starts_at: ms("2026-11-01T08:00Z"),
    ends_at: ms("2026-11-03T08:00Z"),
  });
  const over = event({
    id: 2,
    starts_at: ms("2026-11-02T08:00Z"),
    ends_at: ms("2026-11-02T10:00Z"),
  });
  assert.deepEqual(shown([event({ id: 3 }), over, running]), [1, 3]);
  assert.deepEqual(
    byDay([running, event()], SPAN, false).map(({ day }) => day),
    ["2026-11-03", "2026-11-04"],
  );
});
test("drafts are not in the agenda, cancelled events are", () => {
  const list = [event({ id: 1, state: "draft" }), event({ id: 2, state: "cancelled" })];
  assert.deepEqual(shown(list), [2]);
});
test("filters hold together", () => {
  const list = [
    event({ id: 1, themes: [5] }),
    event({ id: 2, kind: "webinaire", themes: [5] }),
    event({ id: 3, scope: "network", clubs: [], club: 1 }),
    event({ id: 4, clubs: [9], club: 9 }),
  ];
  assert.deepEqual(shown(list, { theme: 5, type: "webinaire" }), [2]);
  assert.deepEqual(shown(list, { club: 2 }), [1, 2, 3]);
  assert.deepEqual(shown(list, { type: "nulle_part" }), [1, 2, 3, 4]);
});
test("mine are those where I have, wait for or am offered a place", () => {
  const list = [1, 2, 3].map((id) => event({ id }));
  const attending = {
    1: mine({ event: 1, registration: "waiting" }),
    2: mine({ event: 2, registration: "cancelled" }),
  };
  assert.deepEqual(shown(list, { miens: "oui" }, SPAN, attending), [1]);
});
test("a month is whole weeks, from Monday on", () => {
  for (const month of ["2026-02", "2026-11", "2027-01", "2028-02"]) {
    const days = weeksOf(month).flat();
    assert.equal(days.length % 7, 0);
    assert.equal(new Date(`${days[0]}T00:00Z`).getUTCDay(), 1);
    assert.ok(days.slice(0, 7).includes(`${month}-01`));
    assert.equal(days.at(-7).slice(0, 7), month);
  }
  assert.equal(addMonths("2026-12", 1), "2027-01");
  assert.equal(addMonths("2026-01", -1), "2025-12");
});
