// Local times of every zone, and what calendars make of them, as others see them: the browser's own rules
// (Intl), ical.js and libical.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { built } from "../lib/built.mjs";
import { calendarOf } from "../lib/calendar.mjs";

const MAKE = built("calendar/calendar_make");
const made = (what) => {
  const { status, stdout, stderr } = spawnSync(MAKE, [what], { maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr?.toString() ?? `${MAKE} is missing: make calendar`);
  return stdout.toString();
};

it("tells the local times that Intl tells, of every zone from 2020 to 2040", () => {
  const formats = new Map();
  const format = (zone) => {
    if (!formats.has(zone)) {
      const options = { timeZone: zone, dateStyle: "short", timeStyle: "medium" };
      formats.set(zone, new Intl.DateTimeFormat("sv-SE", options)); // "2027-05-12 09:00:00"
    }
    return formats.get(zone);
  };
  const lines = made("local").trim().split("\n");
  assert.ok(lines.length > 2000);
  for (const line of lines) {
    const [, zone, at, local] = /^(\S+) (\d+) (.+)$/.exec(line);
    assert.equal(local, format(zone).format(Number(at)), line);
  }
});

it("means the same instants to ical.js and libical, of every zone from 2020 to 2040", () => {
  const { events } = calendarOf(made("ics"));
  assert.ok(events.length > 2000);
  for (const { uid, starts_at, ends_at } of events) {
    assert.equal(starts_at, Number(uid.split("@")[0]), uid);
    assert.equal(ends_at, starts_at + 90 * 60_000, uid);
  }
});
