// Finding a colleague, what each decides to show, whom to ask at the préfecture.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

const CLUB = 2;
const MINE = "Chef de projet, Nantua et Montréal-la-Cluse"; // the account « chef »
const PHONE = "04 65 71 01 01";

describe("people", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });
  const window = windows(() => demo);
  const person = (page, name) => page.locator("li", { has: page.getByRole("link", { name }) });
  const found = (page, text) => page.getByRole("status").getByText(text).waitFor();
  const save = async (page) => {
    await page.getByRole("button", { name: "Enregistrer mon profil" }).click();
    await page.getByText("Votre profil est enregistré.").first().waitFor();
  };

  test("a colleague is found by theme and département, and written to", async () => {
    const page = await window(demo.chef);
    await page.visit("/annuaire");
    await page
      .getByLabel("Thème", { exact: true })
      .selectOption({ label: "Patrimoine et culture (4)" });
    await found(page, "4 personnes");
    await page.getByLabel("Département").selectOption({ label: "Ain (01) (3)" });
    await found(page, "3 personnes");
    const card = person(page, "Architecte-conseil, CAUE de l'Ain");
    await card.getByText("Lire un bourg").waitFor();
    await card.getByRole("button", { name: "Écrire à Architecte-conseil" }).click();
    await page.waitForURL(/\/direct\/\d+$/);
    await page.getByRole("heading", { level: 1, name: "Architecte-conseil" }).waitFor();
  });

  test("words are looked for without accents, and the address keeps what was asked", async () => {
    const page = await window(demo.chef);
    await page.visit("/annuaire");
    await page.getByRole("searchbox").first().fill("OPAH belley");
    await page.getByRole("searchbox").first().press("Enter");
    await found(page, "1 personne");
    await page.reload();
    await page.getByRole("link", { name: "Chef de projet, Belley", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Chef de projet, Belley" }).waitFor();
    await page.getByRole("link", { name: "cp-belley@demo.example" }).waitFor();
    await page.getByRole("link", { name: "Patrimoine et culture" }).last().click();
    await page.waitForURL(/\/annuaire\?theme=4$/);
  });

  test("a telephone that is hidden is gone for others, on the page they have open", async () => {
    const other = await window(demo.animateur);
    await other.visit("/annuaire?q=nantua");
    await other.getByRole("link", { name: MINE, exact: true }).click();
    await other.getByRole("link", { name: PHONE }).waitFor();
    const page = await window(demo.chef);
    await page.visit("/reglages");
    const preview = page.locator(".preview");
    await preview.getByText(PHONE).waitFor();
    await page.getByLabel("Montrer mon téléphone").uncheck();
    await preview.getByText(PHONE).waitFor({ state: "detached" });
    await page.getByLabel("Je peux aider sur…").fill("Trouver un repreneur de boulangerie");
    await save(page);
    await other.getByRole("link", { name: PHONE }).waitFor({ state: "detached" });
    await other.getByText("Trouver un repreneur de boulangerie").waitFor();
    await page.getByLabel("Montrer mon téléphone").check();
    await save(page);
    await other.getByRole("link", { name: PHONE }).waitFor();
  });

  test("what is no number is said beside the form, and nothing is lost", async () => {
    const page = await window(demo.chef);
    await page.visit("/reglages");
    await page.getByLabel("Téléphone", { exact: false }).first().fill("demandez-moi");
    await page.getByRole("button", { name: "Enregistrer mon profil" }).click();
    await page.getByRole("alert").getByText("numéro de téléphone").waitFor();
    assert.equal(await page.getByLabel("Téléphone").first().inputValue(), "demandez-moi");
  });

  test("the contact card is edited by an animateur and seen at once by a member", async () => {
    const member = await window(demo.chef);
    await member.visit(`/club/${CLUB}`);
    await member.getByRole("link", { name: "04 65 71 03 00" }).waitFor();
    assert.equal(await member.getByRole("button", { name: "Modifier la fiche" }).count(), 0);
    const page = await window(demo.animateur);
    await page.visit(`/club/${CLUB}`);
    await page.getByRole("button", { name: "Modifier la fiche contact" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Téléphone").first().fill("04 65 71 99 99");
    await dialog.getByRole("button", { name: "Ajouter une personne" }).click();
    const third = dialog.getByRole("group", { name: "Personne 3" });
    await third.getByLabel("Prénom et nom").fill("Standard de la préfecture");
    assert.deepEqual(await complaints(page), []);
    await dialog.getByRole("button", { name: "Enregistrer la fiche" }).click();
    await member.getByRole("link", { name: "04 65 71 99 99" }).waitFor();
    await member.getByText("Standard de la préfecture").waitFor();
  });

  test("a name in a conversation leads to its person", async () => {
    const page = await window(demo.chef);
    await page.visit(`/club/${CLUB}/canal/16`);
    await page.locator("a.message-author", { hasText: "ALEC" }).first().click();
    await page.getByRole("heading", { level: 1, name: /ALEC/ }).waitFor();
  });

  test("filters wait in a dialog on a phone, and the keyboard goes through them", async () => {
    const page = await window(demo.chef, { phone: true });
    await page.visit("/annuaire");
    await page.getByRole("button", { name: "Filtres" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Fonction").selectOption("elu");
    await dialog.getByRole("button", { name: "Voir 3 personnes" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Filtres (1)" }).waitFor();
    assert.equal(await page.locator(".people > li").count(), 3);
  });

  test("who cannot be seen is said like who is not there", async () => {
    const page = await window(demo.chef);
    await page.visit("/personne/999999");
    await page.getByText("Cette personne n’est pas visible d’ici").waitFor();
    assert.deepEqual(await complaints(page), []);
  });

  for (const how of [{}, { dark: true }, { phone: true }, { phone: true, dark: true }]) {
    test(`pages hold without a complaint: ${JSON.stringify(how)}`, async () => {
      const page = await window(demo.chef, how);
      await page.visit("/annuaire?theme=3");
      for (const path of ["/annuaire?theme=3", "person", "/reglages", `/club/${CLUB}`]) {
        if (path === "person") await page.locator(".person-name a").first().click();
        else await page.visit(path);
        await page.waitForFunction(() => !document.querySelector(".loading"));
        assert.deepEqual(await complaints(page), [], path);
        assert.ok((await overflow(page)) <= 0, `${path} is too wide`);
      }
    });
  }
});
