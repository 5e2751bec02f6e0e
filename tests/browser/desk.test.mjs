// What organisers do with an event: its form, its registrations, who was there, the Club's figures.
import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { complaints, demonstration, open, overflow, skip } from "./browser.mjs";

const CLUB = 2;
const DAY_MS = 86_400_000;
/** In so many days, as a date field takes it. */
const inDays = (n) => new Date(Date.now() + n * DAY_MS).toISOString().slice(0, 10);

describe("desk", { skip }, () => {
  const life = lifetime();
  let demo;
  let pages;
  before(async () => {
    demo = await demonstration(life);
  });
  beforeEach(() => {
    pages = [];
  });
  afterEach(async () => {
    const problems = pages.flatMap((page) => page.problems);
    await Promise.all(pages.map((page) => page.context().close()));
    assert.deepEqual(problems, []);
  });
  const window = async (account, how) => {
    const page = await open(demo, account, how);
    pages.push(page);
    return page;
  };
  /** The same call as the page's own, for what a test only needs to be there. */
  const call = async (page, name, params) => {
    const answer = await page.context().request.post(`${page.base}/api/v1/${name}`, {
      headers: { Origin: page.base },
      data: params,
    });
    const body = await answer.json();
    assert.ok(answer.ok(), `${name}: ${JSON.stringify(body)}`);
    return body;
  };
  const nonce = () => crypto.randomUUID();
  const idOf = async (page) => Number(/evenement\/(\d+)/.exec(new URL(page.url()).pathname)[1]);
  const announce = async (page, more = {}) => {
    const starts_at = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 30 * DAY_MS;
    const { id } = await call(page, "event.create", {
      club: CLUB,
      nonce: nonce(),
      kind: "atelier",
      title: "Atelier halles et marchés",
      scope: "clubs",
      clubs: [CLUB],
      starts_at,
      ends_at: starts_at + 7_200_000,
      zone: "Europe/Paris",
      registration: "open",
      ...more,
    });
    await call(page, "event.publish", { event: id });
    return id;
  };
  const fill = async (page, title, day = 20) => {
    await page.getByLabel("Titre", { exact: true }).fill(title);
    await page.getByLabel("Date de début").fill(inDays(day));
    await page.getByLabel("Heure de début").fill("14:00");
  };
  const publish = async (page) => {
    await page.getByRole("button", { name: "Publier…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("les Annonces de 1 Club").waitFor();
    await dialog.getByRole("button", { name: "Publier l’événement" }).click();
    await page.getByText("Publié.").waitFor();
  };

  test("a séance is written, published, and its card seen by a member", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    await chef.visit(`/club/${CLUB}`);
    await animateur.visit(`/evenement/nouveau?club=${CLUB}`);
    await fill(animateur, "Séance de printemps");
    assert.equal(await animateur.getByLabel("Heure de fin").inputValue(), "16:00");
    await publish(animateur);
    const id = await idOf(animateur);
    await chef
      .getByRole("link", { name: /^Annonces/ })
      .first()
      .click();
    const card = chef.locator(`a[href="/evenement/${id}"]`).first();
    await card.waitFor();
    await card.click();
    await chef.getByRole("heading", { level: 1, name: "Séance de printemps" }).waitFor();
  });

  test("what is wrong is said beside its field, which gets the focus", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page.getByText("Indiquez une date et une heure.").first().waitFor();
    await fill(page, "Réunion");
    await page
      .getByLabel(/Lien de la visioconférence/)
      .fill("http://visio.numerique.gouv.fr/abc-defg-hij");
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page
      .getByText(/doit être une adresse web complète/)
      .first()
      .waitFor();
    const field = page.getByLabel(/Lien de la visioconférence/);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.ok(await field.evaluate((one) => one === document.activeElement));
    assert.deepEqual(await complaints(page), []);
  });

  test("what is typed survives a reload, and can be given up", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await page.getByLabel("Titre", { exact: true }).fill("À demi écrit");
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await page.getByText("Ce que vous aviez commencé à saisir a été retrouvé.").waitFor();
    assert.equal(await page.getByLabel("Titre", { exact: true }).inputValue(), "À demi écrit");
    await page.getByRole("button", { name: "Abandonner ma saisie" }).click();
    assert.equal(await page.getByLabel("Titre", { exact: true }).inputValue(), "");
  });

  test("an hour that spring skips, and one that autumn doubles, are said", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await page.getByLabel("Date de début").fill("2027-03-28");
    await page.getByLabel("Heure de début").fill("02:30");
    await page.getByText(/n’existe pas ce jour-là.*03:30/).waitFor();
    await page.getByLabel("Date de début").fill("2027-10-31");
    await page.getByText(/revient deux fois/).waitFor();
    await page.getByLabel("Ces heures sont en").selectOption({ label: "heure de La Réunion" });
    await page.getByText(/revient deux fois/).waitFor({ state: "detached" });
    await page.getByText(/à votre heure/).waitFor();
  });

  test("a draft is found again, its publication set and taken back, then thrown away", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await fill(page, "Brouillon à jeter");
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page.waitForURL(/modifier/);
    await page.visit(`/club/${CLUB}/evenements`);
    await page.getByRole("link", { name: "Brouillon à jeter", exact: true }).click();
    const plan = async (choice, verb) => {
      await page.getByRole("button", { name: "Publier…" }).click();
      await page.getByRole("dialog").getByLabel(choice).check();
      if (choice === "À une date") await page.getByLabel("Publier le").fill(inDays(10));
      await page.getByRole("dialog").getByRole("button", { name: verb }).click();
    };
    await plan("À une date", "Programmer la publication");
    await page.getByText(/il sera publié/).waitFor();
    await plan("Ne plus la programmer", "Garder le brouillon");
    await page.getByText("Brouillon : seuls les animateurs").waitFor();
    await page.getByRole("button", { name: "Supprimer le brouillon…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Supprimer le brouillon" }).click();
    await page.waitForURL(/evenements$/);
    await page.getByRole("link", { name: "Brouillon à jeter", exact: true }).waitFor({
      state: "detached",
    });
  });

  test("questions are added, moved and kept in their order", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await fill(page, "Avec des questions");
    for (const [i, label] of ["Venez-vous en train ?", "Régime alimentaire ?"].entries()) {
      await page.getByRole("button", { name: "Ajouter une question" }).click();
      await page.getByLabel("Question posée").nth(i).fill(label);
    }
    await page.getByRole("button", { name: "Monter la question 2" }).click();
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page.waitForURL(/modifier/);
    await page.getByLabel("Question posée").nth(1).waitFor();
    const labels = await page
      .getByLabel("Question posée")
      .evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(labels, ["Régime alimentaire ?", "Venez-vous en train ?"]);
  });
});
