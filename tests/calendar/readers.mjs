// Two readers of calendars that know nothing of each other nor of us: ical.js, and libical.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import ICAL from "ical.js";

/** What ical.js makes of a calendar: {uid, start, end, sequence, status, summary, location, ...} an event. */
export function readByIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  // Only the zones the calendar itself tells.
  const zones = new Map(
    calendar
      .getAllSubcomponents("vtimezone")
      .map((zone) => [zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone)]),
  );
  const method = calendar.getFirstPropertyValue("method") ?? "";
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    sequence: event.getFirstPropertyValue("sequence"),
    start: instant(event.getFirstProperty("dtstart"), zones),
    end: instant(event.getFirstProperty("dtend"), zones),
    uid: event.getFirstPropertyValue("uid"),
    summary: event.getFirstPropertyValue("summary"),
    location: event.getFirstPropertyValue("location") ?? "",
    description: event.getFirstPropertyValue("description") ?? "",
    status: event.getFirstPropertyValue("status") ?? "",
    method,
  }));
}

/** UTC ms, or "2027-05-12" for a day. */
function instant(property, zones) {
  const time = property.getFirstValue();
  const tzid = property.getParameter("tzid");
  if (time.isDate) return time.toString();
  if (tzid) {
    assert.ok(zones.has(tzid), `the calendar does not tell ${tzid}`);
    time.zone = zones.get(tzid);
  }
  return time.toUnixTime() * 1000;
}

/** The same by libical. */
export function readByLibical(text) {
  const reader = process.env.CALENDAR_READ ?? "build/debug/calendar/calendar_read";
  const { status, stdout, stderr } = spawnSync(reader, { input: text, maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr?.toString() ?? `${reader} is missing: make calendar`);
  return stdout
    .toString()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Read by both; they must agree. */
export function readCalendar(text) {
  const events = readByIcalJs(text);
  assert.deepEqual(readByLibical(text), events);
  return events;
}
