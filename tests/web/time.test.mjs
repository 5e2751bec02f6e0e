// When an event is, in words: every zone of the programme, both changes of hour, readers anywhere.
process.env.TZ = "Europe/Paris";

import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../lib/random.mjs";
import { load } from "./load.mjs";

const { addDays, dayText, daysOf, hourOn, instantOf, timeLine, timesOf, wallOf } =
  await load("core/time");
const { t } = await load("core/strings");

const PARIS = "Europe/Paris";
const REUNION = "Indian/Reunion";
const ZONES = Object.keys(t.time.zones);
const HOUR = 3_600_000;
const NOW = Date.parse("2026-06-15T10:00Z");
const at = (text) => Date.parse(text);
const event = (starts, ends, zone = PARIS, more = {}) => ({
  starts_at: at(starts),
  ends_at: at(ends),
  zone,
  ...more,
});
const told = (when, zone = PARIS) => timesOf(when, { zone, now: NOW });
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll("’", "'");
/** The instants at which a zone's clocks change in a year. */
function changes(zone, year) {
  const offset = (ms) => at(`${wallOf(ms, zone).day}T${wallOf(ms, zone).time}Z`) - ms;
  const found = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += HOUR)
    if (offset(ms) !== offset(ms + HOUR)) found.push(ms + HOUR);
  return found;
}

test("in the reader's own zone, one time is told", () => {
  const [only, ...others] = told(event("2026-11-03T08:30Z", "2026-11-03T16:00Z"));
  assert.equal(plain(only.text), "mardi 3 novembre, de 9 h 30 à 17 h 00");
  assert.equal(only.place, "");
  assert.deepEqual(others, []);
});
test("from elsewhere, Paris time is told beside the reader's", () => {
  const [mine, paris] = told(event("2026-11-03T08:30Z", "2026-11-03T10:00Z"), REUNION);
  assert.equal(plain(mine.text), "mardi 3 novembre, de 12 h 30 à 14 h 00");
  assert.deepEqual(
    [mine.place, plain(paris.text), paris.place],
    [t.time.yours, "de 9 h 30 à 11 h 00", "heure de Paris"],
  );
});
test("an event elsewhere is told in its own zone and in Paris time", () => {
  const when = event("2026-11-03T13:00Z", "2026-11-03T15:00Z", "America/Guadeloupe");
  const places = told(when, REUNION).map(({ place }) => place);
  assert.deepEqual(places, [t.time.yours, "heure de la Guadeloupe", "heure de Paris"]);
});
test("another day there is said", () => {
  const when = event("2026-11-03T21:30Z", "2026-11-03T22:30Z", REUNION);
  const [mine, there] = told(when);
  assert.equal(plain(mine.text), "mardi 3 novembre, de 22 h 30 à 23 h 30");
  assert.equal(plain(there.text), "mercredi 4 novembre, de 1 h 30 à 2 h 30");
});
test("zones whose clocks agree are told once", () => {
  assert.equal(told(event("2026-11-03T08:30Z", "2026-11-03T16:00Z", "Europe/Berlin")).length, 1);
  const islands = event("2026-11-03T13:00Z", "2026-11-03T15:00Z", "America/Martinique");
  assert.equal(told(islands, "America/Guadeloupe").length, 2);
});
test("several days say their first and their last", () => {
  const when = event("2026-11-03T08:30Z", "2026-11-05T16:00Z");
  assert.equal(
    plain(told(when)[0].text),
    "du mardi 3 novembre à 9 h 30 au jeudi 5 novembre à 17 h 00",
  );
});
test("whole days are those of the event's zone, whoever reads", () => {
  const one = event("2026-11-02T20:00Z", "2026-11-03T20:00Z", REUNION, { all_day: true });
  const week = event("2026-10-31T23:00Z", "2026-11-05T23:00Z", PARIS, { all_day: true });
  for (const zone of ZONES) {
    assert.equal(plain(timeLine(one, { zone, now: NOW })), "mardi 3 novembre, toute la journée");
    assert.equal(plain(timeLine(week, { zone, now: NOW })), "du dimanche 1er au jeudi 5 novembre");
    assert.deepEqual(daysOf(week, zone), { from: "2026-11-01", to: "2026-11-05" });
  }
});
test("another year is said, once where both days share it", () => {
  const line = (from, to) =>
    plain(timeLine(event(from, to, PARIS, { all_day: true }), { zone: PARIS, now: NOW }));
  assert.equal(
    line("2023-05-22T22:00Z", "2023-05-23T22:00Z"),
    "mardi 23 mai 2023, toute la journée",
  );
  assert.equal(
    line("2023-05-29T22:00Z", "2023-06-02T22:00Z"),
    "du mardi 30 mai au vendredi 2 juin 2023",
  );
  assert.equal(
    line("2026-12-30T23:00Z", "2027-01-02T23:00Z"),
    "du jeudi 31 décembre au samedi 2 janvier 2027",
  );
});
test("beside its day, an event says when it begins, ends, or goes on", () => {
  const when = event("2026-11-03T08:30Z", "2026-11-05T16:00Z");
  const hours = ["2026-11-03", "2026-11-04", "2026-11-05"].map((day) => hourOn(day, when, PARIS));
  assert.deepEqual(hours.map(plain), ["9 h 30", "toute la journée", "jusqu'à 17 h 00"]);
});
test("one that ends at midnight is not on the next day", () => {
  const when = event("2026-11-03T18:00Z", "2026-11-03T23:00Z");
  assert.deepEqual(daysOf(when, PARIS), { from: "2026-11-03", to: "2026-11-03" });
});

test("in every zone, what its clocks say leads back to the instant", () => {
  const random = new Random(1);
  for (const zone of ZONES)
    for (let n = 0; n < 200; n++) {
      const ms = Math.floor(random.between(Date.UTC(2020, 0, 1), Date.UTC(2031, 0, 1)) / 6e4) * 6e4;
      const found = instantOf(wallOf(ms, zone), zone);
      const twice = found === ms - HOUR && wallOf(found, zone).time === wallOf(ms, zone).time;
      assert.ok(found === ms || twice, `${zone} ${new Date(ms).toISOString()} ${found}`);
    }
});
test("around both changes of hour, minute by minute, nothing is lost", () => {
  let seen = 0;
  for (const zone of ZONES)
    for (const change of changes(zone, 2026)) {
      seen++;
      for (let ms = change - 3 * HOUR; ms < change + 3 * HOUR; ms += 60_000) {
        const wall = wallOf(ms, zone);
        const found = instantOf(wall, zone);
        assert.deepEqual(wallOf(found, zone), wall, `${zone} ${new Date(ms).toISOString()}`);
        assert.ok(found === ms || found === ms - HOUR); // the first of two
      }
    }
  assert.equal(seen, 4); // Paris and Saint-Pierre-et-Miquelon, in spring and in autumn
});
test("a time that is skipped is read with the offset before, one that comes twice is the first", () => {
  const iso = (day, time, zone) => new Date(instantOf({ day, time }, zone)).toISOString();
  assert.equal(iso("2026-03-29", "02:30", PARIS), "2026-03-29T01:30:00.000Z");
  assert.equal(iso("2026-10-25", "02:30", PARIS), "2026-10-25T00:30:00.000Z");
  assert.equal(iso("2026-03-08", "02:30", "America/Miquelon"), "2026-03-08T05:30:00.000Z");
  assert.equal(iso("2026-11-01", "01:30", "America/Miquelon"), "2026-11-01T03:30:00.000Z");
});
test("what is no time is no instant", () => {
  assert.ok(Number.isNaN(instantOf({ day: "", time: "10:00" }, PARIS)));
  assert.ok(Number.isNaN(instantOf({ day: "2026-11-03", time: "25:00" }, PARIS)));
});
test("an event over a change of hour is told at both ends as the clocks say", () => {
  const night = event("2026-10-24T20:00Z", "2026-10-25T07:00Z");
  assert.equal(
    plain(told(night)[0].text),
    "du samedi 24 octobre à 22 h 00 au dimanche 25 octobre à 8 h 00",
  );
});
test("for every reader and every event, the zones told are those whose clocks differ, once each", () => {
  const random = new Random(2);
  const clocks = (when, zone) =>
    JSON.stringify([when.starts_at, when.ends_at].map((ms) => wallOf(ms, zone)));
  for (const reader of ZONES)
    for (const zone of ZONES) {
      const starts_at = random.between(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
      const when = { starts_at, ends_at: starts_at + random.between(1, 72) * HOUR, zone };
      const expected = new Set([reader, zone, PARIS].map((one) => clocks(when, one)));
      const all = timesOf(when, { zone: reader, now: NOW });
      assert.equal(all.length, expected.size, `${reader} ${zone}`);
      assert.equal(all[0].place === "", expected.size === 1);
      const { from, to } = daysOf(when, reader);
      assert.ok(
        plain(all[0].text).includes(plain(dayText(from, { weekday: "long" }))),
        all[0].text,
      );
      assert.ok(from <= to);
    }
});
test("days are counted over months and leap years", () => {
  assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2026-03-01", -1), "2026-02-28");
});
