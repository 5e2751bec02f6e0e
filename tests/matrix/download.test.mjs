// Law 5 at the doors that give files out and take them in. GET /fichier and /vignette say what file.open
// says, to each role and of each place; the rows of file.open are in expected.txt. How far a file came is told
// to who sees it, a piece is taken from its bringer alone; a shelf's feed is for all where everything on it
// is, or for who has its secret.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { lifetime, startServer } from "../lib/server.mjs";
import { announced, look, patch } from "../lib/upload.mjs";
import { chosenFile, comingFile, fileAt, ownFile, PLACES } from "./files.mjs";
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

  const refused = (who) => (world.isIn(who) ? [404] : [401, 403]);
  const isOneOf = (statuses, status, what) =>
    assert.ok(statuses.includes(status), `${what}: ${status}`);

  for (const place of PLACES) {
    it(`${place}: how far it came is told as file.get tells it; nobody adds to it`, async () => {
      const key = await fileAt(world, place);
      const path = `/fichiers/${key}`;
      for (const role of ROLES) {
        const who = people[role];
        const isSeen = (await who.post("file.get", { key })).status === 200;
        const told = isSeen ? [200] : refused(who);
        isOneOf(told, (await look(who, path)).status, `HEAD, ${role}`);
        const none = isSeen ? [403, 404, 409] : refused(who);
        isOneOf(none, (await patch(who, path, 0, "x")).status, `PATCH, ${role}`);
      }
    });
  }

  it("coming: its bringer alone is told how far it came, and adds to it", async () => {
    const other = await announced(world.author, 1000);
    for (const role of ROLES) {
      const who = people[role];
      isOneOf(refused(who), (await look(who, other)).status, `HEAD, ${role}`);
      isOneOf(refused(who), (await patch(who, other, 0, "x")).status, `PATCH, ${role}`);
      const key = await comingFile(world, who);
      if (!key) continue;
      assert.equal((await look(who, `/fichiers/${key}`)).status, 200, role);
      assert.equal((await patch(who, `/fichiers/${key}`, 0, "x")).status, 204, role);
    }
    assert.equal((await look(world.author, other)).headers["upload-offset"], "0");
  });

  it("shelves: a public one for all, another by its secret alone", async () => {
    await world.resource("published");
    const { url } = await world.host.ask("feed.create", { kind: "shelf", club: world.club });
    const secret = new URL(url).pathname;
    for (const role of ROLES) {
      const who = people[role];
      const get = async (path) => (await who.server.fetch(path, { headers: who.headers() })).status;
      assert.equal(await get(`/bibliotheque/${world.clubShown}.atom`), 200, role);
      assert.equal(await get(`/bibliotheque/${world.club}.atom`), 404, role);
      assert.equal(await get(secret), 200, role);
      assert.equal(await get(secret.replace(/.{4}\.atom$/, "aaaa.atom")), 404, role);
    }
  });
});
