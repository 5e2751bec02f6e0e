// The real server killed under people at work: at a random instant, and at the Nth call that changes
// something, made, half made or not made. After each kill the database is whole, what was acknowledged is
// there once, and all have heard the same in the same order.
import assert from "node:assert/strict";
import { it } from "node:test";
import { channelOf, clubOf, member } from "../lib/cast.mjs";
import { rows } from "../lib/database.mjs";
import { announce } from "../lib/events.mjs";
import { Random, seed } from "../lib/random.mjs";
import { folder, startServer } from "../lib/server.mjs";
import { deadline } from "../lib/wait.mjs";
import { Faults } from "./faults.mjs";
import { Guest, Listener, Uploader, Writer } from "./load.mjs";

const KILLS = Number(process.env.KILLS ?? (process.env.LONG ? 7000 : 40));
const KILLS_OF_ONE = 100; // then another server: what is there is looked at whole after each kill

/** What is there, from outside. */
function lookAt(server, channel, event) {
  const found = rows(
    server,
    `SELECT 'messages' AS what, id AS k, body AS v FROM message WHERE channel = ${channel}
     UNION ALL SELECT 'positions', person, position FROM reading WHERE channel = ${channel}
     UNION ALL SELECT 'registered', person, 1 FROM registration
         WHERE event = ${event} AND state <> 'cancelled'
     UNION ALL SELECT 'files', file.message, lower(hex(blob.hash))
         FROM file JOIN blob ON blob.id = file.blob
     ORDER BY k`,
  );
  const map = (of) => new Map(found.filter(({ what }) => what === of).map(({ k, v }) => [k, v]));
  const messages = map("messages");
  return {
    messages,
    bodies: [...messages.values()],
    positions: map("positions"),
    registered: map("registered"),
    files: map("files"),
  };
}

/** How this one dies. */
async function kill(server, faults, people, random) {
  if (random.chance(1 / 4)) {
    const before = people.reduce((sum, { answered }) => sum + answered, 0);
    const wanted = before + random.between(0, 40);
    while (people.reduce((sum, { answered }) => sum + answered, 0) < wanted) {
      await new Promise((done) => setTimeout(done, 1)); // on one core, to spin would be to hinder it
    }
    server.child.kill("SIGKILL");
  } else {
    const { calls, part = "" } = random.weighed([
      [4, { calls: "any" }],
      [2, { calls: "pwrite" }],
      [2, { calls: "fdatasync,fsync" }],
      [2, { calls: "pwrite,fdatasync", part: "=beffroi.db" }], // in a checkpoint
      [1, { calls: "rename,unlink,open" }],
    ]);
    const how = random.weighed([
      [2, "kill"],
      [1, "after"],
      [calls.includes("pwrite") ? 2 : 0, "tear"],
    ]);
    const nth = random.between(1, calls === "any" ? 400 : 60);
    await faults.arm(server, `${calls} ${nth} ${how} ${part}`);
  }
  await deadline(server.exited, 120_000, () => `it lives on\n${server.log}`);
  server.child = undefined;
}

/** It may be killed while it starts, too. */
async function startAgain(server, faults, random) {
  if (random.chance(1 / 5)) {
    faults.begin(`any ${random.between(1, 120)} kill`);
    try {
      await server.start();
      server.child.kill("SIGKILL"); // it had fewer calls to make
      await server.exited;
    } catch (error) {
      assert.match(error.message, /serve ended with (SIGKILL|137)/);
    }
  }
  faults.begin("");
  await server.start();
}

async function gather(server, random) {
  const anne = await member(server, "Anne", { role: "animateur" });
  const { id: channel } = await channelOf(anne);
  const event = await announce(anne, (await clubOf(anne)).id);
  const people = [];
  for (let i = 0; i < 3; i++) {
    people.push(new Writer(await member(server, `Rédacteur ${i}`), random, channel));
    people.push(new Guest(await member(server, `Inscrit ${i}`), random, event));
  }
  people.push(new Uploader(await member(server, "Porteur"), random, channel));
  const listeners = [];
  for (const name of ["Paul", "Jeanne"]) listeners.push(new Listener(await member(server, name)));
  return { people, listeners, channel, event };
}

async function killOften(t, kills, random) {
  const faults = new Faults(folder(t));
  const server = await startServer(t, { env: faults.env });
  const { people, listeners, channel, event } = await gather(server, random);
  const compare = () => {
    const look = lookAt(server, channel, event);
    for (const person of people) person.verify(look);
    return look;
  };
  for (let i = 0; i < kills; i++) {
    for (const listener of listeners) await listener.back();
    const runs = Promise.all(people.map((person) => person.run()));
    await Promise.race([kill(server, faults, people, random), runs.then(() => server.exited)]);
    await server.exited;
    server.child = undefined;
    await runs;
    for (const { client } of listeners) await client.closed;
    await startAgain(server, faults, random);
    const { code, stdout, stderr } = await server.cli("check");
    assert.equal(code, 0, `kill ${i + 1}: ${stdout}${stderr}`);
    compare();
  }
  for (const person of people) await person.finish();
  const { messages } = compare();
  for (const listener of listeners) {
    await listener.back();
    await listener.client.settle();
    assert.deepEqual(listener.heard, [...messages.keys()], "all hear all, once, in one order");
    assert.ok(listener.seqs.every((seq, i) => i === 0 || seq > listener.seqs[i - 1]));
  }
}

for (let done = 0; done < KILLS; done += KILLS_OF_ONE) {
  const kills = Math.min(KILLS_OF_ONE, KILLS - done);
  it(
    `loses nothing and doubles nothing in ${kills} kills (SEED=${seed}, from ${done})`,
    {
      timeout: kills * 20_000,
    },
    (t) => killOften(t, kills, new Random(seed + done)),
  );
}
