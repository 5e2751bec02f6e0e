// The form of a resource: what its fields hold is what is sent, and what is sent comes back to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { datedOf, draftOf, emptyDraft, eurosOf, gapsOf, isResourceDraft, pathOf, wireOf } =
  await load("features/library/form");
const { firstPlan, instantOfPlan } = await load("features/library/publishing");
const { datedText, editionOf, shareText, titleOf } = await load("core/library");

const WEDNESDAY = Date.parse("2026-11-25T10:00:00+01:00");
const WEEK = 7 * 86_400_000;
const resource = (more = {}) => ({
  id: 7,
  club: 2,
  kind: "fiche_projet",
  title: "Rouvrir la halle",
  summary: "",
  nodes: [],
  licence: "cc_by",
  is_public: false,
  state: "draft",
  changed_at: 1,
  edition: 2,
  editions: [
    { number: 3, at: 3 },
    { number: 2, at: 2 },
    { number: 1, at: 1 },
  ],
  ...more,
});
const slots = [
  { at: WEDNESDAY, resources: [{ id: 9, title: "Une navette" }] },
  { at: WEDNESDAY + WEEK, resources: [] },
];
const funder = (name, amount) => ({ key: name, name, amount });

test("a resource comes out of its form as it went in", () => {
  const said = {
    kind: "fiche_projet",
    title: "Rouvrir la halle",
    licence: "cc_by",
    themes: [3],
    territories: [{ kind: "departement", code: "01" }],
    is_public: true,
    summary: "Du marché au café.",
    organisation: "Cerema",
    dated_on: "2026-03-05",
    source: "Comité de projet",
    source_link: "https://exemple.fr/comite",
    fiche: {
      cost: 412000,
      funders: [{ name: "État", amount: 165000 }, { name: "Fondation" }],
      calendar: "Mai : ouverture",
      partners: "CCI",
      lessons: "Commencer tôt.",
      post: 4,
    },
  };
  assert.deepEqual(wireOf(draftOf(resource(said))), said);
});
test("fields of a fiche are not sent of anything else", () => {
  assert.equal(wireOf({ ...draftOf(resource()), kind: "guide", cost: "12" }).fiche, undefined);
});
for (const [typed, dated] of [
  ["2026", "2026"],
  ["03/2026", "2026-03"],
  ["3/2026", "2026-03"],
  ["15/03/2026", "2026-03-15"],
  ["15.3.2026", "2026-03-15"],
  ["2026-03-15", "2026-03-15"],
  [" 2026-03 ", "2026-03"],
]) {
  test(`« ${typed} » is a date`, () => assert.equal(datedOf(typed), dated));
}
for (const typed of ["hier", "31/02/2026", "13/2026", "26", "1/2/3/2026", "", "20266"]) {
  test(`« ${typed} » is no date`, () => assert.equal(datedOf(typed), undefined));
}
test("euros are read as people write them", () => {
  assert.deepEqual(["412 000 €", "412\u202f000", "", "0", "12,50", "douze"].map(eurosOf), [
    412000,
    412000,
    0,
    0,
    undefined,
    undefined,
  ]);
});
test("a funder's row left empty is none, and the others keep their path", () => {
  const draft = {
    ...draftOf(resource({ title: "T" })),
    funders: [funder("", ""), funder("État", "mille")],
  };
  assert.deepEqual(gapsOf(draft), { "fiche.funders[0].amount": "number" });
  assert.equal(pathOf(draft, 1), "fiche.funders[0]");
});
test("there must be something to open before a resource is proposed, but of a fiche", () => {
  const draft = { ...emptyDraft(2), title: "T" };
  assert.deepEqual(gapsOf(draft), {});
  assert.deepEqual(gapsOf(draft, true), { file: "content" });
  assert.deepEqual(gapsOf({ ...draft, kind: "fiche_projet" }, true), {});
  const linked = { ...draft, brought: { file: "", name: "", link: "https://a.fr" } };
  assert.deepEqual(gapsOf(linked, true), {});
});
test("what comes from a conversation begins with the name of its file", () => {
  const draft = emptyDraft(2, { fichier: "abc", nom: "bilan_opah-2025.pdf", message: 12 });
  assert.equal(draft.title, "Bilan opah-2025");
  assert.deepEqual(draft.brought, { file: "abc", name: "bilan_opah-2025.pdf", link: "" });
  assert.equal(draft.message, 12);
});
test("what was kept is taken only in today's shape", () => {
  assert.ok(isResourceDraft(JSON.parse(JSON.stringify(emptyDraft(2)))));
  assert.ok(!isResourceDraft({ title: "" }));
  assert.ok(!isResourceDraft(null));
});

test("a fiche takes the first Wednesday that is free, at its hour", () => {
  const plan = firstPlan(resource(), slots);
  assert.deepEqual([plan.when, plan.slot, plan.time], ["wednesday", "2026-12-02", "10:00"]);
  assert.equal(instantOfPlan(plan), WEDNESDAY + WEEK);
});
test("anything else is published now", () => {
  assert.equal(instantOfPlan(firstPlan(resource({ kind: "guide" }), slots)), undefined);
});
test("what is scheduled opens where it is, on a Wednesday or another day", () => {
  const on = (publish_at) => firstPlan(resource({ publish_at }), slots);
  assert.equal(on(WEDNESDAY).slot, "2026-11-25");
  const day = 86_400_000;
  assert.deepEqual([on(WEDNESDAY + day).when, on(WEDNESDAY + day).date], ["later", "2026-11-26"]);
});
test("a date that is not said yet is no instant", () => {
  assert.ok(Number.isNaN(instantOfPlan({ when: "later", slot: "", date: "", time: "10:00" })));
});

test("the edition asked for is shown, else the one in force", () => {
  assert.deepEqual(
    [
      editionOf(resource())?.number,
      editionOf(resource(), 1)?.number,
      editionOf(resource(), 9)?.number,
    ],
    [2, 1, 2],
  );
});
test("dates, shares and titles are said as people say them", () => {
  const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");
  assert.deepEqual(["2026", "2026-03", "2026-03-01"].map(datedText), [
    "2026",
    "mars 2026",
    "1er mars 2026",
  ]);
  assert.equal(plain(shareText(165000, 412000)), "40 %");
  assert.equal(shareText(165000, undefined), "");
  assert.equal(titleOf("compte_rendu.v2.docx"), "Compte rendu.v2");
});
