#include "club/ical.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/zone.h"
#include "club/meeting_link.h"

#define LINE_BYTES 75                     /* RFC 5545 3.1, without the line end */
#define RULES_FROM INT64_C(1546300800000) /* 2019-01-01: before anything of the programme */
#define RULES_TO   INT64_C(2240524800000) /* 2041-01-01 */

/* --- content lines ---------------------------------------------------------------------------- */

/* Ends the line that has grown in `line`: folded between characters, a space before what goes on
 * (RFC 5545 3.1). No control character leaves, so no value can begin a line of its own. */
static void end_line(struct buf *out, struct buf *line)
{
    size_t kept = 0;
    for (size_t i = 0; i < line->len; i++) {
        unsigned char c = (unsigned char)line->data[i];
        if (c >= ' ' && c != 0x7F) {
            line->data[kept++] = (char)c;
        }
    }
    line->len = kept;
    buf_add(line, "", 1);
    const char *text = line->data;
    for (size_t room = LINE_BYTES; *text; room = LINE_BYTES - 1) {
        size_t bytes = utf8_cut(text, room);
        buf_add(out, text, bytes);
        text += bytes;
        buf_text(out, *text ? "\r\n " : "\r\n");
    }
    buf_clear(line);
}

/* A value of type TEXT (RFC 5545 3.3.11). */
static void add_text(struct buf *line, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            buf_text(line, "\\n");
            continue;
        }
        if (*text == '\\' || *text == ';' || *text == ',') {
            buf_text(line, "\\");
        }
        buf_add(line, text, 1);
    }
}

/* A value of a parameter, quoted; RFC 6868 writes what quotes cannot hold. */
static void add_quoted(struct buf *line, const char *text)
{
    buf_text(line, "\"");
    for (; *text; text++) {
        if (*text == '"') {
            buf_text(line, "^'");
        } else if (*text == '^') {
            buf_text(line, "^^");
        } else {
            buf_add(line, *text == '\n' ? " " : text, 1);
        }
    }
    buf_text(line, "\"");
}

static void text_line(struct buf *out, struct buf *line, const char *name, const char *text)
{
    buf_printf(line, "%s:", name);
    add_text(line, text);
    end_line(out, line);
}

/* --- times ------------------------------------------------------------------------------------ */

static void add_date(struct buf *line, const struct local_time *at)
{
    buf_printf(line, "%04d%02d%02d", at->year, at->month, at->day);
}

static void add_local(struct buf *line, const struct local_time *at)
{
    add_date(line, at);
    buf_printf(line, "T%02d%02d%02d", at->hour, at->minute, at->second);
}

static bool is_utc(const struct zone *zone)
{
    return str_equal(zone_name(zone), "UTC");
}

static void utc_line(struct buf *out, struct buf *line, const char *name, int64_t at_ms)
{
    struct local_time at = zone_local(zone_find("UTC"), at_ms);
    buf_printf(line, "%s:", name);
    add_local(line, &at);
    buf_text(line, "Z");
    end_line(out, line);
}

/* This local time comes twice. It means the first (RFC 5545 3.3.5), but libical and ical.js take it
 * for the second: only UTC says which. */
static bool comes_twice(const struct zone *zone, int64_t at_ms)
{
    struct local_time at = zone_local(zone, at_ms);
    int64_t change = zone_next_change(zone, at_ms);
    bool again =
        change != INT64_MAX &&
        change - at_ms <= (at.offset_s - zone_local(zone, change).offset_s) * MS_PER_SECOND;
    return again || zone_instant(zone, &at) < at_ms - at_ms % MS_PER_SECOND;
}

/* DTSTART or DTEND. */
static void time_line(struct buf *out, struct buf *line, const char *name,
                      const struct event *event, int64_t at_ms)
{
    const struct zone *zone = zone_find(zone_names[event->zone]);
    struct local_time at = zone_local(zone, at_ms);
    if (event->all_day) {
        buf_printf(line, "%s;VALUE=DATE:", name);
        add_date(line, &at);
        end_line(out, line);
    } else if (is_utc(zone) || comes_twice(zone, at_ms)) {
        utc_line(out, line, name, at_ms);
    } else {
        buf_printf(line, "%s;TZID=%s:", name, zone_names[event->zone]);
        add_local(line, &at);
        end_line(out, line);
    }
}

/* --- time zones (RFC 5545 3.6.5) -------------------------------------------------------------- */

static void offset_line(struct buf *out, const char *name, int offset_s)
{
    int s = offset_s < 0 ? -offset_s : offset_s;
    buf_printf(out, "%s:%c%02d%02d", name, offset_s < 0 ? '-' : '+', s / 3600, s / 60 % 60);
    if (s % 60) {
        buf_printf(out, "%02d", s % 60);
    }
    buf_text(out, "\r\n");
}

/* What holds from the change at `at_ms`; `rule` NULL: it comes once. */
static void observance(struct buf *out, const struct zone *zone, int64_t at_ms,
                       const struct zone_yearly *rule)
{
    static const char *const days[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    struct local_time before = zone_local(zone, at_ms - 1);
    struct local_time after = zone_local(zone, at_ms);
    const char *name = after.is_dst ? "DAYLIGHT" : "STANDARD";
    /* Its onset is told by the clock that it stops. */
    struct local_time onset = zone_local(zone_find("UTC"), at_ms + before.offset_s * MS_PER_SECOND);
    buf_printf(out, "BEGIN:%s\r\nDTSTART:", name);
    add_local(out, &onset);
    buf_text(out, "\r\n");
    if (rule) {
        buf_printf(out, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s\r\n", rule->month,
                   rule->week == 5 ? -1 : rule->week, days[rule->weekday]);
    }
    offset_line(out, "TZOFFSETFROM", before.offset_s);
    offset_line(out, "TZOFFSETTO", after.offset_s);
    buf_printf(out, "TZNAME:%s\r\nEND:%s\r\n", after.abbr, name);
}

static void time_zone(struct buf *out, const struct zone *zone)
{
    struct zone_yearly begin;
    struct zone_yearly end;
    int64_t change = zone_next_change(zone, RULES_FROM);
    buf_printf(out, "BEGIN:VTIMEZONE\r\nTZID:%s\r\n", zone_name(zone));
    if (zone_yearly(zone, &begin, &end)) {
        for (int i = 0; i < 2; i++) {
            observance(out, zone, change, zone_local(zone, change).is_dst ? &begin : &end);
            change = zone_next_change(zone, change);
        }
    } else {
        observance(out, zone, RULES_FROM, NULL);
        for (; change < RULES_TO; change = zone_next_change(zone, change)) {
            observance(out, zone, change, NULL);
        }
    }
    buf_text(out, "END:VTIMEZONE\r\n");
}

static bool uses(const struct ical_event *event, const char *zone)
{
    return !event->event->all_day && str_equal(zone_names[event->event->zone], zone);
}

void ical_zones(struct buf *out, const struct ical_event *events, size_t count)
{
    for (int i = 0; zone_names[i]; i++) {
        size_t j = 0;
        while (j < count && !uses(&events[j], zone_names[i])) {
            j++;
        }
        const struct zone *zone = zone_find(zone_names[i]);
        if (j < count && !is_utc(zone)) {
            time_zone(out, zone);
        }
    }
}

/* --- an event --------------------------------------------------------------------------------- */

/* Where there is no place, the link is where one goes: few calendars show CONFERENCE. */
static void location_line(struct buf *out, struct buf *line, const struct ical_event *ical)
{
    const char *address = ical->event->address ? ical->event->address : "";
    const char *commune = ical->event->commune ? ical->event->commune : "";
    if (!*address && !*commune && !ical->link) {
        return;
    }
    buf_text(line, "LOCATION:");
    add_text(line, address);
    buf_text(line, *address && *commune ? "\\, " : "");
    add_text(line, commune);
    if (!*address && !*commune) {
        add_text(line, ical->link);
    }
    end_line(out, line);
}

static void description_line(struct buf *out, struct buf *line, const struct ical_event *ical)
{
    const struct event *event = ical->event;
    buf_text(line, "DESCRIPTION:");
    if (event->state == EVENT_CANCELLED && event->reason && *event->reason) {
        buf_text(line, "Annulé\u00a0: ");
        add_text(line, event->reason);
        buf_text(line, "\\n\\n");
    }
    add_text(line, ical->plain);
    buf_text(line, *ical->plain ? "\\n\\n" : "");
    if (ical->link) {
        buf_text(line, "Pour rejoindre\u00a0: ");
        add_text(line, ical->link);
        buf_text(line, "\\n");
    }
    add_text(line, ical->url);
    end_line(out, line);
}

static void link_lines(struct buf *out, struct buf *line, const struct ical_event *ical)
{
    buf_printf(line, "URL:%s", ical->url);
    end_line(out, line);
    if (ical->link) {
        const char *platform = meeting_link_platform(ical->link);
        buf_text(line, "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=");
        add_quoted(line, platform ? platform : "Réunion en ligne");
        buf_printf(line, ":%s", ical->link);
        end_line(out, line);
    }
}

static void categories_line(struct buf *out, struct buf *line, const struct ical_event *ical)
{
    const char *const *names = ical->categories;
    if (!names || !*names) {
        return;
    }
    buf_text(line, "CATEGORIES:");
    for (int i = 0; names[i]; i++) {
        buf_text(line, i > 0 ? "," : "");
        add_text(line, names[i]);
    }
    end_line(out, line);
}

/* Who registered has accepted: no answer is asked for. */
static void people_lines(struct buf *out, struct buf *line, const struct ical_event *ical)
{
    buf_text(line, "ORGANIZER;CN=");
    add_quoted(line, ical->event->organiser);
    buf_printf(line, ":mailto:%s", ical->organiser_mail);
    end_line(out, line);
    buf_text(line,
             "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN=");
    add_quoted(line, ical->attendee_name);
    buf_printf(line, ":mailto:%s", ical->attendee_mail);
    end_line(out, line);
}

static const char *status_of(const struct ical_event *ical)
{
    return ical->event->state == EVENT_CANCELLED ? "CANCELLED"
           : ical->tentative                     ? "TENTATIVE"
                                                 : "CONFIRMED";
}

void ical_event(struct buf *out, const struct ical_event *ical)
{
    const struct event *event = ical->event;
    struct buf line;
    buf_init(&line);
    buf_text(out, "BEGIN:VEVENT\r\n");
    buf_printf(&line, "UID:%s", ical->uid);
    end_line(out, &line);
    utc_line(out, &line, "DTSTAMP", ical->stamp_ms);
    utc_line(out, &line, "LAST-MODIFIED", event->changed_at);
    buf_printf(out, "SEQUENCE:%lld\r\n", (long long)event->sequence);
    time_line(out, &line, "DTSTART", event, event->starts_at);
    time_line(out, &line, "DTEND", event, event->ends_at);
    text_line(out, &line, "SUMMARY", event->title);
    location_line(out, &line, ical);
    description_line(out, &line, ical);
    link_lines(out, &line, ical);
    categories_line(out, &line, ical);
    if (!ical->leaves) { /* RFC 5546 3.2.5: a status would cancel it for everybody */
        buf_printf(out, "STATUS:%s\r\n", status_of(ical));
    }
    buf_printf(out, "TRANSP:%s\r\n", event->all_day ? "TRANSPARENT" : "OPAQUE");
    if (ical->organiser_mail) {
        people_lines(out, &line, ical);
    }
    buf_text(out, "END:VEVENT\r\n");
    buf_finish(&line);
}

/* --- a calendar ------------------------------------------------------------------------------- */

void ical_begin(struct buf *out, const char *method, const char *name)
{
    struct buf line;
    buf_init(&line);
    buf_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Beffroi//Beffroi//FR\r\n");
    if (method) {
        buf_printf(out, "METHOD:%s\r\n", method);
    }
    if (name) {
        text_line(out, &line, "NAME", name);
        text_line(out, &line, "X-WR-CALNAME", name); /* before RFC 7986 */
        buf_text(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
    }
    buf_finish(&line);
}

void ical_end(struct buf *out)
{
    buf_text(out, "END:VCALENDAR\r\n");
}
