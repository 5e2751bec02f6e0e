// What a person sees while the server's disk is full: it is said, what they write is kept, and it leaves
// by itself when there is room.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, describe, test } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { channelId, complaints, demonstration, overflow, skip, windows } from "./browser.mjs";

const CLUB = 2;

describe("a full disk", { skip }, () => {
  const life = lifetime();
  let demo;
  before(async () => {
    demo = await demonstration(life);
  });
  const open = windows(() => demo);
  const room = (bytes) =>
    execFileSync("prlimit", ["--pid", String(demo.server.pid), `--fsize=${bytes}:unlimited`]);

  test("is told to all, and what is written waits and leaves by itself", async () => {
    const [ours, theirs] = [
      await open(demo.chef),
      await open(demo.animateur, { phone: true, dark: true }),
    ];
    await ours.visit("/aujourdhui");
    const channel = `/club/${CLUB}/canal/${await channelId(ours, "Mobilités")}`;
    await Promise.all([ours.visit(channel), theirs.visit(channel)]);
    const field = ours.getByRole("textbox", { name: /Votre message/ }).last();
    const banner = (page) => page.getByRole("status").filter({ hasText: "Lecture seule" });
    room(4096);
    await field.fill("Écrit sur un disque plein.");
    await field.press("Enter");
    await Promise.all([banner(ours).waitFor(), banner(theirs).waitFor()]);
    await ours.getByText("En attente : le serveur").waitFor();
    for (const page of [ours, theirs]) {
      assert.deepEqual(await complaints(page), []);
      assert.ok((await overflow(page)) <= 0);
    }
    if (process.env.PICTURES) {
      await ours.screenshot({ path: `${process.env.PICTURES}/full-wide.png` });
      await theirs.screenshot({ path: `${process.env.PICTURES}/full-phone-dark.png` });
      for (const page of [ours, theirs]) {
        await page.emulateMedia({ colorScheme: page === ours ? "dark" : "light" });
      }
      await ours.screenshot({ path: `${process.env.PICTURES}/full-wide-dark.png` });
      await theirs.screenshot({ path: `${process.env.PICTURES}/full-phone.png` });
    }
    await field.fill("Le suivant, pas encore envoyé");
    room("unlimited");
    await theirs
      .locator("main [data-message]", { hasText: "Écrit sur un disque plein." })
      .waitFor({ timeout: 20_000 });
    await Promise.all([
      banner(ours).waitFor({ state: "detached" }),
      banner(theirs).waitFor({ state: "detached" }),
    ]);
    assert.equal(await field.inputValue(), "Le suivant, pas encore envoyé");
  });
});
