// One box over everything: half-typed words, all kinds in one list, filters, the keyboard, the way back.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { channelId, complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

describe("search", { skip }, () => {
  const life = lifetime();
  let demo;
  const open = windows(() => demo);
  before(async () => {
    demo = await demonstration(life);
  });

  const box = (page) => page.locator(".search-form input");
  const hits = (page) => page.locator(".hit");
  const chip = (page, name) => page.locator(".chip", { hasText: name });
  const search = async (page, text) => {
    await page.visit("/recherche");
    await box(page).pressSequentially(text);
    await page.locator(".hits-count", { hasText: /\d/ }).waitFor();
  };

  test("half a word finds people, towns and messages in one list, each with its place", async () => {
    const page = await open(demo.chef);
    await search(page, "nant");
    const texts = (await hits(page).allInnerTexts()).join("\n");
    assert.match(texts, /Petite ville de demain · Ain/);
    assert.match(texts, /Personne · Chef de projet/);
    assert.match(texts, /Message · .* · Club PVD de l.Ain/);
    assert.ok((await page.locator(".hit mark").count()) > 0);
    assert.equal(new URL(page.url()).searchParams.get("q"), "nant");
  });

  test("the side marks where one is while words are looked for", async () => {
    const page = await open(demo.chef);
    await search(page, "nantua");
    assert.equal(await page.locator(".side [aria-current=page]").innerText(), "Rechercher");
  });

  test("a kind narrows the list, its count is kept to, and all comes back", async () => {
    const page = await open(demo.chef);
    await search(page, "nantua");
    const all = await hits(page).count();
    const told = Number(await chip(page, "Personnes").locator(".chip-count").innerText());
    await chip(page, "Personnes").click();
    await page.waitForURL(/genre=person/);
    await page.waitForFunction((n) => document.querySelectorAll(".hit").length === n, told);
    await chip(page, "Tout").click();
    await page.waitForFunction((n) => document.querySelectorAll(".hit").length === n, all);
  });

  test("a filter says how many it leaves, and can be taken off", async () => {
    const page = await open(demo.chef);
    await search(page, "nantua");
    const year = page.getByLabel("Date", { exact: true });
    const [, option] = await year.locator("option").allInnerTexts();
    const [, value, count] = /^(\d{4}) \((\d+)/.exec(option.replace(/\s/g, " "));
    await year.selectOption(value);
    await page.waitForFunction((n) => document.querySelectorAll(".hit").length === n, +count);
    await page.getByRole("button", { name: "Retirer les filtres" }).click();
    await page.waitForURL((url) => !url.searchParams.has("annee"));
  });

  test("the arrows go through the results, Enter opens, and back finds them as they were", async () => {
    const page = await open(demo.chef);
    await search(page, "logement");
    const before = await hits(page).allInnerTexts();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = await hits(page).nth(1).locator(".hit-link").getAttribute("href");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.ok(await box(page).evaluate((field) => field === document.activeElement));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/recherche");
    await page.goBack();
    await hits(page).first().waitFor();
    assert.deepEqual(await hits(page).allInnerTexts(), before);
  });

  test("the place left is the place found", async () => {
    const page = await open(demo.chef);
    await search(page, "projet");
    const scrolled = () => page.locator(".page").evaluate((element) => element.scrollTop);
    await page.locator(".page").evaluate((element) => element.scrollTo(0, 700));
    await page.waitForTimeout(100);
    await hits(page).nth(8).locator(".hit-link").click();
    await page.waitForURL((url) => url.pathname !== "/recherche");
    await page.goBack();
    await hits(page).first().waitFor();
    assert.equal(await scrolled(), 700);
  });

  test("a slash comes back to the box, unless it is being typed", async () => {
    const page = await open(demo.chef);
    await search(page, "nantua");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("/");
    assert.ok(await box(page).evaluate((field) => field === document.activeElement));
    await box(page).fill("3");
    await page.keyboard.press("/");
    assert.equal(await box(page).inputValue(), "3/");
  });

  test("one channel is searched alone, from its own page", async () => {
    const page = await open(demo.chef);
    await page.visit("/aujourdhui");
    const id = await channelId(page, "Mobilités");
    await page.visit(`/club/2/canal/${id}`);
    await page.getByRole("link", { name: "Chercher dans ce canal" }).click();
    await page.getByRole("searchbox", { name: "Rechercher dans Mobilités" }).fill("passerel");
    await hits(page).first().waitFor();
    for (const text of await hits(page).allInnerTexts()) {
      assert.match(text, /Message · Mobilités/);
    }
  });

  test("the words inside a document are found at their page", async () => {
    const page = await open(demo.chef);
    const writer = await page.context().newPage();
    await writer.setContent(
      "<h1>Convention</h1><div style='break-before:page'>Le périmètre de Quiberville.</div>",
    );
    const buffer = await writer.pdf();
    await page.visit("/aujourdhui");
    await page.visit(`/club/2/canal/${await channelId(page, "Habitat")}`);
    const file = { name: "convention.pdf", mimeType: "application/pdf", buffer };
    await page.locator("form.composer input[type=file]").setInputFiles(file);
    await page.locator(".upload", { hasText: "prêt" }).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Envoyer" }).click();
    await page.locator("[data-message]", { hasText: "convention.pdf" }).waitFor();
    await page.visit("/recherche?q=quiberville");
    const found = hits(page).filter({ hasText: "convention.pdf" });
    for (let tries = 0; tries < 40 && (await found.count()) === 0; tries++) {
      await page.waitForTimeout(500); // it is read a little after it came
      await page.visit("/recherche?q=quiberville");
      await page.locator(".hit, .empty-title").first().waitFor();
    }
    await found.getByText("page 2").waitFor();
    const link = found.getByRole("link", { name: /Ouvrir convention.pdf, page 2/ });
    assert.match(await link.getAttribute("href"), /^\/fichier\/\w{26}#page=2$/);
  });

  test("nothing found says what to try", async () => {
    const page = await open(demo.chef);
    await page.visit("/recherche?q=zzyzx");
    await page.getByText(/Rien ne correspond à «\szzyzx\s»/).waitFor();
    await page.getByText("Essayez un mot de moins").waitFor();
  });

  test("an administrator adds a synonym, and it finds at once; changed and deleted, it does no more", async () => {
    const admin = await open(demo.administrator);
    const member = await open(demo.chef);
    await admin.visit("/aujourdhui");
    await admin.getByRole("link", { name: "Synonymes" }).click();
    await admin.getByText("OPAH").first().waitFor();
    const terms = admin.getByLabel("Mots et expressions, un par ligne");
    await admin.getByRole("button", { name: "Ajouter un groupe" }).click();
    await terms.fill("carriole");
    await admin.getByRole("button", { name: "Enregistrer le groupe" }).click();
    await admin.getByText("Donnez au moins deux mots").waitFor();
    await terms.fill("carriole\nautopartage");
    await admin.getByRole("button", { name: "Enregistrer le groupe" }).click();
    await admin.getByText("Le groupe est enregistré.").waitFor();
    await member.visit("/recherche?q=carriole");
    await hits(member)
      .filter({ hasText: /Autopartage/i })
      .first()
      .waitFor();
    await admin.getByRole("searchbox", { name: "Chercher dans la liste" }).fill("carriole");
    await admin.getByRole("button", { name: "Supprimer : carriole, autopartage" }).click();
    await admin.getByRole("button", { name: "Supprimer le groupe" }).click();
    await admin.getByText("Le groupe est supprimé.").waitFor();
    await member.visit("/recherche?q=carriole");
    await member.getByText(/Rien ne correspond/).waitFor();
  });

  test("who is no administrator reads the synonyms and changes none", async () => {
    const page = await open(demo.chef);
    await page.visit("/synonymes");
    await page.getByText("OPAH").first().waitFor();
    assert.equal(
      await page.getByRole("button", { name: /Ajouter un groupe|Modifier :/ }).count(),
      0,
    );
  });

  for (const dark of [false, true]) {
    test(`on a phone the filters are a dialog, and nothing is cut off (${dark ? "dark" : "light"})`, async () => {
      const page = await open(demo.chef, { phone: true, dark });
      await search(page, "logement");
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await complaints(page), []);
      await page.getByRole("button", { name: /Filtres/ }).click();
      await page.getByRole("dialog").getByLabel("Club").waitFor();
      assert.deepEqual(await complaints(page), []);
      await page.getByRole("button", { name: "Voir les résultats" }).click();
      await page.visit("/synonymes");
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await complaints(page), []);
    });
  }
});
