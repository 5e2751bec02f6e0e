/* When something is, in French words. */
#include "unit.h"

#include <string.h>

#include "base/zone.h"
#include "club/when.h"

#define HOUR (INT64_C(3600) * 1000)
#define DAY  (24 * HOUR)
/* Tuesday 24 November 2026, 13:00 UTC: 14:00 in Paris. */
#define NOON INT64_C(1795525200000)

static struct arena arena;

static int setup(void **state)
{
    const char *missing;
    (void)state;
    arena_init(&arena);
    return zones_load("/usr/share/zoneinfo", &missing) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* The narrow no-break spaces as plain ones, to be read here. */
static const char *plain(const char *words)
{
    char *out = arena_strdup(&arena, words), *to = out;
    for (const char *s = out; *s;) {
        if (strncmp(s, "\u202f", strlen("\u202f")) == 0) {
            *to++ = ' ';
            s += strlen("\u202f");
        } else {
            *to++ = *s++;
        }
    }
    *to = '\0';
    return out;
}

static const char *words(int64_t from, int64_t to, const char *zone, bool all_day)
{
    return plain(when_words(&arena, from, to, zone, all_day));
}

static void an_afternoon_names_its_day_once(void **state)
{
    (void)state;
    assert_string_equal(words(NOON, NOON + 2 * HOUR, "Europe/Paris", false),
                        "mardi 24 novembre 2026, de 14 h 00 à 16 h 00 (heure de Paris)");
}

static void several_days_name_both_ends(void **state)
{
    (void)state;
    assert_string_equal(
        words(NOON, NOON + 2 * DAY - 2 * HOUR, "Europe/Paris", false),
        "du mardi 24 novembre à 14 h 00 au jeudi 26 novembre 2026 à 12 h 00 (heure de Paris)");
}

static void another_hour_in_paris_is_said_too(void **state)
{
    (void)state;
    assert_string_equal(words(NOON, NOON + 2 * HOUR, "America/Cayenne", false),
                        "mardi 24 novembre 2026, de 10 h 00 à 12 h 00 (heure de la Guyane),"
                        " soit 14 h 00 à Paris");
}

static void another_day_in_paris_is_said_too(void **state)
{
    (void)state;
    assert_string_equal(words(NOON + 9 * HOUR, NOON + 10 * HOUR, "Pacific/Noumea", false),
                        "mercredi 25 novembre 2026, de 9 h 00 à 10 h 00 (heure de la"
                        " Nouvelle-Calédonie), soit mardi 24 novembre à 23 h 00 à Paris");
}

static void whole_days_have_no_hour(void **state)
{
    (void)state;
    int64_t midnight = NOON - 14 * HOUR;
    assert_string_equal(words(midnight, midnight + DAY, "Europe/Paris", true),
                        "mardi 24 novembre 2026, toute la journée");
    assert_string_equal(words(midnight, midnight + 3 * DAY, "Europe/Paris", true),
                        "du mardi 24 au jeudi 26 novembre 2026");
    assert_string_equal(words(midnight, midnight + 8 * DAY, "Europe/Paris", true),
                        "du mardi 24 novembre au mardi 1er décembre 2026");
    assert_string_equal(words(midnight, midnight + 39 * DAY, "Europe/Paris", true),
                        "du mardi 24 novembre 2026 au vendredi 1er janvier 2027");
}

static void an_instant_names_its_zone(void **state)
{
    (void)state;
    assert_string_equal(plain(when_instant(&arena, NOON, "Europe/Paris")),
                        "mardi 24 novembre 2026 à 14 h 00 (heure de Paris)");
    assert_string_equal(when_cell(&arena, NOON, "Europe/Paris"), "24/11/2026 14:00");
}

static void every_zone_we_know_has_words(void **state)
{
    (void)state;
    for (size_t i = 0; zone_names[i]; i++) {
        const char *said = when_instant(&arena, NOON, zone_names[i]);
        bool universal = strstr(said, "universelle") != NULL;
        assert_int_equal(universal, strcmp(zone_names[i], "UTC") == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_afternoon_names_its_day_once),
        cmocka_unit_test(several_days_name_both_ends),
        cmocka_unit_test(another_hour_in_paris_is_said_too),
        cmocka_unit_test(another_day_in_paris_is_said_too),
        cmocka_unit_test(whole_days_have_no_hour),
        cmocka_unit_test(an_instant_names_its_zone),
        cmocka_unit_test(every_zone_we_know_has_words),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
