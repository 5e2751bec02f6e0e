/* The directory: people of my Clubs by territory, function, theme and words; their counts. */
#include "people_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t found(struct people *p, int64_t reader, const char *wish)
{
    fixture_ok(p->f, reader, "directory.list", "{%s}", wish);
    int64_t people = fixture_int(p->f, "people.length");
    assert_int_equal(fixture_int(p->f, "counts.people"), people); /* one page holds them here */
    return people;
}

/* The count beside a word in a list of counts, 0 where it is not there. */
static int64_t counted(struct people *p, const char *list, const char *key, const char *word)
{
    char path[96];
    snprintf(path, sizeof path, "counts.%s.length", list);
    int64_t length = fixture_int(p->f, path);
    for (int64_t i = 0; i < length; i++) {
        snprintf(path, sizeof path, "counts.%s.%lld.%s", list, (long long)i, key);
        if (strcmp(fixture_text(p->f, path), word) == 0) {
            snprintf(path, sizeof path, "counts.%s.%lld.people", list, (long long)i);
            return fixture_int(p->f, path);
        }
    }
    return 0;
}

static void it_holds_the_people_of_ones_clubs_by_name(void **state)
{
    struct people p = people_of(state);
    assert_int_equal(found(&p, p.elise, ""), 3); /* Anne, Élise, Paul; neither Zoé nor the guest */
    assert_string_equal(fixture_text(p.f, "people.0.name"), "Anne");
    assert_string_equal(fixture_text(p.f, "people.1.name"), "Élise");
    assert_int_equal(found(&p, p.paul, ""), 4); /* and Zoé, of the national Club too */
    assert_int_equal(found(&p, p.guy, ""), 0);
    assert_int_equal(found(&p, fixture_administrator(p.f, "Camille"), ""), 4);
}

static void it_is_filtered_by_club_role_departement_and_theme(void **state)
{
    struct people p = people_of(state);
    char club[32];
    people_say(&p, p.elise, "", "", "[5]", "[\"themes\"]");
    snprintf(club, sizeof club, "\"club\":%lld", (long long)p.f->national);
    assert_int_equal(found(&p, p.paul, club), 3);
    assert_int_equal(found(&p, p.paul, "\"role\":\"animateur\""), 2);
    assert_int_equal(found(&p, p.paul, "\"departement\":\"974\""), 1);
    assert_int_equal(found(&p, p.paul, "\"departement\":\"974\",\"role\":\"elu\""), 0);
    assert_int_equal(found(&p, p.paul, "\"theme\":5"), 1);
    assert_string_equal(fixture_text(p.f, "people.0.name"), "Élise");
}

static void words_are_looked_up_without_accents_in_names_functions_and_offers(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.elise, "J'ai monté un dossier FISAC", "", "[]", "[\"offer\"]");
    assert_int_equal(found(&p, p.paul, "\"query\":\"MENARD pau\""), 1);
    assert_int_equal(found(&p, p.paul, "\"query\":\"élu bell\""), 1); /* Élu · Commune de Belley */
    assert_int_equal(found(&p, p.paul, "\"query\":\"montreal\""), 1);
    assert_int_equal(found(&p, p.paul, "\"query\":\"fisac elise\""), 1);
    assert_int_equal(found(&p, p.paul, "\"query\":\"enard\""), 0); /* no beginning of a word */
    assert_int_equal(found(&p, p.paul, "\"query\":\"paul fisac\""), 0);
}

static void what_is_hidden_is_found_by_no_filter_no_word_and_no_count(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.elise, "Un dossier FISAC", "", "[5]", "[]");
    assert_int_equal(found(&p, p.paul, "\"theme\":5"), 0);
    assert_int_equal(found(&p, p.paul, "\"query\":\"fisac\""), 0);
    found(&p, p.paul, "");
    assert_int_equal(fixture_int(p.f, "counts.themes.length"), 0);
}

static void a_function_in_a_club_one_is_not_in_is_found_by_nothing(void **state)
{
    struct people p = people_of(state);
    fixture_ok(p.f, FIXTURE_OPERATOR, "member.add",
               "{\"name\":\"E\",\"email\":\"elise@example.fr\",\"role\":\"partenaire\","
               "\"departement\":\"974\",\"organisation\":\"CAUE\"}");
    assert_int_equal(found(&p, p.anne, "\"query\":\"caue\""), 0);
    assert_int_equal(found(&p, p.anne, "\"departement\":\"974\",\"query\":\"elise\""), 0);
    assert_int_equal(counted(&p, "roles", "role", "partenaire"), 0);
}

static void counts_say_what_each_filter_would_bring(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.elise, "", "", "[5]", "[\"themes\"]");
    people_say(&p, p.zoe, "", "", "[5,3]", "[\"themes\"]");
    fixture_ok(p.f, p.paul, "directory.list", "{\"role\":\"animateur\"}");
    assert_int_equal(fixture_int(p.f, "counts.people"), 2);
    assert_int_equal(counted(&p, "roles", "role", "elu"), 1); /* the filter itself does not count */
    assert_int_equal(counted(&p, "roles", "role", "animateur"), 2);
    assert_int_equal(counted(&p, "departements", "code", "01"), 1);
    assert_int_equal(counted(&p, "departements", "code", "974"), 1);
    assert_int_equal(fixture_int(p.f, "counts.themes.length"), 2);
    assert_int_equal(fixture_int(p.f, "counts.themes.0.people"), 1);
}

static void a_page_goes_on_where_the_last_one_ended(void **state)
{
    struct people p = people_of(state);
    fixture_ok(p.f, p.paul, "directory.list", "{\"limit\":2}");
    char *next = strdup(fixture_text(p.f, "next"));
    assert_int_equal(fixture_int(p.f, "people.1.id"), p.elise);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)p.elise); /* who it goes on from is no more */
    fixture_ok(p.f, p.paul, "directory.list", "{\"limit\":2,\"cursor\":\"%s\"}", next);
    free(next);
    assert_int_equal(fixture_int(p.f, "people.0.id"), p.paul);
    assert_int_equal(fixture_int(p.f, "people.1.id"), p.zoe);
    assert_false(fixture_has(p.f, "next"));
    assert_false(fixture_has(p.f, "counts"));
    assert_int_equal(fixture_run(p.f, p.paul, "directory.list", "{\"cursor\":\"Élise\"}"),
                     ERR_TYPE);
}

static void a_club_one_is_not_in_has_no_directory(void **state)
{
    struct people p = people_of(state);
    const struct {
        int64_t who, club;
    } strangers[] = {{p.anne, p.f->reunion}, {p.guy, p.f->ain}, {p.anne, 999}};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        assert_int_equal(fixture_run(p.f, strangers[i].who, "directory.list", "{\"club\":%lld}",
                                     (long long)strangers[i].club),
                         ERR_NOT_FOUND);
    }
}

static void the_suspended_are_not_listed(void **state)
{
    struct people p = people_of(state);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.suspend", "{\"person\":%lld}", (long long)p.elise);
    assert_int_equal(found(&p, p.paul, "\"role\":\"elu\""), 0);
    assert_int_equal(counted(&p, "roles", "role", "elu"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(it_holds_the_people_of_ones_clubs_by_name),
        FIXTURE_TEST(it_is_filtered_by_club_role_departement_and_theme),
        FIXTURE_TEST(words_are_looked_up_without_accents_in_names_functions_and_offers),
        FIXTURE_TEST(what_is_hidden_is_found_by_no_filter_no_word_and_no_count),
        FIXTURE_TEST(a_function_in_a_club_one_is_not_in_is_found_by_nothing),
        FIXTURE_TEST(counts_say_what_each_filter_would_bring),
        FIXTURE_TEST(a_page_goes_on_where_the_last_one_ended),
        FIXTURE_TEST(a_club_one_is_not_in_has_no_directory),
        FIXTURE_TEST(the_suspended_are_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
