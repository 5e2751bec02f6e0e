// Events as members meet them: the agenda, an event's page, its card, a place taken, waited for,
// offered and confirmed.
import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { channelId, complaints, demonstration, open, overflow, skip } from "./browser.mjs";

const CLUB = 2; // of the Ain, in the demonstration
const NANTUA = "01269";
const HOUR = 3_600_000;
const BAR_PX = 56;
const QUESTIONS = [
  {
    kind: "choice",
    label: "Comment venez-vous ?",
    required: true,
    options: ["En train", "En voiture"],
  },
  { kind: "yes_no", label: "Déjeunez-vous sur place ?", required: false },
];

describe("agenda", { skip }, () => {
  const life = lifetime();
  let demo;
  let ours; // the chef de projet's window
  let theirs; // the animateur's
  let titles = 0;
  before(async () => {
    demo = await demonstration(life);
  });
  beforeEach(async () => {
    [ours, theirs] = [await open(demo, demo.chef), await open(demo, demo.animateur)];
  });
  afterEach(async () => {
    const problems = [...ours.problems, ...theirs.problems];
    await Promise.all([ours.context().close(), theirs.context().close()]);
    assert.deepEqual(problems, []);
  });

  async function call(page, name, data) {
    const answer = await page.context().request.post(`${demo.server.url}/api/v1/${name}`, {
      headers: { Origin: demo.server.url },
      data,
    });
    const body = await answer.json();
    if (!answer.ok()) throw new Error(`${name}: ${JSON.stringify(body)}`);
    return body;
  }

  /** An event of the Club, in ten days at ten: published, unless `draft`. */
  async function announce(part = {}) {
    const starts_at = new Date(Date.now() + 240 * HOUR).setUTCHours(9, 0, 0, 0);
    const title = `Rouvrir la halle, visite ${++titles}`;
    const { id } = await call(theirs, "event.create", {
      club: CLUB,
      kind: "atelier",
      title,
      scope: "clubs",
      clubs: [CLUB],
      starts_at,
      ends_at: starts_at + 3 * HOUR,
      zone: "Europe/Paris",
      commune: "Pont-de-Vaux",
      registration: "open",
      nonce: crypto.randomUUID(),
      ...part,
    });
    await call(theirs, "event.publish", { event: id });
    return { id, title: part.title ?? title, starts_at, path: `/evenement/${id}` };
  }
  const main = (page) => page.getByRole("main");
  const button = (page, name) => main(page).getByRole("button", { name });
  const says = (page, text) => main(page).getByText(text).first().waitFor();
  const register = (page, event) =>
    call(page, "event.register", { event, nonce: crypto.randomUUID() });

  /** Ends when a notice of this kind has come; to be called before the page is opened. */
  const noticeOf = (page, kind) =>
    new Promise((come) => {
      page.on("websocket", (socket) =>
        socket.on("framereceived", ({ payload }) => {
          if (`${payload}`.includes('"notice.added"') && `${payload}`.includes(`"${kind}"`)) come();
        }),
      );
    });

  async function phone() {
    await ours.context().close();
    ours = await open(demo, demo.chef, { phone: true });
    return ours;
  }

  test("one registers on a phone without scrolling, in one tap", async () => {
    const { path } = await announce({ capacity: 20 });
    await (await phone()).visit(path);
    await says(ours, "20 places libres sur 20");
    const box = await button(ours, "S’inscrire").boundingBox();
    assert.ok(box.y + box.height <= ours.viewportSize().height - BAR_PX, `button at ${box.y}`);
    await button(ours, "S’inscrire").tap();
    await says(ours, "Vous êtes inscrit.");
    await says(ours, "19 places libres sur 20");
    await main(ours).getByRole("link", { name: "Le canal de l’événement" }).waitFor();
    assert.ok((await overflow(ours)) <= 0);
  });

  test("who runs an event manages it from the top of its page, on a phone too", async () => {
    const { path } = await announce({ capacity: 5 });
    const page = await open(demo, demo.animateur, { phone: true });
    await page.visit(path);
    const link = page.getByRole("region", { name: "Gérer l’événement" }).getByRole("link");
    const [manage, place] = [
      await link.filter({ hasText: "Inscriptions" }).boundingBox(),
      await button(page, "S’inscrire").boundingBox(),
    ];
    assert.ok(manage.y < place.y && manage.y + manage.height <= 740 - BAR_PX, `at ${manage.y}`);
    assert.deepEqual(await complaints(page), []);
    await page.context().close();
  });

  test("who hears the page is told once who organises", async () => {
    const { path } = await announce();
    await ours.visit(path);
    await says(ours, "Organisateur :");
    const heard = await main(ours).ariaSnapshot();
    assert.equal(heard.match(/Organisateur/g)?.length, 1, heard);
  });

  test("what is asked is answered on the same screen, and can be changed", async () => {
    const { path } = await announce({ questions: QUESTIONS });
    await (await phone()).visit(path);
    await button(ours, "S’inscrire").tap();
    await says(ours, "Répondez à cette question.");
    await ours.getByLabel("Comment venez-vous ?").selectOption("En train");
    await ours.getByLabel("Oui").check();
    await button(ours, "S’inscrire").tap();
    await says(ours, "Vous êtes inscrit.");
    await main(ours).getByText("Modifier mes réponses").tap();
    await ours.getByLabel("Comment venez-vous ?").selectOption("En voiture");
    await button(ours, "Enregistrer mes réponses").tap();
    await ours.getByText("Vos réponses sont enregistrées.").first().waitFor();
    await ours.reload();
    await main(ours).getByText("Modifier mes réponses").tap();
    assert.equal(await ours.getByLabel("Comment venez-vous ?").inputValue(), "En voiture");
  });

  test("who waits is offered the seat that another gives back, and confirms it, live", async () => {
    const { id, path } = await announce({ capacity: 1 });
    await register(theirs, id);
    const told = noticeOf(ours, "seated");
    await Promise.all([ours.visit(path), theirs.visit(path)]);
    await says(ours, "Complet");
    await button(ours, "S’inscrire sur la liste d’attente").click();
    await says(ours, "Vous êtes en tête de la liste d’attente.");
    await button(theirs, "Annuler mon inscription").click();
    await theirs.getByRole("button", { name: "Rendre ma place" }).click();
    await says(theirs, "Vous n’êtes plus inscrit.");
    await says(ours, "Elle vous est réservée jusqu’au");
    await ours.locator(".toast", { hasText: "Une place s’est libérée" }).waitFor();
    await button(ours, "Confirmer ma place").click();
    await says(ours, "Vous êtes inscrit.");
    await told;
    await ours.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    assert.equal(await ours.locator(".toast", { hasText: "Votre place est confirmée" }).count(), 0);
  });

  test("a seat that is offered is confirmed from Aujourd’hui", async () => {
    const { id, title } = await announce({ capacity: 1 });
    await register(theirs, id);
    await register(ours, id);
    await call(theirs, "event.unregister", { event: id });
    await ours.visit("/aujourdhui");
    const concern = main(ours).locator(".concern", { hasText: title });
    await concern.getByText("Une place s’est libérée").waitFor();
    await concern.getByRole("button", { name: "Confirmer ma place" }).click();
    await main(ours).locator(".concern", { hasText: title }).getByText("confirmée").waitFor();
    await main(ours).locator(".event-line", { hasText: title }).getByText("Inscrit").waitFor();
    await button(ours, "Marquer comme vu").click();
    await concern.waitFor({ state: "detached" });
  });

  test("a colleague of one's own town is registered from the same page", async () => {
    await demo.server.admin("member.add", {
      email: "camille@exemple.fr",
      name: "Camille Perrin",
      role: "chef_de_projet",
      departement: "01",
      insee: NANTUA,
    });
    const { path } = await announce({ capacity: 5, questions: QUESTIONS });
    await ours.visit(path);
    await button(ours, "Inscrire un collègue").click();
    const dialog = ours.getByRole("dialog");
    await dialog.getByLabel("Comment venez-vous ?").selectOption("En train");
    assert.deepEqual(await complaints(ours), []);
    await dialog.getByRole("button", { name: "Inscrire", exact: true }).click();
    await ours.getByText("L’inscription de Camille Perrin est enregistrée.").waitFor();
    await says(ours, "4 places libres sur 5");
  });

  test("an event that is published appears in the agenda at once, and goes to who cancels it", async () => {
    await ours.visit("/agenda");
    const { id, title } = await announce();
    const line = main(ours).locator(".event-line", { hasText: title });
    await line.waitFor();
    await call(theirs, "event.cancel", { event: id, reason: "La salle est fermée." });
    await line.getByText("Annulé").waitFor();
    await line.click();
    await says(ours, "La salle est fermée.");
    assert.equal(await button(ours, "S’inscrire").count(), 0);
  });

  test("its card in the announcements registers in one tap", async () => {
    const { title } = await announce({ capacity: 5 });
    await ours.visit("/aujourdhui");
    await ours.visit(`/club/${CLUB}/canal/${await channelId(ours, /^Annonces/)}`);
    const card = main(ours).locator(".event-card", { hasText: title });
    await card.getByText("5 places libres sur 5").waitFor();
    await card.getByRole("button", { name: "S’inscrire" }).click();
    await card.getByText("Inscrit", { exact: true }).waitFor();
    await ours
      .getByRole("navigation", { name: "Navigation principale" })
      .getByRole("link", { name: title })
      .waitFor();
  });

  test("a conversation that is read opens at its end, whenever its cards are drawn", async () => {
    await announce();
    const channel = await channelOf(ours);
    const { seq } = await call(ours, "channel.get", { channel });
    await call(ours, "read.set", { channel, position: seq });
    const below = () =>
      ours.evaluate(() => {
        const box = document.querySelector(".scroller");
        return box.scrollHeight - box.scrollTop - box.clientHeight;
      });
    await ours.visit(`/club/${CLUB}/canal/${channel}`);
    await main(ours).locator(".event-card").last().getByRole("button").waitFor();
    await ours.waitForLoadState("networkidle");
    assert.ok((await below()) < 2, `${await below()} px below`);
  });

  test("a conversation with news opens at its first, whenever its cards are drawn", async () => {
    const channel = await channelOf(ours);
    const { seq } = await call(ours, "channel.get", { channel });
    await call(ours, "read.set", { channel, position: seq });
    for (let i = 0; i < 5; i++) await announce();
    await ours.visit(`/club/${CLUB}/canal/${channel}`);
    await main(ours).locator(".event-card").last().getByRole("button").waitFor();
    await ours.waitForLoadState("networkidle");
    const place = await ours.evaluate(() => {
      const top = (name) => document.querySelector(name).getBoundingClientRect().top;
      const { height } = document.querySelector(".scroller").getBoundingClientRect();
      return (top(".unread-line") - top(".scroller")) / height;
    });
    assert.ok(Math.abs(place - 1 / 3) < 0.02, `the line is at ${place} of the height`);
  });

  test("the channel of an event is apart from those that stay, and is not to be arranged", async () => {
    const { id, title } = await announce();
    await register(theirs, id);
    await theirs.visit(`/club/${CLUB}`);
    const apart = theirs.getByRole("region", { name: "Canaux d’événements" });
    await apart.getByRole("link", { name: title }).waitFor();
    const staying = theirs.getByRole("region", { name: "Canaux", exact: true });
    assert.equal(await staying.getByRole("link", { name: title }).count(), 0);
    await theirs.visit(`/club/${CLUB}/canaux`);
    await main(theirs).getByText("Habitat", { exact: true }).waitFor();
    assert.equal(await main(theirs).getByText(title).count(), 0);
    await theirs.visit("/reglages");
    await theirs.locator(".levels > summary").first().click();
    const levels = theirs.getByRole("list", { name: "Canaux d’événements" });
    await levels.getByText(title).waitFor();
  });

  test("a month is walked by keyboard", async () => {
    const { starts_at, title } = await announce();
    await ours.visit("/agenda?vue=mois&mois=2026-01");
    const chosen = () => ours.locator(".month-day > button:focus").getAttribute("aria-label");
    await ours.locator('.month-day > button[tabindex="0"]').focus();
    const walk = async (key, expected) => {
      await ours.keyboard.press(key);
      await ours.waitForFunction(
        (text) => document.activeElement?.getAttribute("aria-label")?.includes(text),
        expected,
      );
    };
    await walk("ArrowRight", "vendredi 2 janvier");
    await walk("ArrowDown", "vendredi 9 janvier");
    await walk("End", "dimanche 11 janvier");
    await walk("Home", "lundi 5 janvier");
    await walk("PageDown", "jeudi 5 février");
    await walk("ArrowUp", "jeudi 29 janvier");
    assert.match(await chosen(), /aucun événement/);
    const month = new Date(starts_at).toISOString().slice(0, 7);
    await ours.visit(`/agenda?vue=mois&mois=${month}`);
    await ours.locator('.month-day > button[tabindex="0"]').focus();
    const day = `${new Date(starts_at).getDate()}`;
    await ours
      .locator(".month-day:not(.month-outside) > button", { hasText: new RegExp(`^${day}$`) })
      .click();
    await main(ours).locator(".event-line", { hasText: title }).waitFor();
  });

  test("filters keep what they name, and the past is reached by year", async () => {
    const { title } = await announce({ kind: "voyage" });
    const other = await announce({
      kind: "webinaire",
      link: "https://visio.numerique.gouv.fr/abc",
    });
    await ours.visit("/agenda?type=voyage");
    await main(ours).locator(".event-line", { hasText: title }).waitFor();
    assert.equal(await main(ours).locator(".event-line", { hasText: other.title }).count(), 0);
    await ours.visit("/agenda");
    await button(ours, "Mes événements").click();
    await main(ours).locator(".event-line", { hasText: title }).waitFor({ state: "detached" });
    await ours.visit("/agenda");
    await main(ours).getByRole("link", { name: "Événements passés" }).click();
    await says(ours, `Événements passés de ${new Date().getFullYear()}`);
  });

  for (const dark of [false, true]) {
    const how = { phone: dark, dark };
    test(`without a complaint: ${dark ? "on a phone, dark" : "wide, light"}`, async () => {
      const plain = await announce({ capacity: 3, questions: QUESTIONS, documents: [] });
      const full = await announce({ capacity: 1, zone: "Indian/Reunion" });
      await register(theirs, full.id);
      await register(ours, full.id);
      const week = await announce({ kind: "semaine", registration: "none" });
      await announce({
        parent: week.id,
        starts_at: week.starts_at + HOUR,
        ends_at: week.starts_at + 2 * HOUR,
      });
      const off = await announce();
      await call(theirs, "event.cancel", { event: off.id, reason: "Report." });
      await call(theirs, "event.unregister", { event: full.id });
      const page = await open(demo, demo.chef, how);
      const paths = [
        "/agenda",
        "/agenda?vue=mois",
        "/agenda?passes=2026",
        "/aujourdhui",
        ...[plain, full, week, off].map(({ path }) => path),
        "/evenement/999999",
      ];
      for (const path of paths) {
        await page.visit(path);
        assert.deepEqual(await complaints(page), [], path);
        assert.ok((await overflow(page)) <= 0, `${path} is too wide`);
      }
      await page.visit("/aujourdhui");
      await page.visit(`/club/${CLUB}/canal/${await channelOf(page)}`);
      await page.locator(".event-card").first().waitFor();
      assert.deepEqual(await complaints(page), [], "cards");
      assert.ok((await overflow(page)) <= 0, "cards are too wide");
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });
  }

  async function channelOf(page) {
    const { channels } = await call(page, "channel.list", { club: CLUB });
    return channels.find(({ name }) => name === "Annonces").id;
  }
});
