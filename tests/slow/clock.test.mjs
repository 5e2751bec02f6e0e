// The wall clock is set forward and back, a year and over a change of summer time, while people talk:
// numbers go on rising, lines stay open, nothing is lost, and what is due is done.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, clubOf, connected } from "../lib/cast.mjs";
import { Client } from "../lib/client.mjs";
import { folder, lifetime, startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";
import { PROGRAMS } from "./house.mjs";

const preloaded = `${PROGRAMS}/jump.so`;
const HOUR = 3600;
const DAY = 24 * HOUR;
const NOTICED_MS = 15_000; // the server looks at its clock each ten seconds, with nothing else to do

describe("a clock that jumps", () => {
  const life = lifetime();
  let server, anne, paul, channel, file, clubIds;

  const set = (seconds) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(Math.round(seconds)));
    writeFileSync(file, bytes, { flag: "r+" });
  };

  before(async () => {
    file = resolve(join(folder(life), "offset"));
    writeFileSync(file, Buffer.alloc(8));
    server = await startServer(life, { env: { LD_PRELOAD: preloaded, JUMP_FILE: file } });
    anne = await connected(server, "Anne", { role: "animateur" });
    paul = await connected(server, "Paul");
    channel = (await channelOf(anne)).id;
    clubIds = { club: (await clubOf(anne)).id, national: (await clubOf(anne, null)).id };
  });

  it("is seen by the server", async () => {
    set(10 * DAY);
    const { id } = await anne.say(channel, "dans dix jours");
    const { message } = await paul.fact("message.posted", (fact) => fact.message.id === id);
    assert.ok(Math.abs(message.at - Date.now() - 10 * DAY * 1000) < 60_000);
    set(0);
  });

  it("leaves numbers rising and lines open, and loses nothing", async () => {
    const jumps = [0, 20, 0, -1, 10, -300, 0].map((days) => days * DAY);
    const told = [];
    for (const jump of [...jumps, HOUR, -HOUR, 0]) {
      set(jump);
      const { id, seq } = await anne.say(channel, `décalée de ${jump} s`);
      const fact = await paul.fact("message.posted", ({ message }) => message.id === id);
      assert.equal(fact.seq, seq);
      told.push({ id, seq });
    }
    const rising = (list) => list.every((value, i) => i === 0 || value > list[i - 1]);
    assert.ok(rising(told.map(({ seq }) => seq)) && rising(told.map(({ id }) => id)));
    const { messages } = await paul.call("message.list", { channel });
    const listed = messages.map(({ id }) => id).filter((id) => told.some((one) => one.id === id));
    const ordered = [...listed].sort((a, b) => a - b);
    assert.equal(listed.length, told.length);
    assert.ok([ordered, ordered.slice().reverse()].some((list) => String(list) === String(listed)));
  });

  it("does not change how fast one may speak", async () => {
    for (const jump of [-DAY, DAY, 0]) {
      set(jump);
      for (let i = 0; i < 50; i++) await anne.call("ping");
    }
  });

  it("passes the nights in which an hour is missing or comes twice", async (t) => {
    for (const night of ["2027-03-28T00:59:58Z", "2027-10-31T00:59:58Z"]) {
      set((Date.parse(night) - Date.now()) / 1000);
      const other = await startServer(t, { env: { LD_PRELOAD: preloaded, JUMP_FILE: file } });
      const writer = await connected(other, "Max");
      const place = (await channelOf(writer)).id;
      for (let i = 0; i < 5; i++) {
        set((Date.parse(night) - Date.now()) / 1000 + i * 1800);
        const { id } = await writer.say(place, `demi-heure ${i}`);
        const { message } = await writer.fact("message.posted", (fact) => fact.message.id === id);
        const late = message.at - Date.parse(night) - i * 1_800_000;
        assert.ok(Math.abs(late) < 60_000, `${night} + ${i}: ${late} ms`);
      }
      await writer.close();
    }
    set(0);
  });

  /** Somebody who is made animateur by a post, which opens the national Club to them as long as they hold it. */
  async function holder(name, how) {
    const person = await connected(server, name);
    const { club } = clubIds;
    const heard = (fact) =>
      person.fact(fact, ({ kind, id }) => kind === "club" && id === clubIds.national, NOTICED_MS);
    const { tenure } = await anne.ask("tenure.give", { club, person: person.id, ...how });
    const stateNow = async () => {
      const { posts } = await anne.ask("post.list", { club });
      return posts.flatMap(({ holders }) => holders).find((one) => one.tenure === tenure).state;
    };
    return { heard, stateNow };
  }

  const inSeconds = (seconds) => Math.round(Date.now() + seconds * 1000);

  it("ends a post at its hour when it jumps over it, with nobody asking for anything", async () => {
    const { heard, stateNow } = await holder("Inès", { ends_at: inSeconds(2 * HOUR) });
    await heard("access.gained");
    set(HOUR);
    await anne.say(channel, "une heure avant");
    assert.equal(await stateNow(), "active");
    set(3 * HOUR);
    await heard("access.lost");
    set(0);
    assert.equal(await stateNow(), "ended"); // what is over by the clock stays over
  });

  it("begins a post at its hour when it jumps over it", async () => {
    const { heard, stateNow } = await holder("Omar", { starts_at: inSeconds(2 * HOUR) });
    assert.equal(await stateNow(), "planned");
    set(3 * HOUR);
    await heard("access.gained");
    assert.equal(await stateNow(), "active");
    set(0);
  });

  it("ends a post that is over by now when it was behind, once it is set right", async () => {
    set(-DAY);
    const { heard } = await holder("Lucie", { ends_at: inSeconds(HOUR - DAY) });
    await heard("access.gained");
    set(0);
    await heard("access.lost");
  });

  it("closes an invitation after its days, opens it again when it is set back, and forgets it in time", async () => {
    const who = { email: "invitee@exemple.fr", name: "Rose", role: "partenaire" };
    const { club } = clubIds;
    const { invitation, link } = await anne.ask("member.invite", { club, ...who });
    const token = link.split("#").pop();
    const open = async () => (await new Client(server).post("invitation.get", { token })).status;
    for (const [days, status] of [
      [13, 200],
      [15, 410],
      [0, 200],
    ]) {
      set(days * DAY);
      assert.equal(await open(), status, `on day ${days}`);
    }
    const listed = async () => {
      const { invitations } = await anne.ask("invitation.list", { club });
      return invitations.some(({ id }) => id === invitation);
    };
    assert.ok(await listed());
    set(45 * DAY);
    await until(async () => !(await listed()), NOTICED_MS, "it is still there");
    set(0);
    assert.equal(await open(), 410);
  });

  it("ends what is over by it, and lets in again when it is set right", async () => {
    const zoe = await connected(server, "Zoé");
    set(800 * DAY);
    assert.equal((await zoe.post("club.list")).status, 401);
    set(0);
    assert.equal((await zoe.post("club.list")).status, 200);
    await zoe.close();
  });
});
