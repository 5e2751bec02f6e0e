// Invitations by mail: received by npm's smtp-server and read by ical.js, as a calendar would.
import assert from "node:assert/strict";
import { it } from "node:test";
import { calendarOf } from "../lib/calendar.mjs";
import { clubOf, member } from "../lib/cast.mjs";
import { change } from "../lib/database.mjs";
import { announce, DAY, eventIn, register } from "../lib/events.mjs";
import { mailServer, parseMail } from "../lib/mail.mjs";
import { startServer } from "../lib/server.mjs";
import { until } from "../lib/wait.mjs";

async function stage(t, { behave, ...more } = {}) {
  const smtp = await mailServer(t, { behave });
  const server = await startServer(t, {
    smtp_url: smtp.url,
    mail_from: "Le Club <club@exemple.fr>",
  });
  const anne = await member(server, "Anne", { role: "animateur" });
  const club = (await clubOf(anne)).id;
  const event = await announce(anne, club, {
    title: "Réhabiliter une friche : de l'étude, au chantier ; et après\\",
    address: "1, place de la Mairie",
    commune: "Nantua",
    ...more,
  });
  return { smtp, server, anne, club, event };
}

/** The mails to somebody that carry a calendar, as {mail, method, calendar, event}. */
function calendarsTo({ mails }, email) {
  return mails
    .filter(({ to }) => to.includes(email))
    .map(({ text }) => parseMail(text))
    .flatMap((mail) => {
      const part = mail.parts.find(({ type }) => type === "text/calendar");
      if (!part) return [];
      const calendar = calendarOf(part.text);
      return [{ mail, method: part.params.method, calendar, event: calendar.events[0] }];
    });
}
const come = (smtp, email, count) =>
  until(
    () => calendarsTo(smtp, email).length >= count && calendarsTo(smtp, email),
    10_000,
    `${count} calendars to ${email}`,
  );

it("sends who is seated the event as a request, in its zone", async (t) => {
  const { smtp, server, anne, event } = await stage(t, { zone: "Indian/Reunion" });
  const paul = await member(server, "Paul");
  await register(paul, event);
  const [{ mail, method, calendar, event: sent }] = await come(smtp, paul.email, 1);
  const about = (await anne.ask("event.get", { event })).event;
  assert.deepEqual([method, calendar.method], ["REQUEST", "REQUEST"]);
  assert.ok(mail.parts.some(({ type }) => type === "text/plain"));
  assert.ok(mail.parts.some(({ type }) => type === "text/html"));
  assert.equal(calendar.events.length, 1);
  assert.equal(sent.summary, about.title);
  assert.match(sent.location, /1, place de la Mairie.*Nantua/s);
  assert.deepEqual([sent.starts_at, sent.ends_at], [about.starts_at, about.ends_at]);
  assert.equal(sent.zone, "Indian/Reunion");
  assert.deepEqual(calendar.zones, ["Indian/Reunion"]);
  assert.equal(sent.status, "CONFIRMED");
  assert.equal(sent.sequence, about.sequence);
  assert.deepEqual(sent.attendees, [`mailto:${paul.email}`]);
  assert.match(sent.organiser, /^mailto:/);
  assert.match(sent.url, new RegExp(`/evenement/${event}$`));
});

it("sends the same event again when it moves, and takes it back when it is cancelled", async (t) => {
  const { smtp, server, anne, club, event } = await stage(t);
  const paul = await member(server, "Paul");
  await register(paul, event);
  const [first] = await come(smtp, paul.email, 1);
  const next = eventIn(club, { starts_at: first.event.starts_at + DAY });
  await anne.ask("event.update", { event, ...next });
  const [, moved] = await come(smtp, paul.email, 2);
  await anne.ask("event.cancel", { event, reason: "Alerte orange" });
  const [, , cancelled] = await come(smtp, paul.email, 3);
  assert.deepEqual(
    [first.method, moved.method, cancelled.method],
    ["REQUEST", "REQUEST", "CANCEL"],
  );
  assert.equal(new Set([first, moved, cancelled].map(({ event }) => event.uid)).size, 1);
  const numbers = [first, moved, cancelled].map(({ event }) => event.sequence);
  assert.ok(numbers[0] < numbers[1] && numbers[1] < numbers[2], `sequences ${numbers}`);
  assert.equal(moved.event.starts_at, next.starts_at);
  assert.equal(cancelled.event.status, "CANCELLED");
});

it("takes the event back from who leaves, and sends none to who waits", async (t) => {
  const { smtp, server, event } = await stage(t, { capacity: 1 });
  const paul = await member(server, "Paul");
  const lea = await member(server, "Léa");
  await register(paul, event);
  await register(lea, event);
  await paul.ask("event.unregister", { event });
  const [, back] = await come(smtp, paul.email, 2);
  assert.equal(back.method, "CANCEL");
  await lea.ask("event.confirm", { event });
  const [seated] = await come(smtp, lea.email, 1);
  assert.equal(seated.method, "REQUEST");
  assert.equal(calendarsTo(smtp, lea.email).length, 1);
});

it("sends whole days as days", async (t) => {
  const starts_at = Date.UTC(new Date().getUTCFullYear() + 1, 5, 9, 22); // 10 June, midnight in Paris
  const { smtp, server, event } = await stage(t, {
    all_day: true,
    starts_at,
    ends_at: starts_at + 2 * DAY,
  });
  const paul = await member(server, "Paul");
  await register(paul, event);
  const [{ event: sent }] = await come(smtp, paul.email, 1);
  assert.ok(sent.allDay);
  const year = new Date(starts_at).getUTCFullYear();
  assert.deepEqual([sent.starts_at, sent.ends_at], [`${year}-06-10`, `${year}-06-12`]);
});

it("sends a mail twice only where the mail server's answer was lost", async (t) => {
  let isStuck = false;
  let reached;
  const stuck = new Promise((done) => (reached = done));
  const { smtp, server, event } = await stage(t, {
    behave: async () => {
      if (!isStuck) return;
      isStuck = false;
      reached();
      await killed;
    },
  });
  let release;
  const killed = new Promise((done) => (release = done));
  const paul = await member(server, "Paul");
  const lea = await member(server, "Léa");
  await register(lea, event);
  await come(smtp, lea.email, 1);
  isStuck = true;
  await register(paul, event);
  await stuck; // the whole mail is there, and not answered
  await server.kill();
  release();
  await until(() => calendarsTo(smtp, paul.email).length === 1);
  change(server, "UPDATE mail SET next_at = 0");
  await server.start();
  const [one, two] = await come(smtp, paul.email, 2);
  assert.equal(one.mail.headers["message-id"], two.mail.headers["message-id"]);
  assert.deepEqual(one.calendar, two.calendar);
  assert.equal(calendarsTo(smtp, lea.email).length, 1);
});
