// The judge of the seats: it sees each fault, and none where there is none.
import assert from "node:assert/strict";
import { it } from "node:test";
import {
  heardFaults,
  letterFaults,
  offerFaults,
  orderFaults,
  seatFaults,
  toldFaults,
} from "./verdict.mjs";

const row = (person, state, turn) => ({ person, state, turn });
const wanted = { seats: 2, people: 4 };
const FAIR = [
  row(7, "seated", 10),
  row(3, "offered", 11),
  row(5, "waiting", 12),
  row(4, "cancelled", 13),
];
/** The same, but for these people. */
const but = (...changed) =>
  FAIR.map((old) => changed.find(({ person }) => person === old.person) ?? old);

it("finds nothing to say of a fair round", () => {
  assert.deepEqual(seatFaults(FAIR, wanted), []);
  const answers = FAIR.map(({ person, turn }) => ({ person, seq: turn + 1 }));
  assert.deepEqual(orderFaults(FAIR, answers), []);
});

it("sees one seat too many, and one too few", () => {
  const more = but(row(4, "seated", 9));
  assert.deepEqual(seatFaults(more, wanted), ["3 seats taken of 2"]);
  const fewer = but(row(3, "lapsed", 11));
  assert.deepEqual(seatFaults(fewer, wanted), ["1 seats taken of 2"]);
});

it("sees a person who is there twice, and one who is missing", () => {
  assert.deepEqual(seatFaults([...FAIR.slice(0, 3), row(5, "cancelled", 13)], wanted), [
    "5 is there twice",
  ]);
  assert.deepEqual(seatFaults(FAIR.slice(0, 3), wanted), ["3 registrations of 4 people"]);
});

it("sees who was passed over", () => {
  const unjust = but(row(4, "seated", 13), row(3, "cancelled", 11));
  assert.deepEqual(seatFaults(unjust, wanted), ["5 waits, and somebody behind was served"]);
  assert.deepEqual(seatFaults(but(row(4, "cancelled", 12)), wanted), ["two have turn 12"]);
});

it("sees turns that are not in the order of the answers", () => {
  const answers = [7, 5, 3, 4].map((person, i) => ({ person, seq: i + 1 }));
  assert.deepEqual(orderFaults(FAIR, answers), ["place 1: 3 by turn, 5 by answer"]);
  assert.equal(orderFaults(FAIR, answers.slice(0, 3)).length, 1);
});

it("sees who was told twice, nothing, or something else", () => {
  const told = (...kinds) => kinds.map((kind) => ({ person: 1, kind }));
  const of = (state, notices) => toldFaults([{ person: 1, state }], notices).length;
  assert.equal(of("seated", told("waiting", "offered", "seated")), 0);
  assert.equal(of("cancelled", told("seated", "unregistered")), 0);
  assert.equal(of("seated", told("seated", "seated")), 1);
  assert.equal(of("offered", told("waiting", "offered", "offered")), 1);
  assert.equal(of("seated", []), 1);
  assert.equal(of("waiting", told("seated")), 1);
});

it("sees a freed seat that nobody was offered, or two were", () => {
  assert.deepEqual(offerFaults([{ kind: "offered" }, { kind: "seated" }], 1), []);
  assert.equal(offerFaults([{ kind: "offered" }], 2).length, 1);
  assert.equal(offerFaults([{ kind: "offered" }, { kind: "offered" }], 1).length, 1);
});

it("sees a fact that was not heard, or heard twice, and a letter that is missing", () => {
  const journal = [
    { person: 1, seq: 4 },
    { person: 1, seq: 6 },
  ];
  assert.deepEqual(heardFaults([{ person: 1, heard: [6, 4] }], journal), []);
  assert.equal(heardFaults([{ person: 1, heard: [4] }], journal).length, 1);
  assert.equal(heardFaults([{ person: 1, heard: [4, 6, 6] }], journal).length, 1);
  const offered = { person: 1, seq: 7, thing: "registration.changed 9" };
  const about = [offered, { ...offered, seq: 8 }];
  assert.deepEqual(heardFaults([{ person: 1, heard: [8] }], about), []);
  assert.equal(heardFaults([{ person: 1, heard: [7] }], about).length, 1);
  assert.equal(heardFaults([{ person: 1, heard: [7] }], [{ ...offered, seq: 8 }]).length, 1);
  assert.deepEqual(letterFaults(journal, journal), []);
  assert.deepEqual(letterFaults(journal, journal.slice(1)), ["1: 2 notices, 1 letters"]);
});
