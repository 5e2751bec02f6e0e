/* The contact card of a Club. */
#include "people_fixture.h"

#include <string.h>

#define CARD                                                                                       \
    "\"service\":\"DDT de l'Ain, service urbanisme\",\"address\":\"23 rue Bourgmayer\\n01000\","   \
    "\"phone\":\"04 74 00 00 00\",\"email\":\"PVD@ain.gouv.fr\",\"hours\":\"9 h - 12 h\","         \
    "\"people\":[{\"name\":\"Paul Ménard\",\"label\":\"Référent\"},"                            \
    "{\"name\":\"Une autre\",\"email\":\"Elise@example.fr\"}]"

static void write_card(struct people *p)
{
    fixture_ok(p->f, p->anne, "club.card_set", "{\"club\":%lld," CARD "}", (long long)p->f->ain);
}

static enum err try_set(struct people *p, int64_t who, const char *more)
{
    return fixture_run(p->f, who, "club.card_set", "{\"club\":%lld%s}", (long long)p->f->ain, more);
}

static void look_at(struct people *p)
{
    fixture_ok(p->f, p->elise, "club.card_get", "{\"club\":%lld}", (long long)p->f->ain);
}

static void who_manages_writes_it_and_members_read_it(void **state)
{
    struct people p = people_of(state);
    look_at(&p);
    assert_false(fixture_has(p.f, "card.service"));
    write_card(&p);
    assert_string_equal(
        fixture_told_text(p.f, audience_club(p.f->ain), "club.card_changed", 0, "card.phone"),
        "04 74 00 00 00");
    look_at(&p);
    assert_string_equal(fixture_text(p.f, "card.email"), "pvd@ain.gouv.fr");
    assert_string_equal(fixture_text(p.f, "card.people.0.label"), "Référent");
    assert_int_equal(fixture_int(p.f, "card.people.length"), 2);
    assert_int_equal(try_set(&p, p.elise, ""), ERR_FORBIDDEN);
    assert_int_equal(try_set(&p, p.zoe, ""), ERR_NOT_FOUND);
    assert_int_equal(
        fixture_run(p.f, p.guy, "club.card_get", "{\"club\":%lld}", (long long)p.f->ain),
        ERR_NOT_FOUND);
}

static void it_is_taken_away_with_nothing_in_it(void **state)
{
    struct people p = people_of(state);
    write_card(&p);
    assert_int_equal(try_set(&p, p.anne, ",\"service\":\" \""), ERR_NONE);
    look_at(&p);
    assert_false(fixture_has(p.f, "card.service"));
    assert_int_equal(fixture_int(p.f, "card.people.length"), 0);
}

static void what_cannot_be_is_refused_and_the_old_one_stays(void **state)
{
    struct people p = people_of(state);
    write_card(&p);
    assert_int_equal(try_set(&p, p.anne, ",\"phone\":\"04 74 00 00 00\""), ERR_CARD_SERVICE);
    assert_int_equal(try_set(&p, p.anne, ",\"service\":\"DDT\",\"phone\":\"quatre\""), ERR_PHONE);
    assert_int_equal(try_set(&p, p.anne, ",\"service\":\"DDT\",\"email\":\"pvd\""), ERR_EMAIL);
    assert_int_equal(
        try_set(&p, p.anne, ",\"service\":\"DDT\",\"people\":[{\"name\":\"A\",\"email\":\"a\"}]"),
        ERR_EMAIL);
    look_at(&p);
    assert_string_equal(fixture_text(p.f, "card.phone"), "04 74 00 00 00");
}

static void an_erased_person_is_taken_off_by_name_and_by_address(void **state)
{
    struct people p = people_of(state);
    write_card(&p);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)p.elise);
    assert_int_equal(fixture_told(p.f, audience_club(p.f->ain), "club.card_changed"), 1);
    fixture_ok(p.f, p.anne, "club.card_get", "{\"club\":%lld}", (long long)p.f->ain);
    assert_int_equal(fixture_int(p.f, "card.people.length"), 1);
    fixture_ok(p.f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"keep\"}",
               (long long)p.paul);
    assert_int_equal(fixture_count(p.f, "SELECT count(*) FROM club_card_person"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(who_manages_writes_it_and_members_read_it),
        FIXTURE_TEST(it_is_taken_away_with_nothing_in_it),
        FIXTURE_TEST(what_cannot_be_is_refused_and_the_old_one_stays),
        FIXTURE_TEST(an_erased_person_is_taken_off_by_name_and_by_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
