// Two people in two browsers in the Club of the Ain.
import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { another, channelId, demonstration, open, skip } from "./browser.mjs";

const CLUB = 2;

describe("talk", { skip }, () => {
  const life = lifetime();
  let demo;
  let mobility;
  let ours; // the chef de projet's window
  let theirs; // the animateur's
  before(async () => {
    demo = await demonstration(life);
  });
  beforeEach(async () => {
    [ours, theirs] = [await open(demo, demo.chef), await open(demo, demo.animateur)];
    await ours.visit("/aujourdhui");
    mobility = `/club/${CLUB}/canal/${await channelId(ours, "Mobilités")}`;
  });
  afterEach(async () => {
    const problems = [...ours.problems, ...theirs.problems];
    await Promise.all([ours.context().close(), theirs.context().close()]);
    if (!demo.server.child) await demo.server.start(); // a test that failed between two
    assert.deepEqual(problems, []);
  });

  const field = (page) => page.getByRole("textbox", { name: /Votre message|Fil/ }).last();
  const say = async (page, text) => {
    await field(page).fill(text);
    await field(page).press("Enter");
  };
  const row = (page, text) => page.locator("main [data-message]", { hasText: text }).last();
  const both = () => Promise.all([ours.visit(mobility), theirs.visit(mobility)]);
  const act = async (page, text, name) => {
    await row(page, text).hover();
    const button = row(page, text).getByRole("button", { name, exact: true });
    if ((await button.count()) > 0) {
      await button.click();
    } else {
      await row(page, text)
        .getByRole("button", { name: /Actions sur/ })
        .click();
      await page.getByRole("menuitem", { name }).click();
    }
  };

  test("what one writes, the other reads at once", async () => {
    await both();
    await say(ours, "La navette du jeudi est reconduite.");
    await row(theirs, "La navette du jeudi est reconduite.").waitFor();
    await row(ours, "La navette du jeudi est reconduite.").waitFor();
    assert.equal(await ours.locator(".message-pending").count(), 0);
  });

  test("what was written while one was offline is read on return", async () => {
    await both();
    await theirs.context().setOffline(true);
    await theirs.waitForTimeout(300);
    await say(ours, "Écrit pendant votre absence.");
    await row(ours, "Écrit pendant votre absence.").waitFor();
    await theirs.context().setOffline(false);
    await row(theirs, "Écrit pendant votre absence.").waitFor({ timeout: 40_000 });
  });

  test("what is written without a server waits, survives the window, and leaves in order", async () => {
    await both();
    await demo.server.kill();
    await say(ours, "Premier message sans serveur.");
    await say(ours, "Second message sans serveur.");
    await ours.getByText("En attente").nth(1).waitFor();
    await ours.close();
    await demo.server.start();
    ours = await another(ours);
    await ours.visit("/aujourdhui");
    await row(theirs, "Second message sans serveur.").waitFor({ timeout: 40_000 });
    const texts = await theirs.locator("[data-message] .prose").allTextContents();
    assert.deepEqual(texts.slice(-2), [
      "Premier message sans serveur.",
      "Second message sans serveur.",
    ]);
  });

  test("a server killed and started again between two messages goes unnoticed", async () => {
    await both();
    await ours.evaluate(() => {
      window.notReloaded = true;
    });
    await say(ours, "Avant l'arrêt du serveur.");
    await row(theirs, "Avant l'arrêt du serveur.").waitFor();
    await demo.server.kill();
    await demo.server.start();
    await say(theirs, "Après le redémarrage.");
    await row(ours, "Après le redémarrage.").waitFor({ timeout: 40_000 });
    assert.equal(await row(ours, "Avant l'arrêt du serveur.").count(), 1);
    assert.equal(await ours.evaluate(() => window.notReloaded), true);
  });

  test("unread shows by weight, and goes when it is read", async () => {
    await theirs.visit(mobility);
    await say(theirs, "Un message à lire.");
    const place = ours.getByRole("link", { name: /^Mobilités/ }).first();
    await ours.locator(".place-unread", { hasText: "Mobilités" }).first().waitFor();
    await place.click();
    await row(ours, "Un message à lire.").waitFor();
    await ours.waitForFunction(() => !document.querySelector(".place-unread[aria-current]"));
  });

  test("a mention calls with a figure", async () => {
    await theirs.visit(mobility);
    await field(theirs).fill("Bonjour @Chef de projet, Nant");
    await theirs
      .getByRole("option", { name: /Nantua/ })
      .first()
      .click();
    assert.match(
      await field(theirs).inputValue(),
      /@Chef de projet, Nantua et Montréal-la-Cluse $/,
    );
    await field(theirs).press("Enter");
    await theirs.locator(".chip", { hasText: "Nantua" }).last().waitFor();
    await ours.locator(".place", { hasText: "Mobilités" }).locator(".badge").first().waitFor();
  });

  test("an edited message says so and shows how", async () => {
    await both();
    await say(ours, "Rendez-vous à 14 h.");
    await row(ours, "Rendez-vous à 14 h.").waitFor();
    await act(ours, "Rendez-vous à 14 h.", "Modifier");
    await ours.getByRole("textbox", { name: "Modifier" }).fill("Rendez-vous à 15 h.");
    await ours.getByRole("button", { name: "Enregistrer la modification" }).click();
    await row(theirs, "Rendez-vous à 15 h.")
      .getByRole("button", { name: /modifié/ })
      .click();
    await theirs.getByRole("dialog").getByText("Rendez-vous à 14 h.").waitFor();
  });

  test("a deleted message keeps its place", async () => {
    await both();
    await say(ours, "À oublier.");
    await row(theirs, "À oublier.").waitFor();
    const id = await row(ours, "À oublier.").getAttribute("data-message");
    await act(ours, "À oublier.", "Supprimer");
    await ours.getByRole("button", { name: "Supprimer le message" }).click();
    await theirs
      .locator(`[data-message="${id}"]`, { hasText: "Ce message a été supprimé." })
      .waitFor();
  });

  test("an answer opens a thread that its author follows", async () => {
    await both();
    await say(ours, "Qui a une convention de covoiturage ?");
    await row(theirs, "Qui a une convention").waitFor();
    await act(theirs, "Qui a une convention", "Répondre dans un fil");
    await theirs.locator(".panel").waitFor();
    await theirs.locator(".panel textarea").fill("Nous, depuis mars.");
    await theirs.locator(".panel").getByRole("button", { name: "Répondre", exact: true }).click();
    await row(ours, "Qui a une convention")
      .getByRole("link", { name: /1 nouvelle réponse/ })
      .click();
    await ours.locator(".panel").getByText("Nous, depuis mars.").waitFor();
    await row(ours, "Qui a une convention")
      .getByRole("link", { name: /1 réponse/ })
      .waitFor();
  });

  test("a thread that is read opens at its first reply, and a long mention stays inside", async () => {
    const call = async (page, name, data) => {
      const answer = await page.context().request.post(`${demo.server.url}/api/v1/${name}`, {
        headers: { Origin: demo.server.url },
        data,
      });
      return answer.json();
    };
    const channel = Number(mobility.split("/").pop());
    const post = (body, part = {}) =>
      call(theirs, "message.post", { channel, body, nonce: crypto.randomUUID(), ...part });
    const { members } = await call(theirs, "member.list", { club: CLUB, query: "Montréal" });
    const { id } = await post(`Merci @[${members[0].id}] pour la navette.`);
    for (let i = 0; i < 12; i++) await post(`Réponse ${i}, en quelques mots.`, { thread: id });
    await theirs.visit(`${mobility}?fil=${id}`);
    const panel = theirs.locator(".panel");
    await panel.getByText("Réponse 0,").waitFor();
    const box = (place) => panel.locator(place).first().boundingBox();
    const [root, day, chip, whole] = await Promise.all(
      [".thread-root", ".scroller .day", ".thread-root .chip", ".panel-head"].map(box),
    );
    assert.ok(day.y >= root.y + root.height, "the day is under the root");
    assert.ok(chip.x + chip.width <= whole.x + whole.width, "the mention leaves the panel");
  });

  test("a reaction is seen by both", async () => {
    await both();
    await say(ours, "La piste est ouverte.");
    await row(theirs, "La piste est ouverte.").waitFor();
    await act(theirs, "La piste est ouverte.", "Réagir");
    await theirs.getByRole("menuitem", { name: "Bravo" }).click();
    await row(ours, "La piste est ouverte.")
      .getByRole("button", { name: /👏, 1 personne/ })
      .waitFor();
  });

  test("marked unread from here, it stays so until one comes back", async () => {
    await both();
    await say(theirs, "À relire demain.");
    await row(ours, "À relire demain.").waitFor();
    await ours.waitForTimeout(800);
    await act(ours, "À relire demain.", /Marquer non lu/);
    await ours.locator(".place-unread", { hasText: "Mobilités" }).first().waitFor();
  });

  test("a draft follows to another device", async () => {
    await ours.visit(mobility);
    await field(ours).fill("Un début de réponse");
    await ours.waitForTimeout(1_500);
    const device = await open(demo, demo.chef, { phone: true });
    await device.visit(mobility);
    assert.equal(await field(device).inputValue(), "Un début de réponse");
    await device.context().close();
    await field(ours).fill("");
    await ours.waitForTimeout(500);
  });

  test("a permalink leads to its message", async () => {
    await ours.visit(mobility);
    const first = ours.locator("[data-message]").first();
    const id = await first.getAttribute("data-message");
    await theirs.visit(`/message/${id}`);
    await theirs.waitForURL(new RegExp(`message=${id}`));
    await theirs.locator(`[data-message="${id}"].message-target`).waitFor();
  });

  test("one who writes is seen writing", async () => {
    await both();
    await field(theirs).pressSequentially("Je vous rép");
    await ours.getByText(/écrit…/).waitFor();
    await field(theirs).fill("");
    await theirs.waitForTimeout(500);
  });

  test("the whole can be done by keyboard", async () => {
    await ours.visit(mobility);
    await ours.keyboard.press("Control+k");
    await ours.keyboard.type("habitat ain");
    await ours.keyboard.press("Enter");
    await ours.getByRole("heading", { level: 1, name: "Habitat" }).waitFor();
    await ours.keyboard.type("Tapé sans souris.");
    await ours.keyboard.press("Enter");
    await row(ours, "Tapé sans souris.").waitFor();
    await ours.keyboard.press("Shift+Tab");
    await row(ours, "Tapé sans souris.").focus();
    await ours.keyboard.press("ArrowUp");
    const focused = await ours.evaluate(() => document.activeElement?.hasAttribute("data-message"));
    assert.equal(focused, true);
  });

  test("Escape closes the panel", async () => {
    await ours.visit(`${mobility}?volet=details`);
    await ours.locator(".panel").waitFor();
    await ours.keyboard.press("Escape");
    await ours.locator(".panel").waitFor({ state: "detached" });
  });
});
