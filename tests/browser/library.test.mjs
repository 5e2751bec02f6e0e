// The library: from a proposal to the shelf, editions and links, filters, a fiche on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

const CLUB = 2;
const BYTES = Buffer.from("Douze logements remis en location.\n");
const LINK = "https://www.cerema.fr/guide-ilot.pdf";

describe("library", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });
  const window = windows(() => demo);
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
  const draft = async (page, more = {}) => {
    const { id } = await call(page, "resource.create", {
      club: CLUB,
      nonce: nonce(),
      kind: "guide",
      title: "Réhabiliter un îlot dégradé",
      licence: "lo_2_0",
      ...(more.kind === "fiche_projet" ? {} : { link: LINK }),
      ...more,
    });
    return id;
  };
  const published = async (page, more) => {
    const id = await draft(page, more);
    await call(page, "resource.publish", { resource: id });
    return id;
  };
  const territory = async (page, query) =>
    (await call(page, "territory.find", { query })).territories[0];
  const idOf = (page) => Number(/ressource\/(\d+)/.exec(new URL(page.url()).pathname)[1]);
  const lines = (page) => page.locator(".resource-title").allInnerTexts();

  test("a fiche is proposed, sent back with a remark, proposed again, planned and published", async () => {
    const [chef, animateur] = [await window(demo.chef), await window(demo.animateur)];
    await animateur.visit(`/ressources/revue?etagere=${CLUB}`);
    await chef.visit(`/ressources?etagere=${CLUB}`);
    await chef.getByRole("link", { name: "Proposer une ressource" }).click();
    await chef.getByLabel("Type de ressource").selectOption("fiche_projet");
    await chef.getByLabel("Titre", { exact: true }).fill("Une navette le jeudi");
    await chef.getByRole("button", { name: "Proposer", exact: true }).click();
    await chef.getByText("La ressource est proposée.").waitFor();
    await chef.waitForURL(/ressource\/\d+$/);
    const id = idOf(chef);

    await animateur
      .getByRole("button", { name: "Demander des changements : Une navette le jeudi" })
      .click();
    const asking = animateur.getByRole("dialog");
    await asking.getByRole("button", { name: "Envoyer la demande" }).click();
    await asking.getByText("Dites ce qu’il faut changer.").waitFor();
    await asking.getByLabel("Ce qu’il faut changer").fill("Quel est le coût par trajet ?");
    await asking.getByRole("button", { name: "Envoyer la demande" }).click();
    await animateur
      .getByRole("button", { name: "Publier… Une navette le jeudi" })
      .waitFor({ state: "detached" });

    await chef.getByText("Quel est le coût par trajet ?").waitFor();
    await chef.visit("/aujourdhui");
    await chef
      .getByRole("link", { name: /Des changements vous sont demandés.*Une navette/ })
      .click();
    await chef.getByRole("link", { name: "Modifier" }).click();
    await chef.getByLabel(/Coût du projet/).fill("18 500 €");
    await chef.getByRole("button", { name: "Proposer", exact: true }).click();
    await chef.getByText("La ressource est proposée.").waitFor();
    assert.equal((await call(chef, "resource.get", { resource: id })).resource.fiche.cost, 18500);

    await animateur.getByRole("button", { name: "Publier… Une navette le jeudi" }).click();
    const publishing = animateur.getByRole("dialog");
    assert.ok(await publishing.getByLabel("Un mercredi à venir").isChecked());
    await publishing
      .getByText(/rien de prévu/)
      .last()
      .click();
    await publishing.getByRole("button", { name: "Programmer la publication" }).click();
    await animateur.locator(".slot", { hasText: "Une navette le jeudi" }).waitFor();
    const { resource } = await call(animateur, "resource.get", { resource: id });
    const paris = { timeZone: "Europe/Paris", weekday: "long" };
    assert.equal(new Date(resource.publish_at).toLocaleDateString("fr-FR", paris), "mercredi");

    await animateur.getByRole("button", { name: "Déplacer… Une navette le jeudi" }).click();
    await animateur.getByRole("dialog").getByLabel("Maintenant").check();
    await animateur.getByRole("dialog").getByRole("button", { name: "Publier" }).click();
    await animateur.getByText("La ressource est publiée.").waitFor();
    await chef
      .getByRole("navigation", { name: "Navigation principale" })
      .getByRole("link", { name: /^Annonces/ })
      .first()
      .click();
    await chef
      .locator(".event-card", { hasText: "Une navette le jeudi" })
      .getByRole("link")
      .click();
    await chef.getByRole("heading", { level: 1, name: "Une navette le jeudi" }).waitFor();
  });

  test("a new edition takes over, and a link to the old one says which is in force", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    const id = await published(animateur);
    await chef.visit(`/ressource/${id}?edition=1`);
    assert.equal(await chef.getByText(/n’est plus en vigueur/).count(), 0);
    await animateur.visit(`/ressource/${id}`);
    await animateur.getByRole("button", { name: "Nouvelle édition" }).click();
    const dialog = animateur.getByRole("dialog");
    await dialog.getByLabel(/Ce qui change/).fill("Aides de 2026");
    await dialog.getByLabel(/^Ou un lien/).fill("https://www.cerema.fr/guide-2026.pdf");
    await dialog.getByRole("button", { name: "Ajouter l’édition" }).click();
    await animateur.getByText("La nouvelle édition est en vigueur.").waitFor();
    await chef.getByText("Vous lisez l’édition 1, qui n’est plus en vigueur.").waitFor();
    assert.equal(await chef.locator(".content-link").getAttribute("href"), LINK);
    await chef.getByRole("link", { name: "Lire l’édition en vigueur (édition 2)" }).click();
    await chef.locator('.content-link[href="https://www.cerema.fr/guide-2026.pdf"]').waitFor();
    await chef.getByRole("link", { name: "Édition 1", exact: true }).click();
    await chef.getByText(/n’est plus en vigueur/).waitFor();
    assert.deepEqual(await complaints(chef), []);
  });

  test("filters keep kind, theme and territory, and their place stays in sight", async () => {
    const page = await window(demo.animateur);
    const nantua = await territory(page, "nantua");
    const { themes } = await call(page, "theme.list", {});
    await published(page, { title: "Filtre A", kind: "modele", themes: [themes[0].id] });
    await published(page, { title: "Filtre B", kind: "modele", territories: [nantua] });
    await published(page, { title: "Filtre C", kind: "replay", themes: [themes[0].id] });
    await page.visit(`/ressources?etagere=${CLUB}`);
    await page.getByText("Filtres", { exact: true }).click();
    await page.getByRole("combobox", { name: "Type", exact: true }).selectOption("modele");
    await page.getByText("Filtre C").waitFor({ state: "detached" });
    assert.deepEqual((await lines(page)).filter((one) => /^Filtre/.test(one)).sort(), [
      "Filtre A",
      "Filtre B",
    ]);
    await page.getByLabel("Territoire").fill("nant");
    await page
      .getByRole("button", { name: new RegExp(`^Ajouter ${nantua.name}`) })
      .first()
      .click();
    await page.getByText("Filtre A").waitFor({ state: "detached" });
    await page.reload();
    await page.getByText("Filtre B").waitFor();
    const chosen = page.getByRole("button", { name: `Retirer le territoire ${nantua.name}` });
    assert.ok(await chosen.isVisible());
    assert.deepEqual(await complaints(page), []);
    await page.getByRole("button", { name: "Retirer les filtres" }).click();
    await page.getByText("Filtre C").waitFor();
  });

  test("a Club's own and the national library are told apart, and the place is named", async () => {
    const [chef, administrator] = [await window(demo.chef), await window(demo.administrator)];
    await published(administrator, { club: 1, title: "Cadre national d’évaluation" });
    await chef.visit(`/ressources?etagere=${CLUB}`);
    const national = chef.getByRole("region", { name: "Bibliothèque nationale" });
    await national.getByText("Cadre national d’évaluation").waitFor();
    const own = chef.getByRole("region", { name: "Étagère du Club PVD de l'Ain" });
    assert.equal(await own.getByText("Cadre national d’évaluation").count(), 0);
    await chef
      .getByRole("navigation", { name: "Étagère" })
      .getByRole("link", { name: "Bibliothèque nationale" })
      .click();
    await own.waitFor({ state: "detached" });
    await national.getByText("Cadre national d’évaluation").waitFor();
  });

  test("a long shelf comes page by page", async () => {
    const page = await window(demo.chef);
    await page.visit("/ressources");
    const shown = page
      .getByRole("region", { name: "Bibliothèque nationale" })
      .locator(".resource-line");
    await shown.first().waitFor();
    const first = await shown.count();
    await page.getByRole("button", { name: /^Afficher la suite/ }).click();
    await page.waitForFunction(
      (n) => document.querySelectorAll(".resource-line").length > n,
      first,
    );
    const hrefs = await shown.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.equal(new Set(hrefs).size, hrefs.length);
  });

  test("what is typed survives a reload, and what is missing is said beside its field", async () => {
    const page = await window(demo.chef);
    await page.visit(`/ressource/nouvelle?etagere=${CLUB}`);
    await page.getByLabel("Date du document").fill("le printemps");
    await page.getByRole("button", { name: "Proposer", exact: true }).click();
    await page.getByText("Indiquez un titre.").waitFor();
    await page.getByText(/Indiquez une année/).waitFor();
    await page.getByText(/il n’y aurait rien à ouvrir/).waitFor();
    const title = page.getByLabel("Titre", { exact: true });
    assert.ok(await title.evaluate((one) => one === document.activeElement));
    await title.fill("À demi écrit");
    await page.visit(`/ressource/nouvelle?etagere=${CLUB}`);
    await page.getByText("Ce que vous aviez commencé à saisir a été retrouvé.").waitFor();
    assert.equal(await title.inputValue(), "À demi écrit");
    assert.deepEqual(await complaints(page), []);
  });

  test("a file of a conversation gives its title, and the conversation is the source", async () => {
    const page = await window(demo.chef);
    const { channels } = await call(page, "channel.list", { club: CLUB });
    const channel = channels.find(({ name }) => name === "Habitat").id;
    const { id: message } = await call(page, "message.post", {
      channel,
      body: "Voici le bilan de l’OPAH.",
      nonce: nonce(),
    });
    await page.visit(`/ressource/nouvelle?etagere=${CLUB}&message=${message}&nom=bilan_opah.pdf`);
    assert.equal(await page.getByLabel("Titre", { exact: true }).inputValue(), "Bilan opah");
    await page.getByLabel(/^Ou un lien/).fill(LINK);
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page.waitForURL(/ressource\/\d+$/);
    await page.getByRole("link", { name: "Voir la conversation" }).click();
    await page.getByText("Voici le bilan de l’OPAH.").first().waitFor();
  });

  test("a file that is brought makes a resource, which another opens and saves", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    await animateur.visit(`/ressource/nouvelle?etagere=${CLUB}`);
    const [chooser] = await Promise.all([
      animateur.waitForEvent("filechooser"),
      animateur.getByRole("button", { name: "Choisir un fichier" }).click(),
    ]);
    await chooser.setFiles({ name: "bilan_opah.txt", mimeType: "text/plain", buffer: BYTES });
    await animateur.getByText("Fichier joint : bilan_opah.txt").waitFor();
    assert.equal(await animateur.getByLabel("Titre", { exact: true }).inputValue(), "Bilan opah");
    await animateur.getByRole("button", { name: "Publier…" }).click();
    await animateur
      .getByRole("dialog")
      .getByRole("button", { name: "Publier", exact: true })
      .click();
    await animateur.getByText("La ressource est publiée.").waitFor();
    await chef.visit(`/ressource/${idOf(animateur)}`);
    const save = chef.getByRole("link", { name: "Télécharger bilan_opah.txt" });
    const [download] = await Promise.all([chef.waitForEvent("download"), save.click()]);
    assert.equal(download.suggestedFilename(), "bilan_opah.txt");
    assert.deepEqual(readFileSync(await download.path()), BYTES);
  });

  test("a fiche prints alone, on one page", async () => {
    const page = await window(demo.animateur);
    const nantua = await territory(page, "nantua");
    const id = await published(page, {
      kind: "fiche_projet",
      title: "Rouvrir la halle",
      summary: "La halle ne servait plus qu’au marché du samedi.",
      territories: [nantua],
      fiche: {
        cost: 412000,
        funders: [{ name: "État", amount: 165000 }],
        lessons: "Commencer tôt.",
      },
    });
    await page.visit(`/ressource/${id}`);
    assert.equal(await page.locator(".fiche").isVisible(), false);
    await page.emulateMedia({ media: "print" });
    const sheet = page.locator(".fiche");
    assert.match(await sheet.innerText(), /412.000.€[\s\S]*40.%/);
    assert.ok(await sheet.getByText(nantua.name).first().isVisible());
    assert.equal(await page.locator(".side").isVisible(), false);
    assert.equal(await page.locator(".resource-facts").first().isVisible(), false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
  });

  test("a video is a link that says where it leads, and nothing is fetched from there", async () => {
    const page = await window(demo.animateur);
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(page.base)) foreign.push(request.url());
    });
    const link = "https://www.youtube.com/watch?v=abcdefgh";
    const id = await published(page, { kind: "replay", title: "Webinaire de mars", link });
    await page.visit(`/ressource/${id}`);
    const card = page.getByRole("link", { name: /Voir l’enregistrement.*youtube\.com/ });
    assert.equal(await card.getAttribute("href"), link);
    assert.equal(await card.getAttribute("target"), "_blank");
    assert.equal(await page.locator("iframe, video, object, embed").count(), 0);
    assert.deepEqual(foreign, []);
  });

  test("a resource is withdrawn with a word, and no longer on the shelf of others", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    const id = await published(animateur, { title: "Modèle périmé" });
    await chef.visit(`/ressources?etagere=${CLUB}`);
    await chef.getByText("Modèle périmé").waitFor();
    await animateur.visit(`/ressource/${id}`);
    await animateur.getByRole("button", { name: "Retirer de l’étagère" }).click();
    const dialog = animateur.getByRole("dialog");
    await dialog.getByLabel(/Pourquoi/).fill("Remplacé par celui de la DGCL.");
    await dialog.getByRole("button", { name: "Retirer de l’étagère" }).click();
    await animateur.getByText("Remplacé par celui de la DGCL.").waitFor();
    await chef.getByText("Modèle périmé").waitFor({ state: "detached" });
    await animateur.visit(`/ressources/revue?etagere=${CLUB}`);
    await animateur.getByRole("region", { name: "Retirées" }).getByText("Modèle périmé").waitFor();
  });

  test("the keyboard alone goes from the shelf to a resource, and into its dialog and back", async () => {
    const page = await window(demo.animateur);
    await published(page, { title: "Au clavier" });
    await page.visit(`/ressources?etagere=${CLUB}`);
    await page.getByRole("link", { name: /Au clavier/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Au clavier" }).waitFor();
    const button = page.getByRole("button", { name: "Nouvelle édition" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.ok(await button.evaluate((one) => one === document.activeElement));
  });

  for (const how of [{ phone: true }, { phone: true, dark: true }, { dark: true }, {}]) {
    const name = `${how.phone ? "360 px" : "wide"}, ${how.dark ? "dark" : "light"}`;
    test(`pages of the library: ${name}`, async () => {
      const page = await window(demo.animateur, how);
      const id = await published(page, {
        kind: "fiche_projet",
        title: "Communauté de communes Rives de l’Ain - Pays du Cerdon : halle et marché couvert",
        summary: "La halle.",
        fiche: { cost: 412000, funders: [{ name: "État (DSIL)", amount: 165000 }] },
      });
      const proposed = await draft(page);
      await call(page, "resource.propose", { resource: proposed });
      for (const path of [
        "/ressources",
        `/ressources?etagere=${CLUB}`,
        `/ressource/${id}`,
        `/ressource/${id}/modifier`,
        `/ressource/nouvelle?etagere=${CLUB}`,
        `/ressources/revue?etagere=${CLUB}`,
      ]) {
        await page.visit(path);
        assert.deepEqual(await complaints(page), [], path);
        assert.equal(await overflow(page), 0, path);
      }
    });
  }
});
