/* What a calendar on standard input means to libical: one JSON object a line and event. Zones are
 * those the calendar itself tells, never libical's own. Exit 1 where libical finds a fault. */
#include <libical/ical.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(FILE *in)
{
    size_t bytes = 0, room = 1 << 16;
    char *text = malloc(room);
    for (size_t n; text && (n = fread(text + bytes, 1, room - bytes - 1, in)) > 0;) {
        bytes += n;
        if (room - bytes < 2) {
            room *= 2;
            text = realloc(text, room);
        }
    }
    if (text) {
        text[bytes] = '\0';
    }
    return text;
}

static void member(const char *name, const char *text)
{
    printf(",\"%s\":\"", name);
    for (; text && *text; text++) {
        if (*text == '\n') {
            printf("\\n");
        } else {
            printf(*text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
        }
    }
    printf("\"");
}

static void time_member(const char *name, icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    struct icaltimetype at = icalproperty_get_datetime_with_component(property, event);
    if (at.is_date) {
        printf(",\"%s\":\"%04d-%02d-%02d\"", name, at.year, at.month, at.day);
    } else {
        icaltimezone *zone = (icaltimezone *)at.zone;
        printf(",\"%s\":%lld", name, 1000LL * (long long)icaltime_as_timet_with_zone(at, zone));
    }
}

static const char *method_of(icalcomponent *calendar)
{
    icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
    return property ? icalproperty_get_value_as_string(property) : "";
}

static const char *status_of(icalcomponent *event)
{
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    return property ? icalproperty_get_value_as_string(property) : "";
}

int main(void)
{
    char *text = read_all(stdin);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fprintf(stderr, "no calendar\n");
        return 1;
    }
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("{\"sequence\":%d", icalcomponent_get_sequence(event));
        time_member("start", event, ICAL_DTSTART_PROPERTY);
        time_member("end", event, ICAL_DTEND_PROPERTY);
        member("uid", icalcomponent_get_uid(event));
        member("summary", icalcomponent_get_summary(event));
        member("location", icalcomponent_get_location(event));
        member("description", icalcomponent_get_description(event));
        member("status", status_of(event));
        member("method", method_of(calendar));
        printf("}\n");
    }
    int faults = icalcomponent_count_errors(calendar);
    bool fits = icalrestriction_check(calendar);
    if (faults || !fits) {
        fprintf(stderr, "libical finds %d faults:\n%s\n", faults,
                icalcomponent_as_ical_string(calendar));
    }
    icalcomponent_free(calendar);
    icalmemory_free_ring();
    free(text);
    return faults || !fits ? 1 : 0;
}
