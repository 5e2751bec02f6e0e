/* The official list comes in as it is published: aliases, empty identifiers, communes that come and
 * leave. The tests of the real lists are skipped where these are absent. */
#include "club_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/str.h"
#include "club/seed.h"
#include "club/tenure.h"
#include "wire/json.h"

/* The text as a JSON string. */
static const char *quoted(struct club_fixture *f, const char *text)
{
    struct buf buf;
    buf_init(&buf);
    json_text(&buf, text);
    const char *json = arena_memdup(&f->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

static enum err import(struct club_fixture *f, const char *csv, bool dry_run)
{
    return fixture_run(f, FIXTURE_OPERATOR, "town.import", "{\"csv\":%s,\"dry_run\":%s}",
                       quoted(f, csv), dry_run ? "true" : "false");
}

static void must_import(struct club_fixture *f, const char *csv)
{
    enum err err = import(f, csv, false);
    if (err) {
        char text[500];
        problem_text(&f->problem, LANG_EN, text, sizeof text);
        fail_msg("%s", text);
    }
}

static int64_t towns(struct club_fixture *f)
{
    return fixture_count(f, "SELECT count(*) FROM town WHERE left_on IS NULL");
}

static int64_t town_named(struct club_fixture *f, const char *name)
{
    return fixture_count(f, "SELECT id FROM town WHERE name = '%s' AND left_on IS NULL", name);
}

#define AIN                                                                                        \
    "insee_com;lib_com;id_pvd;date_signature\n"                                                    \
    "01033;Valserhône;pvd-84-01-1;2021-03-12\n"                                                   \
    "01265;Montréal-la-Cluse;pvd-84-01-11;2021-04-22\n"                                           \
    "01269;Nantua;pvd-84-01-11;2021-04-22\n"                                                       \
    "01348;Saint-Didier-sur-Chalaronne;;\n"

/* --- what a town is -----------------------------------------------------------------------------
 */

static void rows_of_one_identifier_are_one_town(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    assert_int_equal(fixture_int(f, "communes"), 4);
    assert_int_equal(fixture_int(f, "towns"), 3);
    assert_int_equal(towns(f), 3);
    int64_t both = town_named(f, "Nantua et Montréal-la-Cluse");
    assert_int_equal(
        fixture_count(f, "SELECT count(*) FROM commune WHERE town = %lld", (long long)both), 2);
    assert_int_equal(fixture_count(f, "SELECT signed_on = '2021-04-22' FROM town WHERE id = %lld",
                                   (long long)both),
                     1);
}

static void an_empty_identifier_is_a_town_of_that_commune_alone(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    assert_int_equal(fixture_count(f, "SELECT key = '01348' FROM town"
                                      " WHERE name = 'Saint-Didier-sur-Chalaronne'"),
                     1);
}

static void a_town_of_many_communes_is_named_as_french_does(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01001,Cc,x\n01002,Bbbb,x\n01003,Aaaa,x\n01004,Cc,x\n");
    assert_int_not_equal(town_named(f, "Cc, Aaaa et Bbbb"), -1);
}

static void the_departement_comes_from_the_insee_code(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01001,A,x\n97402,B,x\n1004,C,\n");
    assert_int_equal(fixture_count(f, "SELECT departement = '974' FROM commune WHERE name = 'B'"),
                     1);
    assert_int_equal(fixture_count(f, "SELECT insee = '01004' FROM commune WHERE name = 'C'"), 1);
}

/* --- how a list is written ----------------------------------------------------------------------
 */

static void columns_are_found_by_their_aliases(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,siren_epci,lib_epci,population,date_signature_pvd,id_pvd_2021\n"
                   "01033,Valserhône,240100891,CC Terre Valserhône,16 712,12/03/2021,p1\n");
    assert_int_equal(fixture_count(f, "SELECT c.population = 16712 AND c.epci = '240100891'"
                                      " AND c.epci_name = 'CC Terre Valserhône' AND t.key = 'p1'"
                                      " AND t.signed_on = '2021-03-12'"
                                      " FROM commune c JOIN town t ON t.id = c.town"),
                     1);
}

static void a_list_without_these_columns_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    static const char *const bad[] = {"",
                                      "bonjour",
                                      "a;b\n1;2\n",
                                      "insee_com;lib_com\n",
                                      "insee_com;lib_com\n01033;\"Valserhône\n",
                                      "insee_com;lib_com\nxxxxx;Valserhône\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        enum err err = import(f, bad[i], false);
        assert_true(err == ERR_CSV || (i == 0 && err == ERR_EMPTY));
    }
    assert_int_equal(towns(f), 3);
}

static void lines_that_find_no_place_are_told_one_by_one(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com;lib_com;id_pvd;date_signature\n"
                   "01033;Valserhône;;\n"
                   "123;Nulle part;;\n"
                   "98735;Papeete;;\n"
                   "01034;;;\n"
                   "01033;Valserhône encore;;\n"
                   "01072;Ceyzériat;;bientôt\n");
    assert_int_equal(fixture_int(f, "communes"), 1);
    assert_int_equal(fixture_int(f, "unplaced.length"), 5);
    assert_int_equal(fixture_int(f, "unplaced.0.line"), 3);
    assert_string_equal(fixture_text(f, "unplaced.0.text"), "123 Nulle part");
    assert_string_equal(fixture_text(f, "unplaced.1.reason"),
                        "aucun département de ce code n'a de Club");
    assert_int_equal(towns(f), 1);
}

/* --- again --------------------------------------------------------------------------------------
 */

static void twice_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    assert_int_equal(fixture_int(f, "came.length"), 4);
    int64_t before = fixture_count(f, "SELECT sum(id) + count(*) FROM town");
    must_import(f, AIN);
    assert_int_equal(fixture_int(f, "came.length"), 0);
    assert_int_equal(fixture_int(f, "left.length"), 0);
    assert_int_equal(fixture_int(f, "changed.length"), 0);
    assert_int_equal(fixture_count(f, "SELECT sum(id) + count(*) FROM town"), before);
    assert_int_equal(f->effects.count, 0);
}

static void a_dry_run_says_the_same_and_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    assert_int_equal(import(f, AIN, true), ERR_NONE);
    const char *said = f->result;
    assert_int_equal(towns(f), 0);
    must_import(f, AIN);
    assert_string_equal(f->result, said);
}

static void a_commune_gone_from_the_list_is_marked_and_stays(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    must_import(f, "insee_com;lib_com;id_pvd\n01033;Valserhône;pvd-84-01-1\n"
                   "01269;Nantua;pvd-84-01-11\n");
    assert_int_equal(fixture_int(f, "left.length"), 2);
    assert_int_equal(towns(f), 2);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM town"), 3);
    assert_int_equal(fixture_count(f, "SELECT left_on = '2026-09-21' FROM commune"
                                      " WHERE insee = '01348'"),
                     1);
    assert_int_not_equal(town_named(f, "Nantua"), -1); /* it is called as what remains */
    must_import(f, AIN);
    assert_int_equal(fixture_int(f, "came.length"), 2);
    assert_int_equal(towns(f), 3);
}

static void a_line_at_fault_does_not_make_its_commune_leave(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    must_import(f, "insee_com;lib_com;id_pvd\n01033;;pvd-84-01-1\n01269;Nantua;pvd-84-01-11\n"
                   "01265;Montréal-la-Cluse;pvd-84-01-11\n01348;Saint-Didier-sur-Chalaronne;\n");
    assert_int_equal(fixture_int(f, "left.length"), 0);
    assert_int_equal(towns(f), 3);
}

static void what_changed_is_said_by_commune(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,pop,id_pvd\n01033,Bellegarde,100,\n01034,Belley,9000,\n");
    must_import(f, "insee_com,nom,pop,id_pvd\n01033,Valserhône,16000,\n01034,Belley,9000,\n");
    assert_int_equal(fixture_int(f, "changed.length"), 1);
    assert_string_equal(fixture_text(f, "changed.0.changed"), "[\"name\",\"population\"]");
    assert_int_not_equal(town_named(f, "Valserhône"), -1);
}

static void a_list_without_a_column_keeps_what_was_known(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,pop,id_pvd\n01265,Montréal,100,p\n01269,Nantua,90,p\n");
    must_import(f, "insee_com,nom\n01265,Montréal\n01269,Nantua\n");
    assert_int_equal(fixture_int(f, "changed.length"), 0);
    assert_int_equal(towns(f), 1);
    assert_int_equal(fixture_count(f, "SELECT sum(population) FROM commune"), 190);
}

/* --- towns keep their post ----------------------------------------------------------------------
 */

static void a_town_that_gets_an_identifier_is_the_same_town(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,\n");
    int64_t town = town_named(f, "Nantua");
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,pvd-1\n01265,Montréal-la-Cluse,pvd-1\n");
    assert_int_equal(town_named(f, "Nantua et Montréal-la-Cluse"), town);
    assert_int_equal(fixture_count(f, "SELECT key = 'pvd-1' FROM town"), 1);
}

static void a_town_that_loses_its_identifier_is_the_same_town(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,pvd-1\n");
    int64_t town = town_named(f, "Nantua");
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,\n");
    assert_int_equal(town_named(f, "Nantua"), town);
    assert_int_equal(towns(f), 1);
}

static void communes_that_part_are_two_towns(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    int64_t town = town_named(f, "Nantua et Montréal-la-Cluse");
    must_import(f, "insee_com;lib_com;id_pvd\n01269;Nantua;pvd-84-01-11\n"
                   "01265;Montréal-la-Cluse;\n");
    assert_int_equal(town_named(f, "Nantua"), town);
    assert_int_not_equal(town_named(f, "Montréal-la-Cluse"), -1);
}

static int64_t chef_of(struct club_fixture *f, int64_t town)
{
    int64_t person = fixture_person(f, "Chef");
    fixture_ok(f, FIXTURE_OPERATOR, "tenure.give", "{\"club\":%lld,\"person\":%lld,\"town\":%lld}",
               (long long)f->ain, (long long)person, (long long)town);
    return person;
}

static void people_follow_their_town_into_another_club(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,p\n");
    int64_t chef = chef_of(f, town_named(f, "Nantua"));
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,p\n97402,Autre,p\n");
    assert_true(fixture_hears(fixture_rights(f, chef), audience_club(f->reunion)));
    assert_int_equal(fixture_told(f, audience_club(f->reunion), "member.changed"), 1);
    must_import(f, "insee_com,nom,id_pvd\n01269,Nantua,p\n");
    assert_false(fixture_hears(fixture_rights(f, chef), audience_club(f->reunion)));
    assert_int_equal(fixture_told(f, audience_club(f->reunion), "member.left"), 1);
}

static void people_of_a_town_that_left_stay(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    chef_of(f, town_named(f, "Valserhône"));
    must_import(f, "insee_com;lib_com;id_pvd\n01269;Nantua;pvd-84-01-11\n");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM membership WHERE active = 1"), 2);
}

static void a_town_of_another_name_renames_its_post_but_not_what_was_written(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, "insee_com,nom,id_pvd\n01033,Bellegarde,p\n");
    chef_of(f, town_named(f, "Bellegarde"));
    must_import(f, "insee_com,nom,id_pvd\n01033,Valserhône,p\n");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM membership WHERE active = 1"
                                      " AND label = 'Chef de projet · Valserhône'"),
                     2);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM membership WHERE active = 0"
                                      " AND label = 'Chef de projet · Bellegarde'"),
                     2);
    assert_string_equal(
        fixture_told_text(f, audience_club(f->ain), "member.changed", 0, "member.label"),
        "Chef de projet · Valserhône");
}

/* --- looking up ---------------------------------------------------------------------------------
 */

static void towns_are_found_whatever_accents_and_hyphens(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    int64_t person = fixture_person(f, "Jeanne");
    static const char *const typed[] = {"saint didier", "SAINT-DIDIER", "chalaronne", "Chalar",
                                        "01348"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        fixture_ok(f, person, "town.search", "{\"query\":\"%s\"}", typed[i]);
        assert_int_equal(fixture_int(f, "towns.length"), 1);
        assert_string_equal(fixture_text(f, "towns.0.name"), "Saint-Didier-sur-Chalaronne");
        assert_string_equal(fixture_text(f, "towns.0.departements"), "Ain");
    }
    fixture_ok(f, person, "town.search", "{\"query\":\"idier\"}");
    assert_int_equal(fixture_int(f, "towns.length"), 0);
}

static void a_town_is_got_with_its_communes(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, AIN);
    int64_t person = fixture_person(f, "Jeanne");
    int64_t town = town_named(f, "Nantua et Montréal-la-Cluse");
    fixture_ok(f, person, "town.get", "{\"town\":%lld}", (long long)town);
    assert_int_equal(fixture_int(f, "communes.length"), 2);
    assert_string_equal(fixture_text(f, "communes.1.name"), "Nantua");
    assert_int_equal(fixture_run(f, person, "town.get", "{\"town\":%lld}", (long long)town + 99),
                     ERR_NOT_FOUND);
}

/* --- the real lists -----------------------------------------------------------------------------
 */

#define DATA "../shared/data/pvd/"

static const char *real_list(struct club_fixture *f, const char *path)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        print_message("%s is absent\n", path);
        skip();
    }
    char *data = arena_alloc(&f->arena, 1 << 20);
    size_t bytes = fread(data, 1, 1 << 20, file);
    fclose(file);
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    club_seed(&tx);
    return csv_utf8(data, bytes, &f->arena);
}

static void the_list_of_2021_is_swallowed(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, real_list(f, DATA "pvd_communes_20210122_sans_donnees_personnelles.csv"));
    assert_int_equal(fixture_int(f, "communes"), 1606);
    assert_int_equal(fixture_int(f, "towns"), 1459);
    assert_int_equal(fixture_int(f, "unplaced.length"), 0);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM (SELECT town FROM commune GROUP BY"
                                      " town HAVING count(DISTINCT departement) > 1)"),
                     3);
}

static void the_list_of_2026_after_it_tells_who_came_and_left(void **state)
{
    struct club_fixture *f = *state;
    must_import(f, real_list(f, DATA "pvd_communes_20210122_sans_donnees_personnelles.csv"));
    const char *list = real_list(f, DATA "pvd_communes_2026.csv");
    must_import(f, list);
    assert_int_equal(fixture_int(f, "communes"), 1646);
    assert_int_equal(fixture_int(f, "came.length"), 58);
    assert_int_equal(fixture_int(f, "left.length"), 18);
    assert_int_equal(fixture_int(f, "unplaced.length"), 0);
    assert_int_equal(fixture_int(f, "towns"), 1501);
    assert_int_equal(towns(f), 1501);
    must_import(f, list);
    assert_int_equal(fixture_int(f, "came.length") + fixture_int(f, "left.length") +
                         fixture_int(f, "changed.length"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(rows_of_one_identifier_are_one_town),
        FIXTURE_TEST(an_empty_identifier_is_a_town_of_that_commune_alone),
        FIXTURE_TEST(a_town_of_many_communes_is_named_as_french_does),
        FIXTURE_TEST(the_departement_comes_from_the_insee_code),
        FIXTURE_TEST(columns_are_found_by_their_aliases),
        FIXTURE_TEST(a_list_without_these_columns_changes_nothing),
        FIXTURE_TEST(lines_that_find_no_place_are_told_one_by_one),
        FIXTURE_TEST(twice_changes_nothing),
        FIXTURE_TEST(a_dry_run_says_the_same_and_changes_nothing),
        FIXTURE_TEST(a_commune_gone_from_the_list_is_marked_and_stays),
        FIXTURE_TEST(a_line_at_fault_does_not_make_its_commune_leave),
        FIXTURE_TEST(what_changed_is_said_by_commune),
        FIXTURE_TEST(a_list_without_a_column_keeps_what_was_known),
        FIXTURE_TEST(a_town_that_gets_an_identifier_is_the_same_town),
        FIXTURE_TEST(a_town_that_loses_its_identifier_is_the_same_town),
        FIXTURE_TEST(communes_that_part_are_two_towns),
        FIXTURE_TEST(people_follow_their_town_into_another_club),
        FIXTURE_TEST(people_of_a_town_that_left_stay),
        FIXTURE_TEST(a_town_of_another_name_renames_its_post_but_not_what_was_written),
        FIXTURE_TEST(towns_are_found_whatever_accents_and_hyphens),
        FIXTURE_TEST(a_town_is_got_with_its_communes),
        FIXTURE_TEST(the_list_of_2021_is_swallowed),
        FIXTURE_TEST(the_list_of_2026_after_it_tells_who_came_and_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
