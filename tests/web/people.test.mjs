// People and contact cards: whom facts are about, what is held of a card, addresses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { club, me } from "./sample.mjs";

const { apply, emptyState, merge } = await load("core/state", "core/store");
const { personIn } = await load("core/about");
const { directoryParams } = await load("core/params");

const start = merge(emptyState, { seq: 100, me, whole: true, clubs: [club()], channels: [] });
const card = (service) => ({ club: 2, service, people: [] });
const written = (seq, service) => ({ seq, fact: "club.card_changed", card: card(service) });

test("a card that was asked for follows the facts", () => {
  const open = merge(start, { seq: 100, cards: [card("DDT")] });
  assert.equal(apply(open, written(101, "DDT de l'Ain")).cards[2].service, "DDT de l'Ain");
});
test("a card that nobody asked for is not kept", () => {
  assert.deepEqual(apply(start, written(101, "DDT")).cards, {});
});
test("a card read before a fact that was heard already is laid under it", () => {
  const open = apply(merge(start, { seq: 100, cards: [card("DDT")] }), written(102, "Nouvelle"));
  assert.equal(merge(open, { seq: 101, cards: [card("Vieille")] }).cards[2].service, "Nouvelle");
});
test("who loses a Club loses its card", () => {
  const open = merge(start, { seq: 100, cards: [card("DDT")] });
  const lost = apply(open, { seq: 101, fact: "access.lost", kind: "club", id: 2 });
  assert.deepEqual(lost.cards, {});
});

test("a fact says whom it is about", () => {
  assert.equal(personIn({ fact: "profile.changed", person: 7 }), 7);
  assert.equal(personIn({ fact: "member.changed", club: 2, member: { id: 8 } }), 8);
  assert.equal(personIn({ fact: "member.left", club: 2, person: 9 }), 9);
  assert.equal(personIn({ fact: "person.changed", person: { id: 10, name: "Nadia" } }), 10);
  assert.equal(personIn({ fact: "message.pinned", message: 11 }), undefined);
});

test("the address of the directory is read with care", () => {
  const read = (text) => directoryParams(new URLSearchParams(text));
  assert.deepEqual(read("q=halle&club=2&departement=2A&role=elu&theme=3"), {
    q: "halle",
    club: 2,
    departement: "2A",
    role: "elu",
    theme: 3,
  });
  assert.deepEqual(read("q=&club=x&departement=%3Cb%3E&role=roi&theme=-1"), {});
});
