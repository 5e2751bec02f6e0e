// What the server gives to calendars, read by two that know nothing of it: they must agree, and mean the event.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { calendarOf } from "../lib/calendar.mjs";
import { clubOf, member } from "../lib/cast.mjs";
import { announce, DAY, HOUR, register } from "../lib/events.mjs";
import { lifetime, startServer } from "../lib/server.mjs";

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** When Paris changes its hour next year: 1:00 UTC, the last Sunday of March (2) or October (9). */
function lastSunday(month) {
  const last = new Date(Date.UTC(NEXT_YEAR, month, 31, 1));
  return last.getTime() - last.getUTCDay() * DAY;
}

describe("calendars, read by ical.js and libical", () => {
  const life = lifetime();
  const begun = (async () => {
    const server = await startServer(life);
    const host = await member(server, "Hôte", { role: "animateur" });
    const reader = await member(server, "Lectrice");
    return { server, host, reader, club: (await clubOf(host)).id };
  })();

  const feed = async (client, params) => {
    const { url } = await client.ask("feed.create", params);
    const answer = await client.server.fetch(new URL(url).pathname);
    assert.equal(answer.status, 200);
    return calendarOf(answer.text).events;
  };
  const file = async (client, event) => {
    const answer = await client.server.fetch(`/evenement/${event}.ics`, {
      headers: client.headers(),
    });
    assert.equal(answer.status, 200);
    const events = calendarOf(answer.text).events;
    assert.equal(events.length, 1);
    return events[0];
  };

  it("means the same instant in every zone, on both sides of a change of hour", async () => {
    const { server, host, club } = await begun;
    const { components } = (await server.fetch("/api/openapi.json")).json;
    assert.ok(components.schemas.Zone.enum.length > 10);
    const changes = [lastSunday(2), lastSunday(9)];
    const wanted = new Map();
    for (const name of components.schemas.Zone.enum) {
      for (const at of changes) {
        for (const starts_at of [at - HOUR, at, at + HOUR]) {
          const title = `${name} ${starts_at}`;
          wanted.set(title, starts_at);
          await announce(host, club, { title, zone: name, starts_at, ends_at: starts_at + HOUR });
        }
      }
    }
    const read = (await feed(host, { kind: "club", club })).filter((e) => wanted.has(e.summary));
    assert.equal(read.length, wanted.size);
    for (const { summary, starts_at, ends_at } of read) {
      assert.equal(starts_at, wanted.get(summary), summary);
      assert.equal(ends_at, starts_at + HOUR, summary);
    }
  });

  it("means whole days as days", async () => {
    const { host, reader, club } = await begun;
    const starts_at = Date.UTC(NEXT_YEAR, 5, 6, 22); // midnight of 7 June in Paris
    const event = await announce(host, club, {
      kind: "semaine",
      starts_at,
      ends_at: starts_at + 5 * DAY,
      all_day: true,
      registration: "none",
    });
    const { starts_at: start, ends_at: end } = await file(reader, event);
    assert.deepEqual({ start, end }, { start: `${NEXT_YEAR}-06-07`, end: `${NEXT_YEAR}-06-12` });
  });

  it("tells a seat from a place in the waiting list", async () => {
    const { server, host, reader, club } = await begun;
    const event = await announce(host, club, { title: "Une place", capacity: 1 });
    const other = await member(server, "Autre");
    await register(reader, event);
    await register(other, event);
    const mine = async (who) =>
      (await feed(who, { kind: "mine" })).map(({ summary, status }) => [summary, status]);
    assert.deepEqual(await mine(reader), [["Une place", "CONFIRMED"]]);
    assert.deepEqual(await mine(other), [["Une place", "TENTATIVE"]]);
  });
});
