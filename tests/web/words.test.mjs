// Addresses, dates, names, spacing, mentions, what waits to be sent.
process.env.TZ = "Europe/Paris";

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { backoffMs } = await load("core/rpc");
const { briefOf, dayOf, fullOf, startOfDay } = await load("core/dates");
const { callBy, toField, toWire } = await load("core/mentions");
const { functionBeside, initials } = await load("core/names");
const { itemsOf } = await load("features/conversation/items");
const { mentionAt } = await load("features/conversation/words");
const { nextToSend, parseOutgoing } = await load("core/outgoing");
const { parseRoute, hrefOf } = await load("core/router");
const { t } = await load("core/strings");
const { find, synonyms } = await load("core/strings/find");
const { lib } = await load("core/strings/library");
const { typeset } = await load("core/typeset");

const at = (text) => new Date(text).getTime();

test("each address leads back to itself", () => {
  const addresses = [
    "/aujourdhui",
    "/club/2",
    "/ressources",
    "/ressources?etagere=2&type=guide&theme=3&territoire=departement&code=01&lieu=Ain",
    "/ressource/7",
    "/ressource/7?edition=2",
    "/ressource/7/modifier",
    "/ressource/nouvelle?etagere=2&fichier=abc&nom=bilan.pdf&message=12",
    "/ressources/revue?etagere=2",
    "/club/2/membres",
    "/club/2/canaux",
    "/club/2/canal/16",
    "/club/2/canal/16?message=8&fil=7",
    "/club/2/canal/16?volet=details",
    "/direct",
    "/direct/30",
    "/message/12",
    "/recherche?q=l%27habitat&club=2&apres=2026-01-31&tri=pertinence",
    "/agenda",
    "/agenda?vue=mois&mois=2026-12",
    "/agenda?passes=2025&club=2&theme=5&type=atelier&miens=oui",
    "/evenement/7",
    "/evenement/nouveau?club=2",
    "/evenement/7/modifier",
    "/evenement/7/inscriptions",
    "/evenement/7/presence",
    "/club/2/evenements",
    "/enregistres",
    "/fils",
    "/reglages",
    "/administration/personnes",
    "/pages/accessibilite",
    "/mot-de-passe",
    "/connexion",
  ];
  for (const address of addresses) {
    const url = new URL(address, "http://localhost");
    assert.equal(
      hrefOf(parseRoute(url.pathname, url.search)),
      url.pathname + url.search.replaceAll("%27", "%27"),
    );
  }
});
test("an unknown address is said to be so", () => {
  for (const path of ["/club/x", "/pages/secret", "/club/2/canal", "//evil.example"]) {
    assert.equal(parseRoute(path).page, "lost", path);
  }
});
test("the token of an invitation is read from the fragment only", () => {
  assert.deepEqual(parseRoute("/invitation", "", "#abc"), { page: "invitation", token: "abc" });
  assert.deepEqual(parseRoute("/invitation", "?token=abc", ""), { page: "invitation", token: "" });
});
test("near days are said in words", () => {
  const now = at("2026-11-22T09:00:00+01:00");
  assert.equal(dayOf(at("2026-11-22T00:10:00+01:00"), now), "Aujourd’hui");
  assert.equal(dayOf(at("2026-11-21T23:50:00+01:00"), now), "Hier");
  assert.equal(dayOf(at("2026-11-03T12:00:00+01:00"), now), "mardi 3 novembre");
  assert.equal(dayOf(at("2025-10-01T12:00:00+02:00"), now), "mercredi 1er octobre 2025");
});
test("a day counts by the calendar, across the change of hour", () => {
  assert.equal(dayOf(at("2026-10-24T23:30:00+02:00"), at("2026-10-25T23:30:00+01:00")), "Hier");
});
test("brief times", () => {
  const now = at("2026-11-22T15:00:00+01:00");
  assert.equal(briefOf(at("2026-11-22T14:05:00+01:00"), now), "14:05");
  assert.equal(briefOf(at("2026-11-21T14:05:00+01:00"), now), "hier");
  assert.equal(briefOf(at("2026-11-01T14:05:00+01:00"), now), "1er nov.");
});
test("full times have the day, the year and 24 hours", () => {
  assert.equal(fullOf(at("2026-11-03T20:05:00+01:00")), "mardi 3 novembre 2026 à 20:05");
});
test("the start of a day is the reader's", () => {
  assert.equal(startOfDay("2026-07-14"), at("2026-07-14T00:00:00+02:00"));
  assert.equal(startOfDay("demain"), undefined);
});
test("who is told of an event is said by name where it is one Club", () => {
  assert.match(t.eventForm.rings(["Club national"]), /Annonces du Club national.*ses membres/);
  assert.match(t.eventForm.rings(["a", "b"]), /Annonces de 2 Clubs.*leurs membres/);
});
test("French spacing", () => {
  assert.equal(
    typeset("Qui ? « Vous » : l'animateur !"),
    "Qui\u202f? «\u00a0Vous\u00a0»\u00a0: l’animateur\u202f!",
  );
});
test("a name is shown as it was given, amid words of ours", () => {
  assert.equal(t.event.openTo("Club PVD de l'Ain"), "Ouvert à\u00a0: Club PVD de l'Ain");
  assert.equal(
    t.eventForm.rings(["Club PVD de l'Ain"]),
    "Une carte paraîtra dans les Annonces du Club PVD de l'Ain, " +
      "et l’événement dans l’agenda de ses membres.",
  );
});
test("no string of the interface breaks a line before its punctuation", () => {
  const walk = (value, path) => {
    if (typeof value === "string") {
      assert.doesNotMatch(value, / [:;!?»]|« |'/, path);
    } else if (value && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    }
  };
  walk({ t, find, synonyms, lib }, "words");
  assert.match(find.none("élu"), /«\u00a0élu\u00a0»/);
});
test("a search is read from its address as it was written there", () => {
  const query = {
    q: "opah",
    genre: "resource",
    type: "guide",
    theme: 3,
    annee: 2026,
    tri: "recent",
  };
  const place = { territoire: "town", code: "01269", club: 2 };
  const route = { page: "search", query: { ...query, ...place } };
  const url = new URL(hrefOf(route), "https://exemple.fr");
  assert.deepEqual(parseRoute(url.pathname, url.search), route);
});
test("what is no filter is not taken for one from an address", () => {
  const { query } = parseRoute("/recherche", "?q=a&genre=x&type=A!&territoire=lune&code=1&tri=x");
  assert.deepEqual(query, { q: "a" });
});
test("initials skip small words", () => {
  assert.equal(initials("Anne-Marie Le Goff"), "AL");
  assert.equal(initials("Chef de projet, Nantua"), "CN");
  assert.equal(initials("Élise"), "É");
});
test("a function that repeats the name is left out", () => {
  assert.equal(
    functionBeside({ name: "Chef de projet, Belley", function: "Chef de projet · Belley" }),
    undefined,
  );
  assert.equal(functionBeside({ name: "Julien", function: "Élu" }), "Élu");
});
test("a mention is a name in the field and a number on the wire", () => {
  const names = new Map();
  const people = { 3: { id: 3, name: "Julien Morel" }, 4: { id: 4, name: "Julien" } };
  const field = toField("Merci @[3] et @[4], @[9] aussi.", people, names);
  assert.equal(field, "Merci @Julien Morel et @Julien, @[9] aussi.");
  assert.equal(toWire(field, names), "Merci @[3] et @[4], @[9] aussi.");
});
test("two people of one name stay two", () => {
  const names = new Map();
  assert.equal(callBy({ id: 3, name: "Julien" }, names), "@Julien");
  assert.equal(callBy({ id: 5, name: "Julien" }, names), undefined);
});
test("the word after @ is looked for, not an address", () => {
  assert.deepEqual(mentionAt("Merci @jul", 10), { start: 6, query: "jul" });
  assert.deepEqual(mentionAt("@Chef de projet, Nan", 20), {
    start: 0,
    query: "Chef de projet, Nan",
  });
  assert.equal(mentionAt("nadia@exemple", 13), undefined);
});
test("what waits is sent in the order it was written", () => {
  const items = [
    { nonce: "a", status: "failed" },
    { nonce: "b", status: "waiting" },
    { nonce: "c", status: "waiting" },
  ];
  assert.equal(nextToSend(items).nonce, "b");
});
test("what is kept in the browser is read back, and rubbish is not", () => {
  const kept = { nonce: "n", person: 1, channel: 2, body: "oui", at: 5, status: "waiting" };
  assert.deepEqual(parseOutgoing(JSON.stringify(kept)), kept);
  assert.equal(parseOutgoing("{"), undefined);
  assert.equal(parseOutgoing('{"nonce":"n"}'), undefined);
});
test("waits between two tries double, up to half a minute", () => {
  assert.deepEqual(
    [backoffMs(0, 0), backoffMs(0, 1), backoffMs(3, 1), backoffMs(20, 1)],
    [250, 500, 4000, 30000],
  );
});
test("messages of one author within five minutes are one block", () => {
  const message = (id, minute, author = 2) => ({
    id,
    author: { id: author, function: "" },
    at: minute * 60_000,
  });
  const items = itemsOf([message(1, 0), message(2, 4), message(3, 10), message(4, 11, 3)], 0, 1);
  assert.deepEqual(
    items.map((item) => (item.kind === "message" ? item.first : item.kind)),
    ["day", true, false, true, true],
  );
});
test("the unread line stands before the first unread message of another", () => {
  const message = (id, author) => ({ id, author: { id: author, function: "" }, at: id * 1_000 });
  const items = itemsOf([message(1, 2), message(2, 1), message(3, 2)], 1, 1);
  assert.deepEqual(
    items.map((item) => item.key),
    ["day-1", "1", "2", "unread", "3"],
  );
});
