/* To whom the events of a Club may be announced: event.reach. */
#include "announce_fixture.h"

static enum err try_reach(struct cast *c, int64_t person, int64_t club)
{
    return fixture_run(c->f, person, "event.reach", "{\"club\":%lld}", (long long)club);
}

static void who_runs_one_club_reaches_that_one_alone(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_reach(&c, c.anne, c.f->ain), ERR_NONE);
    assert_int_equal(fixture_int(c.f, "network"), false);
    assert_int_equal(fixture_int(c.f, "clubs.length"), 1);
    assert_int_equal(fixture_int(c.f, "clubs.0.id"), c.f->ain);
    assert_string_equal(fixture_text(c.f, "clubs.0.region"), "Auvergne-Rhône-Alpes");
}

static void who_runs_two_clubs_reaches_both(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(try_reach(&c, c.anne, c.f->ain), ERR_NONE);
    assert_int_equal(fixture_int(c.f, "clubs.length"), 2);
}

static void a_club_one_only_belongs_to_is_not_reached(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ELU);
    assert_int_equal(try_reach(&c, c.anne, c.f->ain), ERR_NONE);
    assert_int_equal(fixture_int(c.f, "clubs.length"), 1);
}

static void the_national_club_reaches_everybody(void **state)
{
    struct cast c = cast_of(state);
    int64_t nadia = fixture_member(c.f, "Nadia", c.f->national, ROLE_ANIMATEUR);
    assert_int_equal(try_reach(&c, nadia, c.f->national), ERR_NONE);
    assert_int_equal(fixture_int(c.f, "network"), true);
    assert_int_equal(fixture_int(c.f, "clubs.length"),
                     fixture_count(c.f, "SELECT count(*) FROM club"));
}

static void it_is_told_to_who_runs_the_club(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_reach(&c, c.bob, c.f->ain), ERR_FORBIDDEN);
    assert_int_equal(try_reach(&c, c.zoe, c.f->ain), ERR_NOT_FOUND);
}

/* What it offers is what event.create takes, and the rest is refused. */
static void what_is_reached_is_what_may_be_announced(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.anne, c.f->reunion, ROLE_ANIMATEUR);
    assert_int_equal(try_reach(&c, c.anne, c.f->ain), ERR_NONE);
    const char *both = arena_printf(&c.f->arena, "\"scope\":\"clubs\",\"clubs\":[%lld,%lld]",
                                    (long long)fixture_int(c.f, "clubs.0.id"),
                                    (long long)fixture_int(c.f, "clubs.1.id"));
    assert_int_equal(event_try_create(&c, c.anne, both), ERR_NONE);
    form_refused(&c, event_try_create(&c, c.anne, "\"scope\":\"network\",\"clubs\":null"),
                 ERR_FORBIDDEN, "scope");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(who_runs_one_club_reaches_that_one_alone),
        FIXTURE_TEST(who_runs_two_clubs_reaches_both),
        FIXTURE_TEST(a_club_one_only_belongs_to_is_not_reached),
        FIXTURE_TEST(the_national_club_reaches_everybody),
        FIXTURE_TEST(it_is_told_to_who_runs_the_club),
        FIXTURE_TEST(what_is_reached_is_what_may_be_announced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
