// Coming in and going out, running a Club, running accounts.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { complaints, demonstration, skip, windows } from "./browser.mjs";

const CLUB = 2;
const PASSWORD = "quatre petits chats gris sur un mur";

describe("manage", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });
  const window = windows(() => demo);
  const logIn = async (page, { email, password }) => {
    await page.getByLabel("Adresse électronique").fill(email);
    await page.getByLabel("Mot de passe", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Se connecter" }).click();
  };
  const invite = async (page, email, name, role) => {
    await page.visit(`/club/${CLUB}/membres`);
    await page.getByRole("button", { name: "Inviter", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Adresse électronique").fill(email);
    await dialog.getByLabel("Prénom et nom").fill(name);
    await dialog.getByLabel("Rôle").selectOption({ label: role });
    await dialog.getByRole("button", { name: "Envoyer l’invitation" }).click();
    return dialog.getByLabel("Lien d’invitation").inputValue();
  };

  test("a wrong password is said kindly, the right one opens the page that was asked for", async () => {
    const page = await window();
    await page.visit(`/club/${CLUB}/membres`);
    await logIn(page, { ...demo.chef, password: "pas le bon du tout" });
    await page
      .getByRole("alert")
      .getByText(/inexact/)
      .waitFor();
    await logIn(page, demo.chef);
    await page.getByRole("heading", { level: 1, name: "Membres" }).waitFor({ timeout: 20_000 });
  });

  test("logging out leaves nothing in the browser", async () => {
    const page = await window(demo.chef);
    await page.visit("/aujourdhui");
    await page.getByRole("button", { name: /Mon compte/ }).click();
    await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
    await page.getByRole("heading", { name: "Connexion" }).waitFor();
    const kept = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => !/theme|folded/.test(key)),
    );
    assert.deepEqual(kept, []);
    await page.goto(`${page.base}/reglages`);
    await page.getByRole("heading", { name: "Connexion" }).waitFor();
  });

  test("an invitation is sent, copied, looked at twice and accepted", async () => {
    const animateur = await window(demo.animateur);
    const link = await invite(animateur, "maire@vonnas.exemple.fr", "Claire Rivoire", "Élu");
    const guest = await window();
    for (let i = 0; i < 2; i++) {
      await guest.goto("about:blank");
      await guest.goto(link);
      await guest.getByRole("heading", { name: "Bienvenue, Claire Rivoire" }).waitFor();
    }
    assert.deepEqual(await complaints(guest), []);
    await guest.getByLabel("Mot de passe", { exact: true }).fill("court");
    await guest.getByRole("button", { name: "Entrer dans le Club" }).click();
    await guest.getByRole("alert").waitFor();
    await guest.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
    await guest.getByRole("button", { name: "Entrer dans le Club" }).click();
    await guest
      .getByRole("link", { name: "Club PVD de l'Ain", exact: true })
      .waitFor({ timeout: 20_000 });
    await animateur.keyboard.press("Escape");
    await animateur.getByLabel("Chercher un membre").fill("Rivoire");
    await animateur.getByRole("button", { name: "Actions sur Claire Rivoire" }).waitFor();
  });

  test("one removed from the Club loses it at once", async () => {
    const animateur = await window(demo.animateur);
    const link = await invite(animateur, "agent@belley.exemple.fr", "Agnès Moiroud", "Lecteur");
    const guest = await window();
    await guest.goto(link);
    await guest.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
    await guest.getByRole("button", { name: "Entrer dans le Club" }).click();
    await guest
      .getByRole("link", { name: "Club PVD de l'Ain", exact: true })
      .waitFor({ timeout: 20_000 });
    await animateur.keyboard.press("Escape");
    await animateur.getByLabel("Chercher un membre").fill("Moiroud");
    await animateur.getByRole("button", { name: "Actions sur Agnès Moiroud" }).click();
    await animateur.getByRole("menuitem", { name: "Retirer du Club" }).click();
    await animateur.getByRole("button", { name: "Retirer du Club" }).last().click();
    await guest
      .getByRole("link", { name: "Club PVD de l'Ain", exact: true })
      .waitFor({ state: "detached", timeout: 5_000 });
  });

  test("an invitation that is revoked opens nothing", async () => {
    const animateur = await window(demo.animateur);
    const link = await invite(animateur, "nul@exemple.fr", "Personne Encore", "Partenaire");
    await animateur.visit(`/club/${CLUB}/membres`);
    await animateur.getByRole("button", { name: "Annuler : Personne Encore" }).click();
    await animateur.getByText("Personne Encore").waitFor({ state: "detached" });
    const guest = await window();
    await guest.goto(link);
    await guest.getByText(/a déjà servi, a expiré ou a été annulé/).waitFor();
  });

  test("a channel is added, renamed, moved and archived; others see it at once", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    await animateur.visit(`/club/${CLUB}/canaux`);
    await chef.visit("/aujourdhui");
    const side = chef.getByRole("navigation", { name: "Navigation principale" });
    await animateur.getByRole("button", { name: "Ajouter un canal" }).click();
    await animateur.getByRole("dialog").getByLabel("Nom").fill("Marchés de plein vent");
    await animateur.getByRole("button", { name: "Créer le canal" }).click();
    await side.getByRole("link", { name: "Marchés de plein vent" }).waitFor();
    const menu = async (name, item) => {
      await animateur.getByRole("button", { name: `Autres actions : ${name}` }).click();
      await animateur.getByRole("menuitem", { name: item, exact: true }).click();
    };
    await menu("Marchés de plein vent", "Modifier");
    await animateur.getByRole("dialog").getByLabel("Nom").fill("Marchés");
    await animateur.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
    await side.getByRole("link", { name: "Marchés", exact: true }).waitFor();
    await menu("Marchés", "Monter");
    await menu("Marchés", "Archiver");
    await animateur.getByRole("button", { name: "Archiver le canal" }).click();
    await side.getByRole("link", { name: "Marchés", exact: true }).waitFor({ state: "detached" });
  });

  test("a session closed from elsewhere ends within a second", async () => {
    const [here, there] = [await window(demo.chef), await window(demo.chef, { phone: true })];
    await there.visit("/aujourdhui");
    await here.visit("/reglages");
    const other = here.locator("li", { hasText: "vue le" }).filter({ hasNotText: "cette session" });
    await other
      .first()
      .getByRole("button", { name: /Fermer la session/ })
      .click();
    const ended = there.getByText("Votre session est terminée.");
    await ended.waitFor({ timeout: 5_000 });
  });

  test("a name is changed for everybody", async () => {
    const [chef, animateur] = [await window(demo.chef), await window(demo.animateur)];
    await chef.visit("/reglages");
    await animateur.visit(`/club/${CLUB}/membres`);
    const field = chef.getByLabel("Prénom et nom");
    const before = await field.inputValue();
    await field.fill("Nadia Belkacem (fictive)");
    await chef.getByRole("button", { name: "Enregistrer le nom" }).click();
    await chef.getByText("Votre nom est enregistré.").waitFor();
    await animateur.visit(`/club/${CLUB}/membres`);
    await animateur.getByText("Nadia Belkacem (fictive)").first().waitFor();
    await field.fill(before);
    await chef.getByRole("button", { name: "Enregistrer le nom" }).click();
  });

  test("a search shows what it found, and only where one may read", async () => {
    const page = await window(demo.chef);
    await page.visit("/recherche?q=elu");
    await page.locator("mark").first().waitFor();
    const marked = await page.locator("mark").allTextContents();
    assert.ok(
      marked.some((text) => /élu/i.test(text)),
      marked.join(),
    );
    await page.getByLabel("Club", { exact: true }).selectOption("2");
    await page.waitForURL(/club=2/);
    await page.getByRole("listitem").first().waitFor();
  });

  test("my data comes as a file", async () => {
    const page = await window(demo.chef);
    await page.visit("/reglages");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Télécharger mes données" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^beffroi-\d+-.*\.json$/);
  });

  test("an administrator suspends somebody, who is out, and brings them back", async () => {
    const [administrator, chef] = [await window(demo.administrator), await window(demo.chef)];
    await chef.visit("/aujourdhui");
    await administrator.visit("/administration/personnes");
    await administrator.getByLabel(/Nom ou adresse/).fill("nantua@");
    const act = async (name) => {
      await administrator
        .getByRole("button", { name: /Actions sur Chef de projet, Nantua/ })
        .click();
      await administrator.getByRole("menuitem", { name }).click();
    };
    await act("Suspendre");
    await administrator.getByRole("button", { name: "Suspendre le compte" }).click();
    await chef.getByRole("heading", { name: "Connexion" }).waitFor({ timeout: 5_000 });
    await administrator.getByText("Suspendu", { exact: true }).waitFor();
    await act("Mettre fin à la suspension");
    await logIn(chef, demo.chef);
    await chef
      .getByRole("link", { name: "Club PVD de l'Ain", exact: true })
      .waitFor({ timeout: 20_000 });
  });

  test("what erasing would take is counted before", async () => {
    const page = await window(demo.administrator);
    await page.visit("/administration/personnes");
    await page.getByLabel(/Nom ou adresse/).fill("belley");
    await page.getByRole("button", { name: /Actions sur Chef de projet, Belley/ }).click();
    await page.getByRole("menuitem", { name: "Effacer" }).click();
    await page
      .getByRole("dialog")
      .getByText(/messages? dans \d+ lieu/)
      .waitFor();
    assert.deepEqual(await complaints(page), []);
  });

  test("an administrator writes a legal page, a visitor reads it", async () => {
    const page = await window(demo.administrator);
    await page.visit("/pages/accessibilite");
    await page.getByRole("button", { name: "Modifier cette page" }).click();
    await page.getByLabel("Texte (Markdown)").fill("# Déclaration\n\nConformité **partielle**.");
    await page.getByRole("button", { name: "Publier la page" }).click();
    const visitor = await window();
    await visitor.visit("/pages/accessibilite");
    await visitor.getByRole("heading", { level: 2, name: "Déclaration" }).waitFor();
    assert.deepEqual(await complaints(visitor), []);
  });

  test("a direct conversation is opened from the members", async () => {
    const page = await window(demo.chef);
    await page.visit(`/club/${CLUB}/membres`);
    await page.getByLabel("Chercher un membre").fill("Belley");
    await page.getByRole("button", { name: /^Écrire : Chef de projet, Belley/ }).click();
    await page.waitForURL(/\/direct\/\d+/);
    await page.getByRole("heading", { level: 1, name: /Belley/ }).waitFor();
  });
});
