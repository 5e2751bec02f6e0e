// What time brings to an event, each thing once, whatever stops and kills lie between. Time is moved in
// the database while the server is down.
import assert from "node:assert/strict";
import { it } from "node:test";
import { clubOf, connected, member } from "../lib/cast.mjs";
import { nonce } from "../lib/client.mjs";
import { change, rows, value } from "../lib/database.mjs";
import { announce, DAY, draft, eventIn, HOUR, register } from "../lib/events.mjs";
import { Random, seed } from "../lib/random.mjs";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

/** An animateur, some registered people, and an event in eight days. */
async function stage(t, people = ["Paul"], more = {}) {
  const server = await startServer(t);
  const host = await member(server, "Anne", { role: "animateur" });
  const club = (await clubOf(host)).id;
  const event = await announce(host, club, { days: 8, ...more });
  const seated = [];
  for (const name of people) {
    seated.push(await member(server, name));
    await register(seated.at(-1), event);
  }
  return { server, host, club, event, seated };
}

/** As if it began in `ms`; what was set for a time before its start stays as far before it. */
function beginsIn(server, event, ms) {
  const { starts_at } = rows(server, `SELECT starts_at FROM event WHERE id = ${event}`)[0];
  const earlier = starts_at - (Date.now() + ms);
  change(
    server,
    `UPDATE event SET starts_at = starts_at - ${earlier}, ends_at = ends_at - ${earlier}
       WHERE id = ${event};
     UPDATE due SET at = at - ${earlier} WHERE object = ${event} AND command LIKE 'event.%'`,
  );
}

const reminders = (server, event) =>
  rows(
    server,
    `SELECT person, detail FROM notice WHERE event = ${event} AND kind = 'reminder' ORDER BY id`,
  );
const stages = (server, event) => reminders(server, event).map(({ detail }) => detail);
const nextReminder = (server, event) =>
  value(server, `SELECT at FROM due WHERE command = 'event.remind' AND object = ${event}`);

/** Down, time moved, and up again until what was due is done. */
async function letPass(server, event, ms, kill = false) {
  await (kill ? server.kill() : server.stop());
  beginsIn(server, event, ms);
  await server.start();
  await until(() => (nextReminder(server, event) ?? Infinity) > Date.now(), 5000, "no reminder");
}

it("reminds a week, a day and an hour before, each once, across restarts", async (t) => {
  const { server, event } = await stage(t);
  assert.deepEqual(stages(server, event), []);
  await letPass(server, event, 7 * DAY - HOUR);
  assert.deepEqual(stages(server, event), ["week"]);
  await server.restart();
  await server.kill();
  await server.start();
  assert.deepEqual(stages(server, event), ["week"]);
  await letPass(server, event, 23 * HOUR, true);
  await letPass(server, event, HOUR / 2);
  assert.deepEqual(stages(server, event), ["week", "day", "hour"]);
  assert.equal(nextReminder(server, event), undefined);
});

it("sends only the latest of several that passed while it was down", async (t) => {
  const { server, event } = await stage(t);
  await letPass(server, event, HOUR / 2);
  assert.deepEqual(stages(server, event), ["hour"]);
});

it("sends none once the event has begun", async (t) => {
  const { server, event } = await stage(t);
  await letPass(server, event, -HOUR / 2);
  assert.deepEqual(stages(server, event), []);
});

it("leaves out who refused a stage, and who has no seat", async (t) => {
  const { server, event, seated } = await stage(t, ["Paul", "Léa", "Max"], { capacity: 2 });
  const [paul, lea] = seated;
  await paul.ask("reminder.set", { week: false, day: true, hour: true });
  assert.deepEqual(await paul.ask("reminder.get"), { week: false, day: true, hour: true });
  await letPass(server, event, 7 * DAY - HOUR);
  assert.deepEqual(reminders(server, event), [{ person: lea.id, detail: "week" }]);
  await letPass(server, event, 23 * HOUR);
  assert.equal(stages(server, event).filter((stage) => stage === "day").length, 2);
});

it("reminds of the new hour when an event is moved", async (t) => {
  const { server, host, club, event } = await stage(t, ["Paul"], { days: 3 });
  const before = nextReminder(server, event);
  const { starts_at } = (await host.ask("event.get", { event })).event;
  assert.equal(before, starts_at - DAY);
  const later = eventIn(club, { days: 20 });
  await host.ask("event.update", { event, ...later });
  assert.equal(nextReminder(server, event), later.starts_at - 7 * DAY);
});

it("reminds of nothing that was cancelled", async (t) => {
  const { server, host, event } = await stage(t);
  await host.ask("event.cancel", { event, reason: "Grève" });
  assert.equal(nextReminder(server, event), undefined);
});

it(`tells each person once when it is killed in the midst of it (SEED=${seed})`, async (t) => {
  const random = new Random();
  const names = Array.from({ length: 40 }, (_, i) => `Personne ${i}`);
  const { server, event } = await stage(t, names);
  await server.stop();
  beginsIn(server, event, 7 * DAY - HOUR);
  for (let kills = 0; kills < 12; kills++) {
    const started = server.start();
    if (random.chance(0.5)) {
      // Before it says where it listens, perhaps: time begins with the writer.
      await new Promise((done) => setTimeout(done, random.between(0, 40)));
      started.catch(() => {});
    } else {
      await started;
    }
    await server.kill();
    await started.catch(() => {});
    const told = reminders(server, event);
    assert.ok([0, names.length].includes(told.length), "some were told, and others not");
  }
  await server.start();
  await until(() => reminders(server, event).length === names.length);
  assert.equal(new Set(reminders(server, event).map(({ person }) => person)).size, names.length);
});

it("publishes a draft at its time, in the name of who made it", async (t) => {
  const server = await startServer(t);
  const anne = await connected(server, "Anne", { role: "animateur" });
  const paul = await connected(server, "Paul");
  const club = (await clubOf(anne)).id;
  const event = await draft(anne, club);
  await anne.call("event.publish", { event, at: Date.now() + DAY });
  assert.equal((await anne.call("event.get", { event })).event.state, "draft");
  const { cursor, epoch } = paul.hello;
  await server.stop();
  change(
    server,
    `UPDATE due SET at = 1 WHERE command = 'event.publish';
    UPDATE event SET publish_at = 1 WHERE id = ${event}`,
  );
  await server.start();
  await paul.connect();
  await paul.call("session.resume", { epoch, cursor });
  await paul.fact("event.changed", (fact) => fact.event.state === "published");
  const { message } = await paul.fact("message.posted", (fact) => fact.message.event === event);
  assert.equal(message.author.id, anne.id);
  await server.restart();
  await paul.connect();
  await paul.call("session.resume", { epoch, cursor });
  const cards = value(server, `SELECT count(*) FROM message WHERE event = ${event}`);
  assert.equal(cards, 1);
});

it("takes no registration and no answer after the deadline, but lets one leave", async (t) => {
  const { server, event, seated } = await stage(t);
  const late = await member(server, "Trop tard");
  await server.stop();
  change(server, `UPDATE event SET deadline_at = 1 WHERE id = ${event}`);
  await server.start();
  await assert.rejects(register(late, event), { status: 409 });
  await assert.rejects(seated[0].ask("event.answer", { event, answers: [] }), { status: 409 });
  await seated[0].ask("event.unregister", { event });
});

it("passes a seat on that was not confirmed in time, and again", async (t) => {
  const { server, event, seated } = await stage(t, ["Paul", "Léa", "Max", "Ida"], { capacity: 1 });
  const [paul, lea, max, ida] = seated;
  await paul.ask("event.unregister", { event });
  const state = async (one) => (await one.ask("event.get", { event })).mine.registration;
  for (const [one, next] of [
    [lea, max],
    [max, ida],
  ]) {
    assert.equal(await state(one), "offered");
    await server.kill();
    change(
      server,
      `UPDATE due SET at = 1 WHERE command = 'registration.lapse';
      UPDATE registration SET held_until = 1 WHERE state = 'offered'`,
    );
    await server.start();
    await until(async () => (await state(one)) === "lapsed");
    assert.equal(await state(next), "offered");
    await assert.rejects(one.ask("event.confirm", { event }), { status: 409 });
  }
  await ida.ask("event.confirm", { event });
  assert.equal(await state(ida), "seated");
  await lea.ask("event.register", { event, nonce: nonce() });
  assert.equal(await state(lea), "waiting");
});

it("closes the event's channel sixty days after its end", async (t) => {
  const { server, host, event, seated } = await stage(t);
  const { channel } = (await host.ask("event.get", { event })).event;
  await server.stop();
  beginsIn(server, event, -61 * DAY);
  await server.start();
  const isClosed = async () => {
    const { channel: now } = await seated[0].ask("channel.get", { channel });
    return now.archived;
  };
  await until(isClosed, 5000, "the channel stays open");
  const say = { channel, body: "Encore là", nonce: nonce() };
  await assert.rejects(seated[0].ask("message.post", say));
});
