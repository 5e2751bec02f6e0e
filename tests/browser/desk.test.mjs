// What organisers do with an event: its form, its registrations, who was there, the Club's figures.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { another, complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

const CLUB = 2;
const DAY_MS = 86_400_000;
/** In so many days, as a date field takes it. */
const inDays = (n) => new Date(Date.now() + n * DAY_MS).toISOString().slice(0, 10);

describe("desk", { skip }, () => {
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
  const membersOf = async (page) =>
    (await call(page, "member.list", { club: CLUB })).members.map(({ id }) => id);
  const idOfChef = async (page) =>
    (await call(page, "member.list", { club: CLUB, query: "nantua" })).members[0].id;
  const fill = async (page, title, day = 20) => {
    await page.getByLabel("Titre", { exact: true }).fill(title);
    await page.getByLabel("Date de début").fill(inDays(day));
    await page.getByLabel("Heure de début").fill("14:00");
  };
  const publish = async (page) => {
    await page.getByRole("button", { name: "Publier…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("les Annonces du Club PVD de l'Ain").waitFor();
    await dialog.getByRole("button", { name: "Publier l’événement" }).click();
    await page.getByText("Publié.", { exact: true }).waitFor();
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

  test("logging out leaves nothing of what was typed", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/evenement/nouveau?club=${CLUB}`);
    await page.getByLabel("Titre", { exact: true }).fill("Confidentiel");
    await page.getByRole("button", { name: /Mon compte/ }).click();
    await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
    await page.getByRole("heading", { name: "Connexion" }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
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

  test("who changes a published event is told how many it concerns, and they are told", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    const event = await announce(animateur, { commune: "Nantua" });
    await call(chef, "event.register", { event, nonce: nonce() });
    await chef.visit("/aujourdhui");
    await animateur.visit(`/evenement/${event}/modifier`);
    await animateur.getByLabel(/Commune/).fill("Belley");
    await animateur.getByText("1 personne (inscrite ou en attente) sera prévenue.").waitFor();
    await animateur.getByRole("button", { name: "Enregistrer les changements" }).click();
    await animateur.getByText("L’événement est enregistré.").waitFor();
    await chef.getByText(/Nouveau lieu.*Belley/).waitFor();
  });

  test("what somebody else saved meanwhile is not written over unseen", async () => {
    const [one, other] = [await window(demo.animateur), await window(demo.animateur)];
    const event = await announce(one);
    await one.visit(`/evenement/${event}/modifier`);
    await other.visit(`/evenement/${event}/modifier`);
    await one.getByLabel("Titre", { exact: true }).fill("Atelier halles");
    await one.getByRole("button", { name: "Enregistrer les changements" }).click();
    await one.getByText("L’événement est enregistré.").waitFor();
    await other.getByLabel(/Commune/).fill("Belley");
    await other.getByRole("button", { name: "Enregistrer les changements" }).click();
    await other.getByText(/modifié par quelqu’un d’autre/).waitFor();
    const { event: kept } = await call(one, "event.get", { event });
    assert.equal(kept.title, "Atelier halles");
    assert.equal(await other.getByLabel(/Commune/).inputValue(), "Belley");
  });

  test("an event is cancelled with its reason, and copied as a draft", async () => {
    const page = await window(demo.animateur);
    const event = await announce(page, { title: "Atelier à annuler" });
    await page.visit(`/evenement/${event}/modifier`);
    await page.getByRole("button", { name: "Annuler l’événement…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Raison de l’annulation").fill("Route coupée par la neige");
    await dialog.getByRole("button", { name: "Annuler l’événement" }).click();
    await page.getByText("Annulé. Route coupée par la neige").waitFor();
    await page.getByRole("button", { name: "Dupliquer" }).click();
    await page.getByText("Brouillon : seuls les animateurs").waitFor();
    assert.equal(await page.getByLabel("Titre", { exact: true }).inputValue(), "Atelier à annuler");
  });

  test("a request comes in live, and is approved or refused with a word", async () => {
    const [animateur, chef] = [await window(demo.animateur), await window(demo.chef)];
    const event = await announce(animateur, { registration: "approval" });
    await animateur.visit(`/evenement/${event}/inscriptions`);
    await animateur.getByText("Personne ne s’est encore inscrit.").waitFor();
    await call(chef, "event.register", { event, nonce: nonce() });
    await animateur.getByRole("heading", { name: /Demandes à examiner/ }).waitFor();
    await animateur.getByRole("button", { name: /^Refuser la demande/ }).click();
    const dialog = animateur.getByRole("dialog");
    await dialog.getByLabel(/Explication/).fill("Session complète");
    await dialog.getByRole("button", { name: "Refuser la demande" }).click();
    await animateur.getByText(/Demandes refusées/).click();
    await call(animateur, "event.register", {
      event,
      person: await idOfChef(animateur),
      nonce: nonce(),
    });
    await animateur.getByRole("heading", { name: /^Inscrits/ }).waitFor();
  });

  test("people are invited by name, and the waiting list is in order", async () => {
    const page = await window(demo.animateur);
    const event = await announce(page, { capacity: 1 });
    await page.visit(`/evenement/${event}/inscriptions`);
    await page.getByRole("button", { name: "Inviter", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill("belley");
    await dialog.getByRole("button", { name: /Chef de projet, Belley/ }).click();
    await dialog.getByRole("button", { name: "Inviter 1 personne" }).click();
    await page.getByRole("heading", { name: /Invités, sans réponse/ }).waitFor();
    for (const person of (await membersOf(page)).slice(0, 3)) {
      await call(page, "event.register", { event, person, nonce: nonce() });
    }
    await page.getByText(/2e de la liste/).waitFor();
    assert.deepEqual(await complaints(page), []);
    const remove = page.getByRole("button", { name: /^Désinscrire/ }).first();
    assert.equal((await remove.innerText()).trim(), "Désinscrire");
    const name = (await remove.getAttribute("aria-label")).replace("Désinscrire ", "");
    await remove.click();
    await page.getByRole("dialog", { name }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Désinscrire" }).click();
    await page.getByRole("heading", { name: /Place proposée/ }).waitFor();
  });

  test("attendance is ticked on a phone, taken back, and seen by another at once", async () => {
    const [phone, wide] = [
      await window(demo.animateur, { phone: true, dark: true }),
      await window(demo.administrator),
    ];
    const event = await announce(phone);
    const [person] = await membersOf(phone);
    await call(phone, "event.register", { event, person, nonce: nonce() });
    await wide.visit(`/evenement/${event}/presence`);
    await phone.visit(`/evenement/${event}/presence`);
    assert.ok((await overflow(phone)) <= 0);
    const key = phone.getByRole("button", { name: /^Présent/ }).first();
    assert.ok((await key.boundingBox()).height >= 44);
    await key.click();
    await wide.getByText("1 présent sur 1").waitFor();
    assert.deepEqual(await complaints(phone), []);
    await key.click();
    await wide.getByText("0 présent sur 1").waitFor();
    await wide.getByText("Journal des pointages").click();
    await wide.getByText(/pointage retiré/).waitFor();
    assert.deepEqual(await complaints(wide), []);
  });

  test("what is ticked without a network is kept past the tab, and sent when it is back", async () => {
    const page = await window(demo.animateur, { phone: true });
    const event = await announce(page);
    const [person] = await membersOf(page);
    await call(page, "event.register", { event, person, nonce: nonce() });
    await page.visit(`/evenement/${event}/presence`);
    await page.context().setOffline(true);
    await page.getByText(/Hors connexion/).waitFor();
    await page.getByRole("button", { name: /^Absent/ }).click();
    await page.getByText("En attente", { exact: true }).waitFor();
    const later = await another(page);
    await page.close();
    await later.context().setOffline(false);
    await later.visit(`/evenement/${event}/presence`);
    await later.getByRole("button", { name: /^Absent/, pressed: true }).waitFor();
    await later.getByText("tous sont pointés").waitFor();
    await later.getByText("En attente", { exact: true }).waitFor({ state: "detached" });
    const { registrations } = await call(later, "registration.list", { event });
    assert.equal(registrations[0].present, false);
  });

  test("the sheet to sign prints alone, with a line for each and blank ones", async () => {
    const page = await window(demo.animateur);
    const event = await announce(page, { title: "Atelier à signer", commune: "Nantua" });
    const people = (await membersOf(page)).slice(0, 3);
    for (const person of people) {
      await call(page, "event.register", { event, person, nonce: nonce() });
    }
    await page.visit(`/evenement/${event}/presence`);
    await page
      .getByRole("button", { name: /^Présent/ })
      .nth(2)
      .waitFor();
    await page.emulateMedia({ media: "print" });
    const seen = await page.locator(".sheet").innerText();
    assert.match(seen, /Atelier à signer/);
    assert.match(seen, /Nantua/);
    assert.match(seen, /20\d\d/);
    assert.equal(await page.locator(".sheet tbody tr").count(), people.length + 10);
    assert.equal(await page.getByLabel("Chercher une personne").isVisible(), false);
    assert.equal(await page.getByRole("heading", { level: 1 }).isVisible(), false);
  });

  test("the Club's figures are counted, and come as a table for a spreadsheet", async () => {
    const page = await window(demo.animateur);
    const event = await announce(page, { title: "Atelier à compter" });
    for (const person of (await membersOf(page)).slice(0, 2)) {
      await call(page, "event.register", { event, person, nonce: nonce() });
      await call(page, "attendance.set", { event, person, present: true });
    }
    await page.visit(`/club/${CLUB}/evenements`);
    const item = page.getByRole("listitem").filter({ hasText: "Atelier à compter" });
    await item.getByText("Chiffres", { exact: false }).click();
    const row = item.getByRole("row", { name: /^Ensemble/ });
    await row.waitFor();
    assert.deepEqual(await row.getByRole("cell").allTextContents(), ["0", "2", "0", "2"]);
    assert.deepEqual(await complaints(page), []);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Télécharger le tableau (CSV)" }).click(),
    ]);
    assert.match(file.suggestedFilename(), /\.csv$/);
  });

  test("reminders are refused and calendars made, their address shown once", async () => {
    const page = await window(demo.chef);
    await page.visit("/reglages");
    await page.getByLabel("Une heure avant").uncheck();
    await page.getByText("Vos rappels sont enregistrés.").waitFor();
    const agendas = page.getByRole("region", { name: "Mes agendas" });
    await agendas.getByLabel("Ce qu’il contient").selectOption("theme");
    await agendas.getByRole("button", { name: "Créer l’adresse" }).click();
    const address = await agendas.getByLabel("Adresse de l’agenda").inputValue();
    assert.match(address, /\/calendrier\/[\w-]+\.ics$/);
    const feed = await page.context().request.get(address);
    assert.match(await feed.text(), /^BEGIN:VCALENDAR/);
    await page.visit("/reglages");
    assert.equal(await page.getByLabel("Une heure avant").isChecked(), false);
    assert.equal(await agendas.getByLabel("Adresse de l’agenda").count(), 0);
    await agendas.getByRole("button", { name: /^Supprimer/ }).click();
    await page.getByText("L’adresse est supprimée").waitFor();
    assert.equal((await page.context().request.get(address)).status(), 404);
  });

  test("a form is filled and saved by keyboard alone", async () => {
    const page = await window(demo.animateur);
    await page.visit(`/club/${CLUB}/evenements`);
    await page.getByRole("button", { name: "Nouvel événement" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Titre", { exact: true }).focus();
    await page.keyboard.type("Au clavier");
    await page.getByLabel("Date de début").focus();
    await page.getByLabel("Date de début").fill(inDays(40));
    await page.getByLabel("Heure de début").fill("09:30");
    await page.getByLabel("Heure de début").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/modifier/);
    await page.getByText("Brouillon : seuls les animateurs").waitFor();
  });

  for (const [how, name] of [
    [{}, "wide, light"],
    [{ phone: true, dark: true }, "on a phone, dark"],
  ]) {
    test(`no page has a complaint of axe-core, nor is too wide: ${name}`, async () => {
      const page = await window(demo.animateur, how);
      const event = await announce(page, {
        capacity: 2,
        questions: [{ kind: "choice", label: "Repas ?", required: false, options: ["Oui", "Non"] }],
        documents: [{ label: "Programme", link: "https://exemple.fr/programme.pdf" }],
      });
      const people = (await membersOf(page)).slice(0, 3);
      for (const person of people) {
        await call(page, "event.register", { event, person, nonce: nonce() });
      }
      for (const path of [
        `/evenement/nouveau?club=${CLUB}`,
        `/evenement/${event}/modifier`,
        `/evenement/${event}/inscriptions`,
        `/evenement/${event}/presence`,
        `/club/${CLUB}/evenements`,
        `/club/${CLUB}`,
        "/reglages",
      ]) {
        await page.visit(path);
        assert.deepEqual(await complaints(page), [], path);
        assert.ok((await overflow(page)) <= 0, `${path} is too wide`);
      }
    });
  }
});
