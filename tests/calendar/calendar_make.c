/* Times of the server's own making, for the tests beside to compare with others':
 *
 *   calendar_make local   lines "zone instant_ms local_time"
 *   calendar_make ics     one calendar whose events say in their UID when they begin
 *
 * Of every zone, around each change of hour and through each year from 2020 to 2040. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/zone.h"
#include "club/ical.h"

#define FROM_2020 INT64_C(1577836800000)
#define TO_2041   INT64_C(2240524800000)
#define STEP_MS   (61 * MS_PER_DAY + 7 * MS_PER_HOUR + 1800 * MS_PER_SECOND)

static void each_time(void (*use)(int zone, int64_t at_ms))
{
    static const int around_min[] = {-121, -61, -60, -30, -1, 0, 1, 30, 60, 61, 120};
    for (int i = 0; zone_names[i]; i++) {
        const struct zone *zone = zone_find(zone_names[i]);
        for (int64_t t = FROM_2020; t < TO_2041; t += STEP_MS) {
            use(i, t);
        }
        for (int64_t t = zone_next_change(zone, FROM_2020); t < TO_2041;
             t = zone_next_change(zone, t)) {
            for (size_t n = 0; n < sizeof around_min / sizeof *around_min; n++) {
                use(i, t + around_min[n] * 60 * MS_PER_SECOND);
            }
        }
    }
}

static void print_local(int zone, int64_t at_ms)
{
    struct local_time local = zone_local(zone_find(zone_names[zone]), at_ms);
    printf("%s %lld %04d-%02d-%02d %02d:%02d:%02d\n", zone_names[zone], (long long)at_ms,
           local.year, local.month, local.day, local.hour, local.minute, local.second);
}

static struct buf out;

static void add_event(int zone, int64_t at_ms)
{
    char uid[100];
    snprintf(uid, sizeof uid, "%lld@%s", (long long)at_ms, zone_names[zone]);
    struct event event = {.title = uid,
                          .organiser = "Club",
                          .starts_at = at_ms,
                          .ends_at = at_ms + 90 * 60 * MS_PER_SECOND,
                          .zone = zone,
                          .state = EVENT_PUBLISHED};
    struct ical_event ical = {.event = &event, .url = "https://a.fr/", .uid = uid, .plain = ""};
    ical_event(&out, &ical);
}

/* One event a zone, so that each zone's rules are told. */
static void add_zones(void)
{
    struct event events[64] = {0};
    struct ical_event icals[64] = {0};
    size_t count = 0;
    for (; zone_names[count]; count++) {
        events[count].zone = (int)count;
        icals[count].event = &events[count];
    }
    ical_zones(&out, icals, count);
}

int main(int argc, char **argv)
{
    const char *missing = NULL;
    if (argc != 2 || !zones_load("/usr/share/zoneinfo", &missing)) {
        fprintf(stderr, "calendar_make local|ics (zone missing: %s)\n", missing ? missing : "none");
        return 1;
    }
    if (strcmp(argv[1], "local") == 0) {
        each_time(print_local);
        return 0;
    }
    buf_init(&out);
    ical_begin(&out, NULL, "Essai");
    add_zones();
    each_time(add_event);
    ical_end(&out);
    fwrite(out.data, 1, out.len, stdout);
    buf_finish(&out);
    return 0;
}
