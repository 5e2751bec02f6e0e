// A real Chromium before a real server, for one test file.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach } from "node:test";
import { cli, folder, Server } from "../lib/server.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** One process draws for all windows: a new one for each page doubled what a page costs. */
const ARGUMENTS = [
  "--no-sandbox",
  "--no-zygote",
  "--renderer-process-limit=1",
  "--disable-site-isolation-trials",
];
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const WIDE = { viewport: { width: 1280, height: 800 } };

/** Why these tests cannot run here; false if they can. */
export const skip =
  Number(process.versions.node.split(".")[0]) < 20
    ? `skipped: browser tests need Node 20, this is ${process.version}`
    : !existsSync(CHROMIUM) && `skipped: there is no ${CHROMIUM}`;

/**
 * The demonstration, served, with a browser and its three accounts.
 * @param {{after: (end: () => Promise<void>) => void}} t a lifetime()
 */
export async function demonstration(t) {
  const { chromium } = await import("playwright-core");
  const data = join(folder(t), "data");
  const made = await cli(["demo", "--data", data]);
  if (made.code !== 0) throw new Error(made.stderr);
  const accounts = [...made.stdout.matchAll(/(\S+@\S+)\s+(\S+)$/gm)].map(([, email, password]) => ({
    email,
    password,
  }));
  const server = await new Server(data).start();
  t.after(() => server.finish());
  // Else a download whose name has an accent has none, where the language is not set.
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, env });
  t.after(() => browser.close());
  const [administrator, animateur, chef] = accounts;
  return { server, browser, administrator, animateur, chef };
}

/**
 * A window of its own, logged in unless `account` is absent. What goes wrong in it is in `page.problems`.
 * @param {object} how phone, dark, and any other option of a context of Playwright
 */
export async function open(
  { browser, server },
  account,
  { phone = false, dark = false, ...options } = {},
) {
  const context = await browser.newContext({
    ...(phone ? PHONE : WIDE),
    colorScheme: dark ? "dark" : "light",
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    ...options,
  });
  if (account) {
    const answer = await context.request.post(`${server.url}/api/v1/session.open`, {
      headers: { Origin: server.url },
      data: account,
    });
    if (!answer.ok()) throw new Error(await answer.text());
  }
  return newWindow(context, server.url);
}

/** Another window of the same browser, where the first one was. */
export function another(page) {
  return newWindow(page.context(), page.base);
}

async function newWindow(context, base) {
  const page = await context.newPage();
  page.base = base;
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (entry) => {
    if (entry.type() === "error" && /Content Security|Trusted/.test(entry.text()))
      page.problems.push(entry.text());
  });
  page.visit = async (path) => {
    await page.goto(base + path);
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector(".loading"));
  };
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core holds against the page as it is: [] if nothing. */
export async function complaints(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // Summed up there: all that passed as well is more to send than to find.
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    const where = ({ target }) => target.join(" ");
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(where).join(", ")}`);
  });
}

/** How many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** The id of a channel of the Club of the Ain, by its name. */
export async function channelId(page, name) {
  const link = page
    .getByRole("navigation", { name: "Navigation principale" })
    .getByRole("link", { name });
  return Number((await link.first().getAttribute("href")).split("/").pop());
}

/**
 * open() for the tests of one group: what they opened is closed after each, and nothing may have gone
 * wrong in it.
 * @param {() => object} demo the demonstration, once it is there
 */
export function windows(demo) {
  let pages = [];
  afterEach(async () => {
    const problems = pages.flatMap((page) => page.problems);
    await Promise.all(pages.map((page) => page.context().close()));
    pages = [];
    assert.deepEqual(problems, []);
  });
  return async (account, how) => {
    const page = await open(demo(), account, how);
    pages.push(page);
    return page;
  };
}
