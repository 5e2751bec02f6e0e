/* libFuzzer: an event with whatever people may write, as iCalendar. No line is longer than 75
 * octets or cuts a character, nothing but CRLF ends one, and no value begins a line of its own. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/zone.h"
#include "club/ical.h"
#include "fuzz.h"

enum { PARTS = 8 };

static void cut(struct arena *arena, const char *text, const char *parts[PARTS])
{
    size_t each = strlen(text) / PARTS + 4;
    for (int i = 0; i < PARTS; i++) {
        size_t bytes = utf8_cut(text, each);
        parts[i] = arena_memdup(arena, text, bytes);
        text += bytes;
    }
}

static void check_line(const char *line, size_t bytes)
{
    static const char *const names[] = {
        "BEGIN:",   "END:",       "VERSION:",    "PRODID:",     "METHOD:",       "NAME:",
        "X-WR-CAL", "REFRESH-",   "X-PUBLISHED", "UID:",        "DTSTAMP:",      "LAST-MOD",
        "SEQUENCE", "DTSTART",    "DTEND",       "SUMMARY:",    "LOCATION:",     "DESCRIPTION:",
        "URL:",     "CONFERENCE", "CATEGORIES:", "STATUS:",     "TRANSP:",       "ORGANIZER",
        "ATTENDEE", "TZID:",      "TZNAME:",     "TZOFFSETTO:", "TZOFFSETFROM:", "RRULE:",
    };
    check(bytes <= 75 && utf8_valid(line, bytes));
    for (size_t i = 0; i < bytes; i++) {
        check((unsigned char)line[i] >= ' ' && line[i] != 0x7F);
    }
    bool known = line[0] == ' ';
    for (size_t i = 0; i < sizeof names / sizeof *names && !known; i++) {
        known = strncmp(line, names[i], strlen(names[i])) == 0;
    }
    check(known);
}

/* Returns how many lines are no continuation. */
static int check_text(const char *text, size_t bytes)
{
    int lines = 0;
    for (const char *end = text + bytes; text < end;) {
        const char *stop = strstr(text, "\r\n");
        check(stop != NULL && stop > text);
        check_line(text, (size_t)(stop - text));
        lines += *text != ' ';
        text = stop + 2;
    }
    return lines;
}

static int write_event(const struct ical_event *ical, const char *name)
{
    struct buf buf;
    buf_init(&buf);
    ical_begin(&buf, NULL, name);
    ical_zones(&buf, ical, 1);
    ical_event(&buf, ical);
    ical_end(&buf);
    buf_add(&buf, "", 1);
    int lines = check_text(buf.data, buf.len - 1);
    buf_finish(&buf);
    return lines;
}

int fuzz_ical(const uint8_t *data, size_t bytes)
{
    static bool loaded;
    const char *missing = NULL;
    struct arena arena;
    const char *parts[PARTS];
    loaded = loaded || zones_load("/usr/share/zoneinfo", &missing);
    check(loaded);
    if (bytes == 0 || !utf8_valid((const char *)data, bytes) || memchr(data, 0, bytes)) {
        return 0;
    }
    arena_init(&arena);
    cut(&arena, arena_memdup(&arena, (const char *)data, bytes), parts);
    const char *const themes[] = {parts[0], parts[1], NULL};
    struct event event = {
        .title = parts[0],
        .organiser = parts[1],
        .address = parts[2],
        .commune = parts[3],
        .starts_at = (int64_t)data[0] * INT64_C(86400000 * 30),
        .ends_at = (int64_t)data[0] * INT64_C(86400000 * 30) + 3600000,
        .zone = data[0] % 16,
        .all_day = data[0] % 5 == 0,
        .state = data[0] % 2 ? EVENT_CANCELLED : EVENT_PUBLISHED,
        .reason = parts[4],
    };
    struct ical_event ical = {
        .event = &event,
        .link = *parts[5] ? parts[5] : NULL,
        .url = "https://club.example.fr/evenement/1",
        .uid = "a",
        .plain = parts[6],
        .categories = themes,
        .organiser_mail = data[0] % 7 ? "a@example.fr" : NULL,
        .attendee_mail = parts[7],
        .attendee_name = parts[1],
    };
    int lines = write_event(&ical, parts[0]);
    struct event plain = event;
    plain.title = plain.organiser = plain.reason = "a";
    plain.address = *parts[2] ? "a" : "";
    plain.commune = *parts[3] ? "a" : "";
    ical.event = &plain;
    ical.link = ical.link ? "a" : NULL;
    ical.plain = ical.attendee_mail = ical.attendee_name = "a";
    check(write_event(&ical, "a") == lines); /* words make no line */
    arena_finish(&arena);
    return 0;
}
