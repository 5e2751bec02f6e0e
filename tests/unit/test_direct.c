/* Direct conversations. */
#include "talk_fixture.h"

#include <stdio.h>
#include <string.h>

static enum err try_open(struct cast *c, int64_t person, const char *people)
{
    return fixture_run(c->f, person, "direct.open", "{\"people\":[%s]}", people);
}

/* With one or two others; 0: nobody. */
static int64_t open_with(struct cast *c, int64_t person, int64_t a, int64_t b)
{
    const char *people = b ? arena_printf(&c->f->arena, "%lld,%lld", (long long)a, (long long)b)
                           : arena_printf(&c->f->arena, "%lld", (long long)a);
    assert_int_equal(try_open(c, person, people), ERR_NONE);
    return fixture_int(c->f, "id");
}

static const char *one(struct cast *c, int64_t person)
{
    return arena_printf(&c->f->arena, "%lld", (long long)person);
}

static void both_hear_of_a_new_conversation(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = open_with(&c, c.bob, c.chloe, 0);
    assert_int_equal(fixture_told(c.f, audience_person(c.chloe), "access.gained"), 1);
    assert_true(fixture_hears(fixture_rights(c.f, c.chloe), audience_channel(id)));
    assert_true(fixture_hears(fixture_rights(c.f, c.bob), audience_channel(id)));
    talk_post(&c, c.bob, id, "Bonjour");
    fixture_ok(c.f, c.chloe, "direct.list", "{}");
    assert_int_equal(fixture_int(c.f, "channels.length"), 1);
    assert_int_equal(fixture_int(c.f, "channels.0.mine.unread"), 1);
    assert_int_equal(fixture_int(c.f, "people.length"), 2);
}

static void the_same_people_find_the_same_conversation(void **state)
{
    struct cast c = cast_of(state);
    int64_t two = open_with(&c, c.bob, c.chloe, 0);
    int64_t three = open_with(&c, c.bob, c.chloe, c.anne);
    assert_int_not_equal(two, three);
    assert_int_equal(open_with(&c, c.chloe, c.bob, 0), two);
    assert_int_equal(c.f->effects.count, 0);
    assert_int_equal(open_with(&c, c.chloe, c.bob, c.chloe), two);
    assert_int_equal(open_with(&c, c.anne, c.chloe, c.bob), three);
}

static void one_talks_to_whom_one_shares_a_club_with(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_open(&c, c.bob, one(&c, c.zoe)), ERR_NOT_FOUND);
    assert_int_equal(try_open(&c, c.bob, "99999"), ERR_NOT_FOUND);
    fixture_join(c.f, c.bob, c.f->national, ROLE_CHEF_DE_PROJET);
    fixture_join(c.f, c.zoe, c.f->national, ROLE_ANIMATEUR);
    open_with(&c, c.bob, c.zoe, 0);
    const char *both = arena_printf(&c.f->arena, "%lld,%lld", (long long)c.zoe, (long long)c.chloe);
    assert_int_equal(try_open(&c, c.bob, both), ERR_CONFLICT);
}

static void nobody_talks_alone(void **state)
{
    struct cast c = cast_of(state);
    assert_int_equal(try_open(&c, c.bob, one(&c, c.bob)), ERR_EMPTY);
}

static void eight_people_at_most_talk(void **state)
{
    struct cast c = cast_of(state);
    char people[200] = "";
    for (int i = 0; i < 8; i++) {
        int64_t person =
            fixture_member(c.f, arena_printf(&c.f->arena, "Membre%d", i), c.f->ain, ROLE_ELU);
        snprintf(people + strlen(people), sizeof people - strlen(people), "%s%lld", i ? "," : "",
                 (long long)person);
    }
    assert_int_equal(try_open(&c, c.bob, people), ERR_FULL);
    *strrchr(people, ',') = '\0';
    assert_int_equal(try_open(&c, c.bob, people), ERR_NONE);
}

static void an_erased_person_is_not_found(void **state)
{
    struct cast c = cast_of(state);
    fixture_sql(c.f, "UPDATE person SET state = 'erased', name = NULL WHERE id = %lld",
                (long long)c.chloe);
    assert_int_equal(try_open(&c, c.bob, one(&c, c.chloe)), ERR_NOT_FOUND);
}

static void it_is_read_only_once_no_club_is_shared(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = open_with(&c, c.bob, c.chloe, 0);
    int64_t message = talk_post(&c, c.bob, id, "Bonjour");
    fixture_sql(c.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)c.chloe);
    assert_int_equal(talk_try(&c, c.chloe, id, "Bonjour"), ERR_FORBIDDEN);
    talk_about(&c, c.chloe, "message.get", message);
}

static void strangers_do_not_find_it(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = open_with(&c, c.bob, c.chloe, 0);
    int64_t message = talk_post(&c, c.bob, id, "Bonjour");
    int64_t ida = fixture_administrator(c.f, "Ida");
    assert_int_equal(talk_try(&c, c.anne, id, "Bonjour"), ERR_NOT_FOUND);
    assert_int_equal(talk_try_about(&c, ida, "message.get", message), ERR_NOT_FOUND);
}

static void what_was_written_stays_with_the_person(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = open_with(&c, c.bob, c.chloe, 0);
    talk_about(&c, c.bob, "message.get", talk_post(&c, c.bob, id, "Bonjour"));
    assert_string_equal(fixture_text(c.f, "message.author.function"), "");
    assert_int_equal(fixture_count(c.f, "SELECT count(membership) FROM message"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(both_hear_of_a_new_conversation),
        FIXTURE_TEST(the_same_people_find_the_same_conversation),
        FIXTURE_TEST(one_talks_to_whom_one_shares_a_club_with),
        FIXTURE_TEST(nobody_talks_alone),
        FIXTURE_TEST(eight_people_at_most_talk),
        FIXTURE_TEST(an_erased_person_is_not_found),
        FIXTURE_TEST(it_is_read_only_once_no_club_is_shared),
        FIXTURE_TEST(strangers_do_not_find_it),
        FIXTURE_TEST(what_was_written_stays_with_the_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
