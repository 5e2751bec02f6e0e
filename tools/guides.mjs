// make guides: takes the pictures that README.md and the guides show, in a demonstration made for them.
//
// What each one shows is a scene (scenes.mjs). Played in order, since what one does the next one finds. Window, language,
// theme and movement are fixed; dates are those of the day, for the demonstration is always of today.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { demonstration, open, skip } from "../tests/browser/browser.mjs";
import { PLACE, shown } from "./pictures.mjs";
import { withPalette } from "./png.mjs";
import { scenes } from "./scenes.mjs";

const WIDE = { viewport: { width: 1100, height: 700 } };
const PHONE = { phone: true, viewport: { width: 390, height: 760 } };
const STILL = { animations: "disabled", caret: "hide" };

/** The demonstration, its people, and a window for each. */
class Stage {
  #windows = new Map();

  constructor(demo) {
    this.demo = demo;
  }

  /** The window of an account ("visitor": nobody's), wide or of a phone. */
  async window(who, phone = false) {
    const key = `${who} ${phone}`;
    if (!this.#windows.has(key)) {
      const size = phone ? PHONE : WIDE;
      const page = await open(this.demo, this.demo[who], { ...size, reducedMotion: "reduce" });
      this.#windows.set(key, page);
    }
    return this.#windows.get(key);
  }

  /** A command, as that person. */
  async ask(who, command, params = {}) {
    const page = await this.window(who);
    const answer = await page.context().request.post(`${page.base}/api/v1/${command}`, {
      headers: { Origin: page.base },
      data: params,
    });
    if (!answer.ok()) throw new Error(`${command}: ${await answer.text()}`);
    return answer.json();
  }

  /** The event whose title begins so, as the animateur sees it. */
  async event(title) {
    const { events } = await this.ask("animateur", "event.list", { from: Date.now() - 60 * 864e5 });
    return found(events, (event) => event.title.startsWith(title), title);
  }

  async club() {
    const { clubs } = await this.ask("animateur", "club.list");
    return found(clubs, (club) => club.departement === "01", "Club of the Ain");
  }

  async channel(name) {
    const { id } = await this.club();
    const { channels } = await this.ask("animateur", "channel.list", { club: id });
    return found(channels, (channel) => channel.name === name, name);
  }
}

function found(list, is, what) {
  const one = list.find(is);
  if (!one) throw new Error(`the demonstration has no ${what}`);
  return one;
}

async function take(stage, { name, who, phone, play }) {
  const page = await stage.window(who, phone);
  await play(page, stage);
  await page.mouse.move(0, 0); // what it is over may show more
  const picture = withPalette(await page.screenshot(STILL));
  if (page.problems.length) throw new Error(page.problems.join("\n"));
  writeFileSync(join(PLACE, name), picture);
  console.log(`${String(picture.length).padStart(7)} bytes  ${PLACE}/${name}`);
}

/** Both ways: nothing is shown that is not made here, and nothing made that is not shown. */
function checkNames() {
  const wanted = new Set(shown().map(({ picture }) => basename(picture)));
  const made = new Set(scenes.map(({ name }) => name));
  const wrong = [
    ...[...wanted].filter((name) => !made.has(name)).map((name) => `no scene makes ${name}`),
    ...[...made].filter((name) => !wanted.has(name)).map((name) => `no document shows ${name}`),
  ];
  if (wrong.length) throw new Error(wrong.join("\n"));
}

async function main() {
  if (skip) throw new Error(skip);
  checkNames();
  const ends = [];
  try {
    const stage = new Stage(await demonstration({ after: (end) => ends.push(end) }));
    for (const scene of scenes) await take(stage, scene);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
