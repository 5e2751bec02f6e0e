/* What libical makes of a calendar: iCalendar comes in on standard input, JSON goes out, in the shape
 * of tests/lib/calendar.mjs, which asks ical.js the same. Exit 1 where the text is not iCalendar, or
 * holds what libical finds wrong. */
#include <inttypes.h>
#include <jansson.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_all(FILE *in)
{
    size_t len = 0, capacity = 1 << 16;
    char *text = malloc(capacity);
    for (size_t n; text && (n = fread(text + len, 1, capacity - len - 1, in)) > 0;) {
        len += n;
        if (len == capacity - 1) {
            capacity *= 2;
            text = realloc(text, capacity);
        }
    }
    if (text) {
        text[len] = '\0';
    }
    return text;
}

/* An instant in ms, by the VTIMEZONE of the same calendar; of a whole day, its date. */
static json_t *instant(icalcomponent *event, icalproperty_kind kind, const char **zone_out)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    if (!property) {
        return json_null();
    }
    struct icaltimetype time = icalproperty_get_datetime_with_component(property, event);
    if (time.is_date) {
        return json_sprintf("%04d-%02d-%02d", time.year, time.month, time.day);
    }
    *zone_out = icaltime_get_tzid(time);
    return json_integer((json_int_t)icaltime_as_timet_with_zone(time, time.zone) * 1000);
}

static json_t *text_of(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    const char *text = property ? icalproperty_get_value_as_string(property) : NULL;
    return text ? json_string(text) : json_null();
}

static json_t *or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *attendees_of(icalcomponent *event)
{
    json_t *list = json_array();
    icalproperty *one = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    for (; one; one = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
        json_array_append_new(list, or_null(icalproperty_get_attendee(one)));
    }
    return list;
}

static json_t *event_json(icalcomponent *event)
{
    const char *zone = NULL, *end_zone = NULL;
    json_t *starts_at = instant(event, ICAL_DTSTART_PROPERTY, &zone);
    json_t *out = json_object();
    json_object_set_new(out, "uid", or_null(icalcomponent_get_uid(event)));
    json_object_set_new(out, "sequence", json_integer(icalcomponent_get_sequence(event)));
    json_object_set_new(out, "summary", or_null(icalcomponent_get_summary(event)));
    json_object_set_new(out, "description", or_null(icalcomponent_get_description(event)));
    json_object_set_new(out, "location", or_null(icalcomponent_get_location(event)));
    json_object_set_new(out, "status", text_of(event, ICAL_STATUS_PROPERTY));
    json_object_set_new(out, "allDay", json_boolean(icalcomponent_get_dtstart(event).is_date));
    json_object_set_new(out, "zone", or_null(zone));
    json_object_set_new(out, "starts_at", starts_at);
    json_object_set_new(out, "ends_at", instant(event, ICAL_DTEND_PROPERTY, &end_zone));
    json_object_set_new(out, "organiser", text_of(event, ICAL_ORGANIZER_PROPERTY));
    json_object_set_new(out, "attendees", attendees_of(event));
    json_object_set_new(out, "url", text_of(event, ICAL_URL_PROPERTY));
    return out;
}

/* What libical could not read becomes X-LIC-ERROR properties. */
static int errors_in(icalcomponent *component)
{
    int errors = icalcomponent_count_errors(component);
    if (errors) {
        char *text = icalcomponent_as_ical_string_r(component);
        fprintf(stderr, "ical_reader: %d errors\n%s", errors, text);
        icalmemory_free_buffer(text);
    }
    return errors;
}

int main(void)
{
    char *text = read_all(stdin);
    icalcomponent *whole = text ? icalparser_parse_string(text) : NULL;
    if (!whole || icalcomponent_isa(whole) != ICAL_VCALENDAR_COMPONENT || errors_in(whole)) {
        fprintf(stderr, "ical_reader: not a calendar\n");
        return 1;
    }
    json_t *zones = json_array(), *events = json_array();
    icalcomponent *part = icalcomponent_get_first_component(whole, ICAL_ANY_COMPONENT);
    for (; part; part = icalcomponent_get_next_component(whole, ICAL_ANY_COMPONENT)) {
        if (icalcomponent_isa(part) == ICAL_VEVENT_COMPONENT) {
            json_array_append_new(events, event_json(part));
        } else if (icalcomponent_isa(part) == ICAL_VTIMEZONE_COMPONENT) {
            json_array_append_new(zones, text_of(part, ICAL_TZID_PROPERTY));
        }
    }
    json_t *out = json_object();
    json_object_set_new(out, "method", text_of(whole, ICAL_METHOD_PROPERTY));
    json_object_set_new(out, "zones", zones);
    json_object_set_new(out, "events", events);
    json_dumpf(out, stdout, JSON_COMPACT);
    json_decref(out);
    icalcomponent_free(whole);
    free(text);
    return 0;
}
