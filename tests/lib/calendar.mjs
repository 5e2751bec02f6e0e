// What calendars are sent, read by npm's ical.js and by libical, which must agree.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import ICAL from "ical.js";
import { built } from "./built.mjs";

const READER = built("calendar/ical_reader");

/** A calendar's own properties and its events. Throws where it is not iCalendar, or read in two ways. */
export function calendarOf(text) {
  const read = byIcalJs(text);
  assert.deepEqual(
    withZonesInOrder(byLibical(text)),
    withZonesInOrder(read),
    "libical and ical.js read two things",
  );
  return read;
}

/** libical gives them in another order than the text. */
const withZonesInOrder = (read) => ({ ...read, zones: [...read.zones].sort() });

const byLibical = (text) =>
  JSON.parse(execFileSync(READER, { input: text, encoding: "utf8", maxBuffer: 1 << 28 }));

function byIcalJs(text) {
  const whole = new ICAL.Component(ICAL.parse(text));
  const zones = whole.getAllSubcomponents("vtimezone");
  for (const zone of zones) ICAL.TimezoneService.register(zone);
  return {
    method: whole.getFirstPropertyValue("method"),
    zones: zones.map((zone) => zone.getFirstPropertyValue("tzid")),
    events: whole.getAllSubcomponents("vevent").map(eventOf),
  };
}

function eventOf(part) {
  const event = new ICAL.Event(part);
  const instant = (time) => (time.isDate ? time.toString() : time.toUnixTime() * 1000);
  const value = (name) => part.getFirstPropertyValue(name);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    description: event.description,
    location: event.location,
    status: value("status"),
    allDay: event.startDate.isDate,
    zone: event.startDate.isDate ? null : event.startDate.zone.tzid,
    starts_at: instant(event.startDate),
    ends_at: instant(event.endDate),
    organiser: value("organizer"),
    attendees: event.attendees.map((one) => one.getFirstValue()),
    url: value("url"),
  };
}
