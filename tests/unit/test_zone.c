/* Local times are those of the system's rules, whatever the zone, the year and the hour. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/zone.h"

#define SYSTEM    "/usr/share/zoneinfo"
#define FROM_2020 INT64_C(1577836800000)
#define TO_2041   INT64_C(2240524800000)
#define MINUTE    (60 * MS_PER_SECOND)

static int setup(void **state)
{
    (void)state;
    const char *missing = NULL;
    return zones_load(SYSTEM, &missing) ? 0 : -1;
}

static struct local_time at(const char *zone, int64_t at_ms)
{
    return zone_local(zone_find(zone), at_ms);
}

static int64_t instant(const char *zone, int year, int month, int day, int hour, int minute)
{
    struct local_time local = {
        .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
    return zone_instant(zone_find(zone), &local);
}

static void assert_local(struct local_time local, const char *expected)
{
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d %d %s", local.year, local.month,
             local.day, local.hour, local.minute, local.second, local.weekday, local.abbr);
    assert_string_equal(text, expected);
}

/* --- known times ------------------------------------------------------------------------------ */

static void tells_the_local_time_of_known_instants(void **state)
{
    (void)state;
    assert_local(at("UTC", 0), "1970-01-01 00:00:00 4 UTC");
    assert_local(at("Europe/Paris", INT64_C(1684836000000)), "2023-05-23 12:00:00 2 CEST");
    assert_local(at("America/Guadeloupe", INT64_C(1684836000000)), "2023-05-23 06:00:00 2 AST");
    assert_local(at("Indian/Reunion", INT64_C(1684836000000)), "2023-05-23 14:00:00 2 +04");
    assert_local(at("Pacific/Marquesas", INT64_C(1684836000000)), "2023-05-23 00:30:00 2 -0930");
    assert_local(at("Europe/Paris", INT64_C(1735689599999)), "2025-01-01 00:59:59 3 CET");
    assert_local(at("Europe/Paris", -1), "1970-01-01 00:59:59 4 CET");
}

static void reads_a_skipped_hour_with_the_offset_before(void **state)
{
    (void)state;
    int64_t change = INT64_C(1774746000000); /* 2026-03-29 01:00 UTC */
    assert_int_equal(instant("Europe/Paris", 2026, 3, 29, 2, 30), change + 30 * MINUTE);
    assert_local(at("Europe/Paris", change - 1), "2026-03-29 01:59:59 0 CET");
    assert_local(at("Europe/Paris", change), "2026-03-29 03:00:00 0 CEST");
}

static void reads_a_doubled_hour_as_the_first(void **state)
{
    (void)state;
    int64_t change = INT64_C(1792890000000); /* 2026-10-25 01:00 UTC */
    assert_int_equal(instant("Europe/Paris", 2026, 10, 25, 2, 30), change - 30 * MINUTE);
    assert_int_equal(instant("Europe/Paris", 2026, 10, 25, 3, 0), change + 60 * MINUTE);
}

static void counts_days_and_months_beyond_their_end(void **state)
{
    (void)state;
    assert_int_equal(instant("Europe/Paris", 2026, 1, 3 - 7, 9, 0),
                     instant("Europe/Paris", 2025, 12, 27, 9, 0));
    assert_int_equal(instant("Europe/Paris", 2024, 2, 30, 9, 0),
                     instant("Europe/Paris", 2024, 3, 1, 9, 0));
    assert_int_equal(instant("UTC", 2025, 14, 1, 0, 0), instant("UTC", 2026, 2, 1, 0, 0));
}

static void follows_the_footer_in_years_no_table_holds(void **state)
{
    (void)state;
    assert_local(at("Europe/Paris", instant("Europe/Paris", 2460, 7, 14, 12, 0)),
                 "2460-07-14 12:00:00 3 CEST");
    assert_local(at("America/Miquelon", instant("America/Miquelon", 2460, 12, 31, 23, 59)),
                 "2460-12-31 23:59:00 5 -03");
}

static void knows_no_other_zone(void **state)
{
    (void)state;
    assert_null(zone_find("Europe/Berlin"));
    assert_null(zone_find(""));
    assert_null(zone_find(NULL));
    assert_string_equal(zone_name(zone_find("Pacific/Noumea")), "Pacific/Noumea");
}

/* --- every zone, every change ----------------------------------------------------------------- */

static bool same_local(const struct local_time *a, const struct local_time *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second;
}

/* An instant whose local time came before already is read as that first time. */
static void round_trip(const struct zone *zone, int64_t at_ms, bool second_time)
{
    struct local_time local = zone_local(zone, at_ms);
    int64_t back = zone_instant(zone, &local);
    struct local_time again = zone_local(zone, back);
    assert_true(same_local(&local, &again));
    if (second_time) {
        assert_true(back < at_ms);
    } else {
        assert_int_equal(back, at_ms);
    }
}

static void around_a_change(const struct zone *zone, int64_t change)
{
    int before = zone_local(zone, change - 1).offset_s;
    int after = zone_local(zone, change).offset_s;
    assert_int_not_equal(before, after);
    int64_t width = labs(after - before) * MS_PER_SECOND;
    for (int64_t t = change - 2 * width; t < change + 2 * width; t += MINUTE) {
        round_trip(zone, t, after < before && t >= change && t < change + width);
    }
    struct local_time skipped = zone_local(zone, change - 1000);
    skipped.second += 1; /* the first local time that may not exist */
    for (int minute = 0; after > before && minute < (after - before) / 60; minute++) {
        assert_int_equal(zone_instant(zone, &skipped), change + minute * MINUTE);
        skipped.minute++;
    }
}

static void goes_there_and_back_around_every_change_of_hour(void **state)
{
    (void)state;
    for (int i = 0; zone_names[i]; i++) {
        const struct zone *zone = zone_find(zone_names[i]);
        int changes = 0;
        for (int64_t t = zone_next_change(zone, FROM_2020); t < TO_2041;
             t = zone_next_change(zone, t)) {
            around_a_change(zone, t);
            changes++;
        }
        bool summer = str_equal(zone_names[i], "Europe/Paris") ||
                      str_equal(zone_names[i], "America/Miquelon");
        assert_int_equal(changes, summer ? 42 : 0);
    }
}

static void goes_there_and_back_at_every_hour_of_twenty_one_years(void **state)
{
    (void)state;
    for (int i = 0; zone_names[i]; i++) {
        const struct zone *zone = zone_find(zone_names[i]);
        int64_t last = INT64_MIN;
        for (int64_t t = FROM_2020; t < TO_2041; t += MS_PER_HOUR) {
            struct local_time local = zone_local(zone, t);
            bool second_time = zone_local(zone, t - MS_PER_HOUR).offset_s > local.offset_s;
            round_trip(zone, t, second_time);
            int64_t back = zone_instant(zone, &local);
            assert_true(back >= last);
            last = back;
        }
    }
}

static void changes_at_no_other_time_than_it_says(void **state)
{
    (void)state;
    for (int i = 0; zone_names[i]; i++) {
        const struct zone *zone = zone_find(zone_names[i]);
        int64_t next = zone_next_change(zone, FROM_2020 - 1);
        for (int64_t t = FROM_2020; t < TO_2041; t += 30 * MINUTE) {
            bool changed =
                zone_local(zone, t).offset_s != zone_local(zone, t - 30 * MINUTE).offset_s;
            assert_int_equal(changed, t == next);
            next = changed ? zone_next_change(zone, t) : next;
        }
    }
}

static void says_the_changes_that_come_each_year(void **state)
{
    (void)state;
    struct zone_yearly begin;
    struct zone_yearly end;
    assert_true(zone_yearly(zone_find("Europe/Paris"), &begin, &end));
    assert_int_equal(begin.month * 1000 + begin.week * 100 + begin.weekday * 10, 3500);
    assert_int_equal(begin.time_s, 2 * 3600);
    assert_int_equal(end.month * 1000 + end.week * 100 + end.weekday * 10, 10500);
    assert_int_equal(end.time_s, 3 * 3600);
    assert_false(zone_yearly(zone_find("Indian/Mayotte"), &begin, &end));
}

/* --- files that are not what they should be --------------------------------------------------- */

struct file {
    char bytes[8192];
    size_t count;
};

static struct file system_file(const char *zone)
{
    struct file file;
    char path[256];
    snprintf(path, sizeof path, SYSTEM "/%s", zone);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    file.count = fread(file.bytes, 1, sizeof file.bytes, in);
    fclose(in);
    return file;
}

static void put(const char *dir, const char *zone, const struct file *file)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, zone);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file->bytes, 1, file->count, out), file->count);
    assert_int_equal(fclose(out), 0);
}

static void make_dir(char *dir)
{
    static const char *const under[] = {"Europe", "America", "Indian", "Pacific"};
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < 4; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", dir, under[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    for (int i = 0; zone_names[i]; i++) {
        struct file file = system_file(zone_names[i]);
        put(dir, zone_names[i], &file);
    }
}

static void remove_dir(const char *dir)
{
    char command[300];
    snprintf(command, sizeof command, "rm -r %s", dir);
    assert_int_equal(system(command), 0);
}

static bool loads(const char *dir, const struct file *paris)
{
    const char *missing = NULL;
    put(dir, "Europe/Paris", paris);
    bool loaded = zones_load(dir, &missing);
    if (!loaded) {
        assert_string_equal(missing, "Europe/Paris");
    }
    return loaded;
}

static void refuses_a_file_cut_anywhere(void **state)
{
    (void)state;
    char dir[] = "/tmp/zones.XXXXXX";
    make_dir(dir);
    struct file file = system_file("Europe/Paris");
    assert_true(loads(dir, &file));
    for (file.count--; file.count > 0; file.count--) {
        assert_false(loads(dir, &file));
    }
    remove_dir(dir);
}

/* It loads or not, but reads nothing outside the file (the sanitizers see to it), and what loads
 * answers. */
static void survives_any_byte_that_is_wrong(void **state)
{
    (void)state;
    char dir[] = "/tmp/zones.XXXXXX";
    make_dir(dir);
    struct file good = system_file("Europe/Paris");
    for (size_t i = 0; i < good.count; i++) {
        static const char wrong[] = {0, 1, 0x7F, -1};
        struct file file = good;
        file.bytes[i] = wrong[i % 4];
        if (loads(dir, &file)) {
            const struct zone *zone = zone_find("Europe/Paris");
            struct local_time local = zone_local(zone, FROM_2020);
            zone_instant(zone, &local);
            zone_next_change(zone, INT64_MIN);
            zone_next_change(zone, LIMIT_TIME_MS);
        }
    }
    remove_dir(dir);
}

/* The footer of Paris's file replaced by another. */
static struct file with_footer(const char *footer)
{
    struct file file = system_file("Europe/Paris");
    while (file.bytes[--file.count - 1] != '\n') {
    }
    file.count += (size_t)sprintf(file.bytes + file.count, "%s\n", footer);
    return file;
}

static void reads_every_form_of_footer(void **state)
{
    (void)state;
    static const struct {
        const char *footer, *winter, *summer; /* 1 January and 1 July 2400 at noon */
    } table[] = {
        {"CET-1CEST,M3.5.0,M10.5.0/3", "CET", "CEST"},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", "AEDT", "AEST"},
        {"<-03>3<-02>,M3.2.0,M11.1.0", "-03", "-02"},
        {"IST-1GMT0,M10.5.0,M3.5.0/1", "GMT", "IST"},
        {"XXX3EDT4,0/0,J365/23", "EDT", "EDT"}, /* summer time all year (RFC 9636 3.3.1) */
        {"AAA1BBB,J60/-1:30:15,J300", "AAA", "BBB"},
        {"<+0545>-5:45", "+0545", "+0545"},
    };
    char dir[] = "/tmp/zones.XXXXXX";
    make_dir(dir);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct file file = with_footer(table[i].footer);
        assert_true(loads(dir, &file));
        assert_string_equal(at("Europe/Paris", INT64_C(13569508800000)).abbr, table[i].winter);
        assert_string_equal(at("Europe/Paris", INT64_C(13585233600000)).abbr, table[i].summer);
    }
    remove_dir(dir);
}

static void refuses_a_footer_that_is_none(void **state)
{
    (void)state;
    static const char *const table[] = {"C-1",
                                        "CET",
                                        "CET-1CEST",
                                        "CET-1CEST,",
                                        "CET-1CEST,M3.5.0",
                                        "CET-1CEST,M13.5.0,M10.5.0",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-1CEST,M3.5.7,M10.5.0",
                                        "CET-1CEST,J0,J1",
                                        "CET-1CEST,M3.5.0,M10.5.0/168",
                                        "CET-1CEST,M3.5.0,M10.5.0/3x",
                                        "<CET-1",
                                        "CET-27",
                                        "CET-1:60",
                                        "ABCDEFGHIJKLMNOP-1",
                                        "CET-1CEST,M3.,M10.5.0",
                                        "CET-1CEST,366,1"};
    char dir[] = "/tmp/zones.XXXXXX";
    make_dir(dir);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct file file = with_footer(table[i]);
        assert_false(loads(dir, &file));
    }
    remove_dir(dir);
}

static void names_the_zone_that_is_missing(void **state)
{
    (void)state;
    const char *missing = NULL;
    assert_false(zones_load("/nowhere", &missing));
    assert_string_equal(missing, "Europe/Paris");
    assert_int_equal(setup(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_local_time_of_known_instants),
        cmocka_unit_test(reads_a_skipped_hour_with_the_offset_before),
        cmocka_unit_test(reads_a_doubled_hour_as_the_first),
        cmocka_unit_test(counts_days_and_months_beyond_their_end),
        cmocka_unit_test(follows_the_footer_in_years_no_table_holds),
        cmocka_unit_test(knows_no_other_zone),
        cmocka_unit_test(goes_there_and_back_around_every_change_of_hour),
        cmocka_unit_test(goes_there_and_back_at_every_hour_of_twenty_one_years),
        cmocka_unit_test(changes_at_no_other_time_than_it_says),
        cmocka_unit_test(says_the_changes_that_come_each_year),
        cmocka_unit_test(refuses_a_file_cut_anywhere),
        cmocka_unit_test(survives_any_byte_that_is_wrong),
        cmocka_unit_test(reads_every_form_of_footer),
        cmocka_unit_test(refuses_a_footer_that_is_none),
        cmocka_unit_test(names_the_zone_that_is_missing),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
