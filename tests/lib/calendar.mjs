// What calendars are sent, read as npm's ical.js reads it.
import ICAL from "ical.js";

/** A calendar's own properties and its events. Throws where the text is not iCalendar. */
export function calendarOf(text) {
  const whole = new ICAL.Component(ICAL.parse(text));
  for (const zone of whole.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const events = whole.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    const zone = event.startDate.timezone;
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      status: part.getFirstPropertyValue("status"),
      allDay: event.startDate.isDate,
      zone,
      starts_at: event.startDate.toUnixTime() * 1000,
      ends_at: event.endDate.toUnixTime() * 1000,
      organiser: part.getFirstPropertyValue("organizer"),
      attendees: event.attendees.map((one) => one.getFirstValue()),
      url: part.getFirstPropertyValue("url"),
      conference: part.getFirstPropertyValue("conference"),
    };
  });
  return {
    method: whole.getFirstPropertyValue("method"),
    zones: whole.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    events,
  };
}
