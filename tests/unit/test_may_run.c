/* What those who run the house may, and what they may not. */
#include "club/access.h"
#include "club_fixture.h"

static enum err ask(struct club_fixture *f, int64_t person, enum right right, int64_t object)
{
    struct tx tx = fixture_tx(f, person);
    return may(&tx, right, object);
}

static void the_operator_reads_no_direct_conversation(void **state)
{
    struct club_fixture *f = *state;
    int64_t direct = fixture_direct(f, fixture_person(f, "Anne"), fixture_person(f, "Bob"));
    assert_int_equal(ask(f, FIXTURE_OPERATOR, RIGHT_CHANNEL_READ, direct), ERR_NOT_FOUND);
    assert_int_equal(ask(f, FIXTURE_OPERATOR, RIGHT_CHANNEL_MANAGE, direct), ERR_NOT_FOUND);
}

static void the_operator_keeps_every_shelf_there_is(void **state)
{
    struct club_fixture *f = *state;
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    assert_int_equal(may(&tx, RIGHT_SHELF_KEEP, f->reunion), ERR_NONE);
    assert_int_equal(tx.club.id, f->reunion);
    assert_int_equal(may(&tx, RIGHT_SHELF_WRITE, 99999), ERR_NOT_FOUND);
}

static void an_administrator_may_not_be_somebody_who_does_not_exist(void **state)
{
    struct club_fixture *f = *state;
    int64_t bob = fixture_person(f, "Bob");
    struct tx tx = fixture_tx(f, fixture_administrator(f, "Ada"));
    tx.actor.administrator = true;
    assert_int_equal(may(&tx, RIGHT_PERSON_SELF, bob), ERR_NONE);
    assert_int_equal(may(&tx, RIGHT_PERSON_SELF, 99999), ERR_NOT_FOUND);
    assert_int_equal(ask(f, bob, RIGHT_PERSON_SELF, tx.actor.person), ERR_NOT_FOUND);
}

/* The post of a town in two départements is an affair of both Clubs: one is enough. */
static void a_post_of_two_clubs_is_managed_by_either(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t zoe = fixture_member(f, "Zoé", f->reunion, ROLE_ANIMATEUR);
    int64_t bob = fixture_member(f, "Bob", f->ain, ROLE_LECTEUR);
    fixture_sql(f, "INSERT INTO town (key, name, folded) VALUES ('p2', 'Deux', 'deux')");
    long long town = db_last_id(f->db);
    fixture_sql(f,
                "INSERT INTO commune (insee, name, departement, town) VALUES"
                " ('01998', 'A', '01', %lld), ('97498', 'B', '974', %lld)",
                town, town);
    fixture_sql(f, "INSERT INTO post (role, town, label) VALUES ('chef_de_projet', %lld, '')",
                town);
    fixture_sql(f,
                "INSERT INTO tenure (post, person, starts_at, state)"
                " VALUES (%lld, %lld, 0, 'active')",
                (long long)db_last_id(f->db), (long long)bob);
    int64_t tenure = db_last_id(f->db);
    assert_int_equal(ask(f, anne, RIGHT_TENURE_MANAGE, tenure), ERR_NONE);
    assert_int_equal(ask(f, zoe, RIGHT_TENURE_MANAGE, tenure), ERR_NONE);
    assert_int_equal(ask(f, bob, RIGHT_TENURE_MANAGE, tenure), ERR_FORBIDDEN);
}

/* As a command that forgets its right (RIGHT_NONE) is. */
static void a_right_that_is_not_in_the_list_is_refused_to_all(void **state)
{
    struct club_fixture *f = *state;
    const enum right unknown = RIGHT_PERSON_SELF + 1000;
    assert_int_equal(ask(f, fixture_person(f, "Anne"), unknown, f->ain), ERR_FORBIDDEN);
    assert_int_not_equal(ask(f, FIXTURE_OPERATOR, unknown, f->ain), ERR_NONE);
    assert_int_not_equal(ask(f, FIXTURE_OPERATOR, RIGHT_NONE, f->ain), ERR_NONE);
}

SQL(clash, "INSERT INTO club SELECT * FROM club");

static void a_store_that_fails_gives_nobody_a_right(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    struct tx tx = fixture_tx(f, anne);
    assert_true(reasons_in_club(&tx, anne, f->ain) != 0);
    db_run(f->db, &clash);
    assert_int_equal(db_error(f->db), ERR_CONFLICT);
    assert_int_equal(reasons_in_club(&tx, anne, f->ain), 0);
    db_clear_error(f->db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_operator_reads_no_direct_conversation),
        FIXTURE_TEST(the_operator_keeps_every_shelf_there_is),
        FIXTURE_TEST(an_administrator_may_not_be_somebody_who_does_not_exist),
        FIXTURE_TEST(a_post_of_two_clubs_is_managed_by_either),
        FIXTURE_TEST(a_right_that_is_not_in_the_list_is_refused_to_all),
        FIXTURE_TEST(a_store_that_fails_gives_nobody_a_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
