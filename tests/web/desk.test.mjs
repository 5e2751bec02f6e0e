// The form of an event: what its fields hold is what is sent, and what is sent comes back to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { draftOf, emptyDraft, gapsOf, isEventDraft, moves, wireOf } =
  await load("features/desk/form");

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 11, 3, 11);
const club = { id: 2, name: "Club PVD de l'Ain", kind: "departement", departement: "01" };
const event = (more = {}) => ({
  id: 7,
  club: 2,
  kind: "atelier",
  title: "Halles",
  description: "",
  nodes: [],
  organiser: "Club PVD de l'Ain",
  scope: "clubs",
  clubs: [2],
  roles: [],
  is_public: false,
  starts_at: NOON,
  ends_at: NOON + 2 * HOUR,
  zone: "Europe/Paris",
  all_day: false,
  link_shown: "all",
  registration: "open",
  hold_hours: 48,
  state: "draft",
  sequence: 0,
  seated: 0,
  waiting: 0,
  changed_at: 1,
  ...more,
});

for (const zone of ["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Marquesas"]) {
  test(`an event of ${zone} comes out of its form as it went in`, () => {
    const deadline_at = NOON - 30 * HOUR;
    const sent = wireOf(draftOf(event({ zone, deadline_at, capacity: 40, region: undefined })));
    assert.equal(sent.starts_at, NOON);
    assert.equal(sent.ends_at, NOON + 2 * HOUR);
    assert.equal(sent.deadline_at, deadline_at);
    assert.equal(sent.capacity, 40);
  });
}

test("whole days end on the last day that is typed, at its midnight there", () => {
  const starts_at = Date.parse("2027-03-27T00:00+01:00");
  const ends_at = Date.parse("2027-03-29T00:00+02:00"); // the clocks change in between
  const draft = draftOf(event({ all_day: true, starts_at, ends_at }));
  assert.equal(draft.startDate, "2027-03-27");
  assert.equal(draft.endDate, "2027-03-28");
  assert.equal(wireOf(draft).ends_at, ends_at);
});

test("a link that only those registered see stays, though the event does not show it", () => {
  const link = "https://visio.numerique.gouv.fr/abc-defg-hij";
  const sent = wireOf(draftOf(event({ link_shown: "registered" }), link));
  assert.equal(sent.link, link);
  assert.equal(sent.link_shown, "registered");
});

test("nothing of registrations is sent where there are none", () => {
  const sent = wireOf({
    ...draftOf(
      event({ capacity: 12, deadline_at: NOON, link_shown: "registered" }),
      "https://a.fr",
    ),
    registration: "none",
  });
  assert.equal(sent.capacity, undefined);
  assert.equal(sent.deadline_at, undefined);
  assert.equal(sent.link_shown, "all");
  assert.deepEqual(sent.questions, []);
});

test("questions keep their id and their order; choices are one a line", () => {
  const questions = [
    { id: 5, kind: "choice", label: "Repas ?", required: true, options: ["Oui", "Non"] },
    { id: 3, kind: "text", label: "Train ?", required: false },
  ];
  const draft = draftOf(event({ questions }));
  assert.equal(draft.questions[0].options, "Oui\nNon");
  assert.deepEqual(wireOf(draft).questions, questions);
});

test("what cannot be sent is named, by its field", () => {
  const draft = { ...emptyDraft(club), capacity: "douze" };
  assert.deepEqual(gapsOf(draft), { starts_at: "date", ends_at: "date", capacity: "number" });
  assert.deepEqual(gapsOf(draftOf(event())), {});
});

test("a new event is in the zone of its Club and for it; the national one for everybody", () => {
  const reunion = emptyDraft({ ...club, departement: "974" });
  assert.equal(reunion.zone, "Indian/Reunion");
  assert.deepEqual([reunion.scope, reunion.clubs], ["clubs", [2]]);
  assert.equal(emptyDraft({ id: 1, name: "Club national", kind: "national" }).scope, "network");
});

test("only time and place concern those registered", () => {
  const before = event({ commune: "Nantua" });
  const draft = draftOf(before);
  assert.equal(moves(before, draft), false);
  assert.equal(moves(before, { ...draft, title: "Halles et marchés" }), false);
  assert.equal(moves(before, { ...draft, commune: "Belley" }), true);
  assert.equal(moves(before, { ...draft, startTime: "13:00" }), true);
});

test("what is kept in the tab is only taken up if it has the form's shape", () => {
  assert.ok(isEventDraft(JSON.parse(JSON.stringify(emptyDraft(club)))));
  for (const other of [null, 3, {}, { title: "Halles" }]) {
    assert.equal(isEventDraft(other), false);
  }
});
