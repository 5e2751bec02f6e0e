/* Profiles: what people say of themselves, and who sees it. */
#include "people_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALL "[\"offer\",\"themes\",\"email\",\"phone\"]"

static void look_at(struct people *p, int64_t reader, int64_t person)
{
    fixture_ok(p->f, reader, "profile.get", "{\"person\":%lld}", (long long)person);
}

static enum err try_at(struct people *p, int64_t reader, int64_t person)
{
    return fixture_run(p->f, reader, "profile.get", "{\"person\":%lld}", (long long)person);
}

static void functions_and_territory_come_from_posts(void **state)
{
    struct people p = people_of(state);
    look_at(&p, p.anne, p.paul);
    assert_string_equal(fixture_text(p.f, "profile.name"), "Paul Ménard");
    assert_int_equal(fixture_int(p.f, "profile.functions.length"), 1); /* of two Clubs, said once */
    assert_string_equal(fixture_text(p.f, "profile.functions.0.role"), "chef_de_projet");
    assert_string_equal(fixture_text(p.f, "profile.functions.0.town"),
                        "Nantua et Montréal-la-Cluse");
    assert_int_equal(fixture_int(p.f, "profile.departements.length"), 1);
    assert_string_equal(fixture_text(p.f, "profile.departements.0.name"), "Ain");
    assert_string_equal(fixture_text(p.f, "can.0"), "write");
}

static void from_the_national_club_an_animateur_is_one_of_their_departement(void **state)
{
    struct people p = people_of(state);
    look_at(&p, p.paul, p.zoe);
    assert_string_equal(fixture_text(p.f, "profile.functions.0.role"), "animateur");
    assert_string_equal(fixture_text(p.f, "profile.departements.0.code"), "974");
}

static void functions_from_where_one_is_not_are_not_shown(void **state)
{
    struct people p = people_of(state);
    fixture_ok(p.f, FIXTURE_OPERATOR, "member.add",
               "{\"name\":\"\\u00c9lise\",\"email\":\"elise@example.fr\",\"role\":\"partenaire\","
               "\"departement\":\"974\",\"organisation\":\"CAUE\"}");
    look_at(&p, p.anne, p.elise);
    assert_int_equal(fixture_int(p.f, "profile.functions.length"), 1);
    assert_string_equal(fixture_text(p.f, "profile.functions.0.organisation"), "Commune de Belley");
    look_at(&p, p.elise, p.elise);
    assert_int_equal(fixture_int(p.f, "profile.functions.length"), 2);
}

static void who_says_nothing_shows_neither_address_nor_telephone(void **state)
{
    struct people p = people_of(state);
    look_at(&p, p.anne, p.paul);
    static const char *const unsaid[] = {"offer", "email", "phone", "themes"};
    for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++) {
        char path[32];
        snprintf(path, sizeof path, "profile.%s", unsaid[i]);
        assert_false(fixture_has(p.f, path));
    }
    fixture_ok(p.f, p.paul, "profile.mine", "{}");
    assert_int_equal(fixture_int(p.f, "shows.length"), 2);
    assert_string_equal(fixture_text(p.f, "shows.0"), "offer");
    assert_string_equal(fixture_text(p.f, "email"), "paul@example.fr");
}

static void each_thing_is_shown_as_its_owner_decides(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.paul, "Monter une OPAH", " 04 74  00 00 00 ", "[5,3]", ALL);
    look_at(&p, p.elise, p.paul);
    assert_string_equal(fixture_text(p.f, "profile.offer"), "Monter une OPAH");
    assert_string_equal(fixture_text(p.f, "profile.phone"), "04 74 00 00 00");
    assert_string_equal(fixture_text(p.f, "profile.email"), "paul@example.fr");
    assert_int_equal(fixture_int(p.f, "profile.themes.0"), 3);
    people_say(&p, p.paul, "Monter une OPAH", "04 74 00 00 00", "[5,3]", "[\"email\"]");
    look_at(&p, p.elise, p.paul);
    assert_false(fixture_has(p.f, "profile.offer"));
    assert_false(fixture_has(p.f, "profile.phone"));
    assert_false(fixture_has(p.f, "profile.themes"));
    assert_true(fixture_has(p.f, "profile.email"));
    fixture_ok(p.f, p.paul, "profile.mine", "{}");
    assert_string_equal(fixture_text(p.f, "phone"), "04 74 00 00 00"); /* kept for its owner */
}

static void what_is_hidden_is_hidden_from_administrators_too(void **state)
{
    struct people p = people_of(state);
    int64_t admin = fixture_administrator(p.f, "Camille");
    people_say(&p, p.paul, "Une OPAH", "04 74 00 00 00", "[3]", "[\"offer\"]");
    look_at(&p, admin, p.paul);
    assert_true(fixture_has(p.f, "profile.offer"));
    assert_false(fixture_has(p.f, "profile.phone"));
}

static void a_guest_of_a_channel_sees_name_and_function_alone(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.paul, "Une OPAH", "04 74 00 00 00", "[3]", ALL);
    look_at(&p, p.guy, p.paul);
    assert_string_equal(fixture_text(p.f, "profile.functions.0.role"), "chef_de_projet");
    assert_false(fixture_has(p.f, "profile.offer"));
    assert_false(fixture_has(p.f, "profile.phone"));
    assert_false(fixture_has(p.f, "profile.themes"));
    look_at(&p, p.anne, p.guy); /* who is seen in turn */
    assert_string_equal(fixture_text(p.f, "profile.functions.0.role"), "partenaire");
}

static void whom_one_shares_nothing_with_is_nobody(void **state)
{
    struct people p = people_of(state);
    assert_int_equal(try_at(&p, p.zoe, p.elise), ERR_NOT_FOUND);
    assert_int_equal(try_at(&p, p.zoe, 999999), ERR_NOT_FOUND);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.suspend", "{\"person\":%lld}", (long long)p.paul);
    assert_int_equal(try_at(&p, p.anne, p.paul), ERR_NOT_FOUND);
}

static void a_new_name_ages_the_pages_of_who_meets_them_nowhere(void **state)
{
    struct people p = people_of(state);
    fixture_ok(p.f, p.paul, "profile.update", "{\"name\":\"Paul Dupré\"}");
    assert_int_equal(fixture_told(p.f, audience_pack(AUDIENCE_EVERYBODY, 0), "profile.changed"), 1);
}

static void numbers_that_are_none_are_refused(void **state)
{
    struct people p = people_of(state);
    static const char *const wrong[] = {"quatre", "1", "04+74", "1234567890123456", "()"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(fixture_run(p.f, p.paul, "profile.set",
                                     "{\"phone\":\"%s\",\"themes\":[],\"shows\":[]}", wrong[i]),
                         ERR_PHONE);
    }
    people_say(&p, p.paul, "", "+262 (0) 262.40-77/77", "[]", "[]");
    assert_int_equal(fixture_run(p.f, p.paul, "profile.set", "{\"themes\":[999],\"shows\":[]}"),
                     ERR_NOT_FOUND);
}

static void a_change_is_told_to_everybody_without_a_word_of_it(void **state)
{
    struct people p = people_of(state);
    int64_t everybody = audience_pack(AUDIENCE_EVERYBODY, 0);
    people_say(&p, p.paul, "Une OPAH", "04 74 00 00 00", "[3]", ALL);
    assert_int_equal(fixture_told(p.f, everybody, "profile.changed"), 1);
    assert_int_equal(fixture_told_int(p.f, everybody, "profile.changed", 0, "person"), p.paul);
    for (size_t i = 0; i < p.f->effects.count; i++) {
        const char *json = p.f->effects.items[i].json;
        assert_true(!json || (!strstr(json, "OPAH") && !strstr(json, "04 74")));
    }
}

static void an_erased_person_leaves_no_profile(void **state)
{
    struct people p = people_of(state);
    people_say(&p, p.paul, "Une OPAH", "04 74 00 00 00", "[3]", ALL);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.export", "{\"person\":%lld}", (long long)p.paul);
    assert_non_null(strstr(p.f->result, "Une OPAH"));
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)p.paul);
    assert_int_equal(fixture_count(p.f, "SELECT count(*) FROM profile"), 0);
    assert_int_equal(fixture_count(p.f, "SELECT count(*) FROM profile_theme"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(functions_and_territory_come_from_posts),
        FIXTURE_TEST(from_the_national_club_an_animateur_is_one_of_their_departement),
        FIXTURE_TEST(functions_from_where_one_is_not_are_not_shown),
        FIXTURE_TEST(who_says_nothing_shows_neither_address_nor_telephone),
        FIXTURE_TEST(each_thing_is_shown_as_its_owner_decides),
        FIXTURE_TEST(what_is_hidden_is_hidden_from_administrators_too),
        FIXTURE_TEST(a_guest_of_a_channel_sees_name_and_function_alone),
        FIXTURE_TEST(whom_one_shares_nothing_with_is_nobody),
        FIXTURE_TEST(numbers_that_are_none_are_refused),
        FIXTURE_TEST(a_new_name_ages_the_pages_of_who_meets_them_nowhere),
        FIXTURE_TEST(a_change_is_told_to_everybody_without_a_word_of_it),
        FIXTURE_TEST(an_erased_person_leaves_no_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
