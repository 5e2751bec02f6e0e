// Every page: without a complaint of axe-core, without an error, no wider than a phone.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { complaints, demonstration, open, overflow, skip } from "./browser.mjs";

const CLUB = 2; // of the Ain, in the demonstration
const HABITAT = 16;
const GUIDE = 6; // of two editions
const FICHE = 49; // of Nantua
const PROPOSED = 62; // for the Club's shelf, by somebody else
const MINE = 76; // proposed for the national library by the chef
const anonymous = [
  "/connexion",
  "/mot-de-passe",
  "/mot-de-passe#jeton",
  "/invitation#jeton",
  "/pages/accessibilite",
];
const member = [
  "/aujourdhui",
  "/clubs",
  `/club/${CLUB}`,
  `/club/${CLUB}/canal/${HABITAT}`,
  `/club/${CLUB}/canal/${HABITAT}?volet=details`,
  `/club/${CLUB}/canal/${HABITAT}?volet=epingles`,
  `/club/${CLUB}/membres`,
  "/agenda",
  "/agenda?vue=mois",
  "/annuaire",
  "/annuaire?q=zzyzx",
  "/personne/6",
  "/personne/999999",
  "/ressources",
  `/ressources?etagere=${CLUB}`,
  "/ressources?type=podcast&theme=1",
  `/ressource/${GUIDE}`,
  `/ressource/${GUIDE}?edition=1`,
  `/ressource/${FICHE}`,
  `/ressource/${MINE}`,
  `/ressource/${MINE}/modifier`,
  "/ressource/999999",
  `/ressource/nouvelle?etagere=${CLUB}`,
  `/ressources/revue?etagere=${CLUB}`,
  "/synonymes",
  "/recherche",
  "/recherche?q=logement",
  "/recherche?q=logement&genre=message",
  "/direct",
  "/enregistres",
  "/fils",
  "/reglages",
  "/pages/mentions-legales",
  "/nulle-part",
];
const animateur = [
  `/club/${CLUB}`,
  `/club/${CLUB}/membres`,
  `/club/${CLUB}/canaux`,
  `/ressources?etagere=${CLUB}`,
  `/ressources/revue?etagere=${CLUB}`,
  `/ressource/nouvelle?etagere=${CLUB}`,
  `/ressource/${PROPOSED}`,
  `/ressource/${PROPOSED}/modifier`,
  "/annuaire",
  "/recherche?q=nantua",
];
const administrator = [
  "/administration/personnes",
  "/synonymes",
  "/ressources",
  "/ressources/revue",
  `/ressource/${GUIDE}?edition=1`,
  `/ressource/${MINE}`,
  "/ressource/nouvelle",
  "/annuaire",
  "/recherche?q=opah",
  "/aujourdhui",
  "/pages/donnees-personnelles",
];

describe("pages", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });

  for (const [who, paths] of Object.entries({
    anonymous,
    chef: member,
    animateur,
    administrator,
  })) {
    test(`${who}: wide, light`, () => visit(who, paths, {}));
    test(`${who}: on a phone, dark`, () => visit(who, paths, { phone: true, dark: true }));
  }

  async function visit(who, paths, how) {
    const page = await open(demo, who === "anonymous" ? undefined : demo[who], how);
    for (const path of paths) {
      await page.goto("about:blank");
      await page.visit(path);
      assert.deepEqual(await complaints(page), [], path);
      assert.ok((await overflow(page)) <= 0, `${path} is too wide`);
      const links = await page.locator('a[href="/pages/mentions-legales"]').count();
      assert.ok(links > 0, `${path} has no link to the legal pages`);
    }
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }

  test("dialogs hold without a complaint", async () => {
    const page = await open(demo, demo.animateur);
    for (const [path, name] of [
      [`/club/${CLUB}/membres`, "Inviter"],
      [`/club/${CLUB}/canaux`, "Ajouter un canal"],
      ["/direct", "Nouvelle conversation"],
    ]) {
      await page.visit(path);
      await page.getByRole("button", { name }).first().click();
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await complaints(page), [], path);
    }
    await page.context().close();
  });

  test("high contrast holds without a complaint", async () => {
    const page = await open(demo, demo.chef);
    await page.visit("/reglages");
    await page.getByLabel("Contraste élevé").check();
    await page.visit(`/club/${CLUB}/canal/${HABITAT}`);
    assert.deepEqual(await complaints(page), []);
    await page.context().close();
  });

  test("nothing is asked of another site", async () => {
    const page = await open(demo, demo.chef);
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(demo.server.url) && !request.url().startsWith("blob:"))
        foreign.push(request.url());
    });
    const paths = ["/aujourdhui", `/club/${CLUB}/canal/${HABITAT}`, "/reglages", "/ressources"];
    for (const path of [...paths, "/ressource/8", "/annuaire", "/recherche?q=opah"])
      await page.visit(path);
    assert.deepEqual(foreign, []);
    await page.context().close();
  });
});
