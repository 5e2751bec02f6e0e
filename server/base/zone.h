/* Time zones: local times of an instant, by the system's own rules (RFC 9636 TZif files).
 *
 * Zones of the programme's reach, read once at start from the system's zoneinfo; constant
 * afterwards. Local times are only ever shown, never kept.
 *
 * Threads: any after zones_load(). Never: the TZ variable, the C library's current zone. */
#ifndef BEFFROI_BASE_ZONE_H
#define BEFFROI_BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone; /* one zone's rules */

struct local_time {
    int year, month, day; /* 1-12, 1-31 */
    int hour, minute, second;
    int weekday;      /* 0 = Sunday */
    int offset_s;     /* east of UTC */
    const char *abbr; /* "CEST", "-04" */
    bool is_dst;
};

/* Names of the zones known, ends with NULL: every French one, and UTC. */
extern const char *const zone_names[];

/* Reads their rules from `dir` ("/usr/share/zoneinfo"). false, with the name of the first that is
 * missing or broken in *missing_out, if not all could be read. */
bool zones_load(const char *dir, const char **missing_out);
/* NULL: not a zone we know. */
const struct zone *zone_find(const char *name);
const char *zone_name(const struct zone *zone);

struct local_time zone_local(const struct zone *zone, int64_t at_ms);
/* The instant at which it is this local time there. Year to second are read; a day or a month
 * beyond its end counts on, so that day - 7 is a week earlier. One that is skipped (spring) is read
 * with the offset before the change; one that comes twice (autumn) is the first. */
int64_t zone_instant(const struct zone *zone, const struct local_time *local);
/* The first change of offset after `at_ms`; INT64_MAX if there is none in the rules. */
int64_t zone_next_change(const struct zone *zone, int64_t at_ms);

/* A change of hour that comes each year, in local time of before it. */
struct zone_yearly {
    int month;   /* 1-12 */
    int week;    /* 1-4: the nth such weekday of the month; 5: the last */
    int weekday; /* 0 = Sunday */
    int time_s;  /* after midnight */
};
/* How summer time begins and ends from now on; false where the zone has none, or one that cannot be
 * said so. */
bool zone_yearly(const struct zone *zone, struct zone_yearly *begin_out,
                 struct zone_yearly *end_out);

#endif
