// Files in conversations and events: brought by picker, drop and paste, over a line that breaks; opened by others.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, beforeEach, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { channelId, complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

const CLUB = 2;
const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = (n, seed = 1) => Buffer.from(Array.from({ length: n }, (_, i) => (i * seed) % 251));

/** What a hand does that drags files, or has copied some: a DataTransfer of the browser's own. */
function transferOf(page, files) {
  return page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, type, base64, size } of list) {
      const bytes = size
        ? new Uint8Array(size)
        : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    return data;
  }, files);
}
const inBase64 = (name, type, bytes) => ({ name, type, base64: bytes.toString("base64") });

/** A text on paper, as a PDF. */
async function printed(page, text) {
  const writer = await page.context().newPage();
  await writer.setContent(`<h1>${text}</h1>`);
  const pdf = await writer.pdf();
  await writer.close();
  return pdf;
}

/** So many seconds of silence, as a WAV of 8,000 samples a second. */
function sound(seconds) {
  const head = Buffer.alloc(44);
  const bytes = seconds * 16_000;
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22); // mono
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

/** A line as slow as asked, or cut. */
async function lineOf(page) {
  const session = await page.context().newCDPSession(page);
  const set = (offline, bytesPerSecond = -1) =>
    session.send("Network.emulateNetworkConditions", {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    });
  return { slow: (rate) => set(false, rate), cut: () => set(true), mend: () => set(false) };
}

describe("files", { skip }, () => {
  const life = lifetime();
  let demo;
  let mobility;
  let ours;
  let theirs;
  const open = windows(() => demo);
  before(async () => {
    demo = await demonstration(life);
  });
  beforeEach(async () => {
    [ours, theirs] = [await open(demo.chef), await open(demo.animateur)];
    ours.on("dialog", (dialog) => dialog.accept()); // « quitter la page ? »
    await ours.visit("/aujourdhui");
    mobility = `/club/${CLUB}/canal/${await channelId(ours, "Mobilités")}`;
  });

  const both = () => Promise.all([ours.visit(mobility), theirs.visit(mobility)]);
  const composer = (page) => page.locator("form.composer").last();
  const choose = (page, ...files) =>
    composer(page)
      .locator("input[type=file]")
      .setInputFiles(files.map(([name, mimeType, buffer]) => ({ name, mimeType, buffer })));
  const attached = (page, name) => page.locator(".upload", { hasText: name });
  const isReady = (page, name) =>
    attached(page, name).getByText("prêt", { exact: false }).waitFor({ timeout: 20_000 });
  const send = (page) => composer(page).getByRole("button", { name: "Envoyer" }).click();
  const say = async (page, text) => {
    await composer(page).getByRole("textbox").fill(text);
    await send(page);
  };
  const row = (page, text) => page.locator("main [data-message]", { hasText: text }).last();

  test("what one attaches, the other opens: the same bytes under the same name", async () => {
    await both();
    const bytes = bytesOf(70_000, 7);
    await choose(ours, ["Relevé des comptages.bin", "application/octet-stream", bytes]);
    await isReady(ours, "Relevé des comptages.bin");
    await say(ours, "Les comptages de la semaine.");
    const link = row(theirs, "Les comptages de la semaine.").getByRole("link", {
      name: "Télécharger Relevé des comptages.bin",
    });
    const download = theirs.waitForEvent("download");
    await link.click();
    const saved = await download;
    assert.equal(saved.suggestedFilename(), "Relevé des comptages.bin");
    const chunks = [];
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk);
    assert.equal(sha(Buffer.concat(chunks)), sha(bytes));
    assert.equal(await attached(ours, "Relevé").count(), 0);
  });

  test("files held above the conversation light it up with a sentence, and fall into the message", async () => {
    await both();
    const note = inBase64("note de cadrage.txt", "text/plain", Buffer.from("Cadrage."));
    const dataTransfer = await transferOf(ours, [note]);
    const main = ours.locator("main");
    await main.dispatchEvent("dragenter", { dataTransfer });
    await ours.getByText(/Déposez pour joindre à votre message dans Mobilités/).waitFor();
    await main.dispatchEvent("drop", { dataTransfer });
    await isReady(ours, "note de cadrage.txt");
    assert.equal(await ours.locator(".drop-here").count(), 0);
    await send(ours); // files only
    await row(theirs, "note de cadrage.txt").waitFor();
  });

  test("a pasted picture is shown to all at its size, before its bytes have come", async () => {
    await both();
    const picture = inBase64("image.png", "image/png", await ours.screenshot());
    const clipboardData = await transferOf(ours, [picture]);
    await composer(ours)
      .getByRole("textbox")
      .evaluate(
        (field, data) =>
          field.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
          ),
        clipboardData,
      );
    await isReady(ours, "Capture du");
    await say(ours, "Voici l’écran.");
    const image = row(theirs, "Voici l’écran.").getByRole("img", { name: /Image : Capture du/ });
    await image.waitFor();
    assert.equal(await image.getAttribute("width"), "240");
    assert.equal(await image.getAttribute("height"), "150");
    await image.scrollIntoViewIfNeeded();
    await theirs.waitForFunction(
      (element) => element.complete && element.naturalWidth > 0,
      await image.elementHandle(),
    );
  });

  test("a message waits for its files, and others pass it meanwhile", async () => {
    await both();
    const line = await lineOf(ours);
    await line.slow(400_000);
    await choose(ours, ["film.bin", "application/octet-stream", bytesOf(1_500_000)]);
    await say(ours, "Le film, dès qu’il est là.");
    await row(ours, "Le film").or(ours.locator(".message-pending")).first().waitFor();
    await say(ours, "En attendant, un mot.");
    await row(theirs, "En attendant, un mot.").waitFor();
    assert.equal(await row(theirs, "Le film").count(), 0);
    await line.mend();
    await row(theirs, "Le film, dès qu’il est là.").waitFor({ timeout: 30_000 });
    await row(theirs, "film.bin").waitFor();
  });

  test("a server killed in the middle of a file is waited for, and the file goes on from there", async () => {
    await both();
    const line = await lineOf(ours);
    await line.slow(1_500_000);
    const bytes = bytesOf(24_000_000, 3);
    const patches = [];
    ours.on("request", (request) => {
      if (request.method() === "PATCH") patches.push(Number(request.headers()["upload-offset"]));
    });
    await choose(ours, ["plan.bin", "application/octet-stream", bytes]);
    await say(ours, "Le plan entier.");
    await ours.getByText(/envoi (7\d|8\d)\s%/).waitFor({ timeout: 40_000 });
    await demo.server.kill();
    await ours.getByText("en attente du réseau").waitFor({ timeout: 20_000 });
    await demo.server.start();
    await line.mend();
    const link = row(theirs, "Le plan entier.").getByRole("link", { name: /Télécharger plan.bin/ });
    await link.waitFor({ timeout: 60_000 });
    const answer = await theirs.request.get(theirs.base + (await link.getAttribute("href")));
    assert.equal(sha(await answer.body()), sha(bytes));
    assert.ok(patches.at(-1) >= 16_777_216, `begun again at ${patches.at(-1)}`);
  });

  test("what is attached without a network leaves when it is back", async () => {
    await both();
    const line = await lineOf(ours);
    await line.cut();
    await choose(ours, ["hors ligne.txt", "text/plain", Buffer.from("Écrit dans le train.")]);
    await say(ours, "Joint dans un tunnel.");
    await ours.getByText("en attente du réseau").waitFor();
    await line.mend();
    await row(theirs, "Joint dans un tunnel.").getByText("hors ligne.txt").waitFor();
  });

  test("a reload during a file says so honestly, and the same file carries on", async () => {
    await both();
    const line = await lineOf(ours);
    await line.slow(300_000);
    const file = ["carte.bin", "application/octet-stream", bytesOf(3_000_000)];
    await choose(ours, file);
    await say(ours, "La carte, par morceaux.");
    await ours.getByText(/envoi \d+\s%/).waitFor();
    await ours.reload();
    const pending = ours.locator(".message-pending", { hasText: "La carte" });
    await pending.getByText(/La page a été rechargée/).waitFor();
    const chosen = ours.waitForEvent("filechooser");
    await pending.getByRole("button", { name: /Choisir le fichier/ }).click();
    const [name, mimeType, buffer] = file;
    await (await chosen).setFiles({ name: `autre ${name}`, mimeType, buffer });
    await ours.getByText(/Ce n’est pas le même fichier/).waitFor();
    await pending.getByRole("button", { name: /Retirer carte.bin/ }).click();
    await row(theirs, "La carte, par morceaux.").waitFor(); // its words go without it
  });

  test("a ready file that is not sent yet outlives a reload", async () => {
    await both();
    await choose(ours, ["ordre du jour.txt", "text/plain", Buffer.from("Ordre du jour.")]);
    await isReady(ours, "ordre du jour.txt");
    await ours.reload();
    await isReady(ours, "ordre du jour.txt");
    await say(ours, "L’ordre du jour après rechargement.");
    await row(theirs, "ordre du jour.txt").waitFor();
  });

  test("what is too large is refused before a byte leaves", async () => {
    await ours.visit(mobility);
    const asked = [];
    ours.on("request", (request) => asked.push(request.url()));
    const huge = { name: "vue.png", type: "image/png", size: 53_000_000 };
    const dataTransfer = await transferOf(ours, [huge]);
    await ours.locator("main").dispatchEvent("drop", { dataTransfer });
    await ours.getByText(/«\svue.png\s» fait 53\sMo\s; une image peut en faire/).waitFor();
    assert.deepEqual(
      asked.filter((url) => /fichiers/.test(url)),
      [],
    );
  });

  test("a picture that cannot be read stays beside its message with the reason, and can be taken off", async () => {
    await both();
    const broken = Buffer.concat([
      Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61", "hex"),
      bytesOf(400),
    ]);
    await choose(ours, ["plan abîmé.png", "image/png", broken]);
    await say(ours, "Le plan numérisé.");
    const pending = ours.locator(".message-pending", { hasText: "Le plan numérisé." });
    await pending.getByText("échec").waitFor();
    await pending.getByRole("button", { name: "Réessayer : plan abîmé.png" }).waitFor();
    await pending.getByRole("button", { name: "Retirer plan abîmé.png" }).click();
    await row(theirs, "Le plan numérisé.").waitFor();
  });

  test("by the keyboard alone: attach, take off, attach again, send", async () => {
    await both();
    const field = composer(ours).getByRole("textbox");
    const chosen = ours.waitForEvent("filechooser");
    await field.focus();
    await ours.keyboard.press("Tab");
    await ours.waitForFunction(() => document.activeElement?.classList.contains("attach"));
    await ours.keyboard.press("Enter");
    const file = { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Note.") };
    await (await chosen).setFiles(file);
    await isReady(ours, "note.txt");
    await composer(ours).getByRole("button", { name: "Retirer note.txt" }).press("Enter");
    assert.equal(await attached(ours, "note.txt").count(), 0);
    assert.ok(await field.evaluate((element) => element === document.activeElement));
    await choose(ours, ["note.txt", "text/plain", Buffer.from("Note.")]);
    await isReady(ours, "note.txt");
    await field.fill("Au clavier.");
    await field.press("Enter");
    await row(theirs, "Au clavier.").getByText("note.txt").waitFor();
  });

  test("what was shared in a conversation goes to the library in two clicks, with its source", async () => {
    await both();
    await choose(ours, ["modele.txt", "text/plain", Buffer.from("Modèle.")]);
    await isReady(ours, "modele.txt");
    await say(ours, "Un modèle à garder.");
    const said = row(ours, "Un modèle à garder.");
    await said.hover();
    await said.getByRole("button", { name: /Actions sur/ }).click();
    await ours.getByRole("menuitem", { name: "Verser à la bibliothèque" }).click();
    const { pathname, searchParams } = new URL(ours.url());
    assert.equal(pathname, "/ressource/nouvelle");
    assert.match(searchParams.get("fichier"), /^[a-z2-7]{26}$/);
    assert.equal(searchParams.get("etagere"), String(CLUB));
    assert.ok(Number(searchParams.get("message")) > 0);
  });

  test("each of several files goes to the library under its own name", async () => {
    await both();
    const text = Buffer.from("Dossier.");
    await choose(ours, ["note.txt", "text/plain", text], ["annexe.txt", "text/plain", text]);
    await isReady(ours, "annexe.txt");
    await say(ours, "Un dossier en deux parties.");
    const said = row(ours, "Un dossier en deux parties.");
    await said.hover();
    await said.getByRole("button", { name: /Actions sur/ }).click();
    await ours.getByRole("menuitem", { name: "Verser note.txt à la bibliothèque" }).waitFor();
    await ours.getByRole("menuitem", { name: "Verser annexe.txt à la bibliothèque" }).click();
    assert.equal(new URL(ours.url()).searchParams.get("nom"), "annexe.txt");
  });

  test("a direct conversation takes files, for those who are in it alone", async () => {
    await ours.visit("/direct");
    await ours.locator("main a[href^='/direct/']", { hasText: "Animatrice" }).first().click();
    await ours.waitForURL(/\/direct\/\d+$/);
    await theirs.visit(new URL(ours.url()).pathname);
    await choose(ours, ["à relire.txt", "text/plain", Buffer.from("À relire.")]);
    await isReady(ours, "à relire.txt");
    await say(ours, "Entre nous, avant la séance.");
    const link = row(theirs, "Entre nous, avant la séance.").getByRole("link", {
      name: "Télécharger à relire.txt",
    });
    const address = ours.base + (await link.getAttribute("href"));
    assert.equal((await theirs.request.get(address)).status(), 200);
    const third = await open(demo.administrator);
    assert.equal((await third.request.get(address)).status(), 404);
  });

  test("a PDF opens in a tab of its own, a sound plays, a picture is shown whole", async () => {
    await both();
    await choose(
      ours,
      ["programme.pdf", "application/pdf", await printed(ours, "Programme")],
      ["entretien.wav", "audio/wav", sound(2)],
      ["plan.png", "image/png", await ours.screenshot()],
    );
    await isReady(ours, "programme.pdf");
    await isReady(ours, "entretien.wav");
    await isReady(ours, "plan.png");
    await say(ours, "De quoi préparer la visite.");
    const said = row(theirs, "De quoi préparer la visite.");
    const opened = async (link) => {
      const tab = theirs.context().waitForEvent("page");
      await link.click();
      return await tab;
    };

    const pdf = said.getByRole("link", { name: "Ouvrir programme.pdf (nouvel onglet)" });
    const answer = await theirs.request.get(theirs.base + (await pdf.getAttribute("href")));
    assert.match(answer.headers()["content-disposition"], /^inline/);
    assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
    const reader = await opened(pdf);
    await reader.waitForURL(/\/fichier\/\w{26}$/);
    await reader.close();

    const player = said.locator("audio");
    await player.evaluate((element) => {
      element.muted = true;
      return element.play();
    });
    await theirs.waitForFunction(
      (element) => element.readyState >= 2 && element.currentTime > 0,
      await player.elementHandle(),
    );

    const picture = await opened(said.getByRole("link", { name: "Image : plan.png" }));
    await picture.waitForFunction(() => document.images[0]?.naturalWidth > 240);
    await picture.close();
  });

  test("a file goes with its message when that is deleted", async () => {
    await both();
    await choose(ours, ["brouillon.txt", "text/plain", Buffer.from("Brouillon.")]);
    await isReady(ours, "brouillon.txt");
    await say(ours, "À ne pas garder.");
    const said = row(ours, "À ne pas garder.");
    const href = await said.getByRole("link", { name: /Télécharger/ }).getAttribute("href");
    await said.hover();
    await said.getByRole("button", { name: /Actions sur/ }).click();
    await ours.getByRole("menuitem", { name: "Supprimer" }).click();
    await ours.getByRole("button", { name: "Supprimer le message" }).click();
    await row(theirs, "Ce message a été supprimé.").waitFor();
    assert.equal((await theirs.request.get(theirs.base + href)).status(), 404);
  });

  test("a reply in a thread takes files too", async () => {
    await both();
    await say(ours, "Qui a un exemple ?");
    const said = row(ours, "Qui a un exemple ?");
    await said.hover();
    await said.getByRole("button", { name: "Répondre dans un fil" }).click();
    const panel = ours.locator("aside.panel");
    const note = inBase64("exemple.txt", "text/plain", Buffer.from("Exemple."));
    await panel.dispatchEvent("drop", { dataTransfer: await transferOf(ours, [note]) });
    await isReady(ours, "exemple.txt");
    await panel.getByRole("button", { name: "Répondre", exact: true }).click();
    await panel.locator("[data-message]", { hasText: "exemple.txt" }).waitFor();
    await row(theirs, "Qui a un exemple ?").getByText("1 réponse").waitFor();
  });

  test("a document of an event may be a file, which those who see the event open", async () => {
    await theirs.visit(`/club/${CLUB}/evenements`);
    const event = await theirs
      .getByRole("link", { name: /Modifier/ })
      .first()
      .getAttribute("href");
    await theirs.visit(event);
    const pick = theirs.locator(".file-pick input[type=file]");
    await pick.setInputFiles({
      name: "Programme_du jour.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("9 h 30 : accueil."),
    });
    await theirs.getByText("Fichier : Programme_du jour.txt").waitFor();
    const label = theirs.getByLabel(/Nom du document/).last();
    assert.equal(await label.inputValue(), "Programme du jour");
    await theirs
      .getByRole("button", { name: /Enregistrer/ })
      .first()
      .click();
    await theirs.getByText("L’événement est enregistré.").first().waitFor();
    await theirs.visit(event.replace("/modifier", ""));
    await theirs.getByText("Programme du jour").waitFor();
    await theirs.getByRole("link", { name: "Télécharger Programme_du jour.txt" }).waitFor();
  });

  for (const dark of [false, true]) {
    test(`on a phone nothing is cut off, and no one is left out (${dark ? "dark" : "light"})`, async () => {
      const page = await open(demo.chef, { phone: true, dark });
      await page.visit(mobility);
      const long = "Convention cadre pluriannuelle d’opération de revitalisation de territoire.txt";
      await choose(
        page,
        [long, "text/plain", Buffer.from("Convention.")],
        ["vue.png", "image/png", await page.screenshot()],
      );
      await isReady(page, "Convention cadre");
      await isReady(page, "vue.png");
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await complaints(page), []);
      await say(page, `Deux fichiers, ${dark ? "la nuit" : "le jour"}.`);
      await row(page, dark ? "la nuit" : "le jour")
        .getByText("Convention cadre")
        .waitFor();
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await complaints(page), []);
    });
  }
});
