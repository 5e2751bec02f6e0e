// The wall clock is set forward and back, a year and over a change of summer time, while people talk:
// numbers go on rising, lines stay open, nothing is lost, and what is due is done.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { before, describe, it } from "node:test";
import { channelOf, connected } from "../lib/cast.mjs";
import { folder, lifetime, startServer } from "../lib/server.mjs";
import { PROGRAMS } from "./house.mjs";

const preloaded = `${PROGRAMS}/jump.so`;
const HOUR = 3600;
const DAY = 24 * HOUR;

describe("a clock that jumps", () => {
  const life = lifetime();
  let server, anne, paul, channel, file;

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

  it("ends what is over by it, and lets in again when it is set right", async () => {
    const zoe = await connected(server, "Zoé");
    set(800 * DAY);
    assert.equal((await zoe.post("club.list")).status, 401);
    set(0);
    assert.equal((await zoe.post("club.list")).status, 200);
    await zoe.close();
  });
});
