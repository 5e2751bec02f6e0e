// Law 5 at the doors that give files out: GET /fichier and /vignette say what file.open says, to each role
// and of each place; the rows of file.open are in expected.txt.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { lifetime, startServer } from "../lib/server.mjs";
import { chosenFile, fileAt, ownFile, PLACES } from "./files.mjs";
import { ROLES, World } from "./world.mjs";

describe("what is given out", () => {
  const life = lifetime();
  let world, people;

  before(async () => {
    world = await World.create(await startServer(life));
    people = await world.cast();
  });

  const keyFor = { own: ownFile, chosen: chosenFile };
  for (const place of ["own", "chosen", ...PLACES]) {
    it(`${place}: as file.open says, picture and small picture`, async () => {
      for (const role of ROLES) {
        const who = people[role];
        const key = await (keyFor[place] ?? (() => fileAt(world, place)))(world, who);
        if (!key) continue;
        const { status } = await who.post("file.open", { key });
        for (const path of [`/fichier/${key}`, `/vignette/${key}`]) {
          const given = await world.server.fetch(path, { headers: who.headers() });
          assert.equal(given.status, status === 200 ? 200 : 404, `${role}, ${path}`);
          assert.equal(given.bytes.subarray(1, 4).toString() === "PNG", status === 200, role);
        }
      }
    });
  }
});
