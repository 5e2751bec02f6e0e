// Local times of every zone, and what calendars make of them, as others see them: the browser's own rules
// (Intl), ical.js and libical.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { it } from "node:test";
import { readByIcalJs, readByLibical } from "./readers.mjs";

const MAKE = process.env.CALENDAR_MAKE ?? "build/debug/calendar/calendar_make";
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

for (const [name, read] of [
  ["ical.js", readByIcalJs],
  ["libical", readByLibical],
]) {
  it(`means the same instants to ${name}, of every zone from 2020 to 2040`, () => {
    const events = read(made("ics"));
    assert.ok(events.length > 2000);
    for (const { uid, start, end } of events) {
      assert.equal(start, Number(uid.split("@")[0]), uid);
      assert.equal(end, start + 90 * 60_000, uid);
    }
  });
}
