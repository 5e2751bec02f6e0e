// A page left open while the server is upgraded, or restored from a backup: it finds its way by itself.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { channelId, demonstration, skip, windows } from "./browser.mjs";

const CLUB = 2;

describe("a page left open", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });
  const open = windows(() => demo);

  test("shows what the restored server holds, and sends what was waiting", async () => {
    const page = await open(demo.chef);
    await page.visit("/aujourdhui");
    await page.visit(`/club/${CLUB}/canal/${await channelId(page, "Mobilités")}`);
    await page.evaluate(() => {
      window.notReloaded = true;
    });
    const field = page.getByRole("textbox", { name: /Votre message/ }).last();
    const row = (text) => page.locator("main [data-message]", { hasText: text });
    const say = async (text) => {
      await field.fill(text);
      await field.press("Enter");
    };
    await say("Écrit avant la sauvegarde.");
    await row("Écrit avant la sauvegarde.").waitFor();
    const { server } = demo;
    const file = join(server.data, "..", "nuit.db");
    assert.equal((await server.cli("backup", [file])).code, 0);
    await say("Écrit après la sauvegarde.");
    await row("Écrit après la sauvegarde.").waitFor();
    await server.stop();
    await say("Écrit pendant l'arrêt.");
    await page.getByText("En attente").waitFor();
    assert.equal((await server.cli("restore", [file])).code, 0);
    await server.start();
    await row("Écrit pendant l'arrêt.").waitFor({ timeout: 40_000 });
    await row("Écrit après la sauvegarde.").waitFor({ state: "detached" });
    assert.equal(await row("Écrit avant la sauvegarde.").count(), 1);
    assert.equal(await page.locator(".message-pending").count(), 0);
    assert.equal(await page.evaluate(() => window.notReloaded), true);
  });
});
