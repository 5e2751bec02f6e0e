/* The page "Aujourd'hui": what happened since one left, and what mentions one. */
#include "talk_fixture.h"

#include "base/limits.h"

static void today(struct cast *c, int64_t person)
{
    fixture_ok(c->f, person, "today.get", "{}");
}

static int clubs(struct cast *c)
{
    return (int)fixture_int(c->f, "clubs.length");
}

static void read_all(struct cast *c, int64_t person, int64_t channel)
{
    int64_t last = fixture_count(c->f, "SELECT max(id) FROM message");
    fixture_ok(c->f, person, "read.set", "{\"channel\":%lld,\"position\":%lld}", (long long)channel,
               (long long)last);
}

static void what_is_not_read_is_told_by_club_and_channel(void **state)
{
    struct cast c = cast_of(state);
    int64_t last = 0;
    for (int i = 0; i < 5; i++) {
        last = talk_post(&c, c.bob, c.general, "Bonjour");
    }
    talk_post(&c, c.anne, c.announces, "Annonce");
    today(&c, c.chloe);
    assert_int_equal(clubs(&c), 1);
    assert_int_equal(fixture_int(c.f, "clubs.0.club"), c.f->ain);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.length"), 2);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.channel"), c.general);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.unread"), 5);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.messages.length"), 3);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.messages.2.id"), last);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.1.messages.length"), 1);
}

static void what_is_read_or_ones_own_is_left_out(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Bonjour");
    today(&c, c.bob);
    assert_int_equal(clubs(&c), 0);
    read_all(&c, c.chloe, c.general);
    today(&c, c.chloe);
    assert_int_equal(clubs(&c), 0);
}

static void from_an_instant_on_even_what_is_read_is_shown(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Hier");
    c.f->now_ms += MS_PER_DAY;
    int64_t id = talk_post(&c, c.bob, c.general, talk_name(&c, c.chloe));
    read_all(&c, c.chloe, c.general);
    fixture_ok(c.f, c.chloe, "today.get", "{\"since\":%lld}", (long long)c.f->now_ms - 1000);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.messages.length"), 1);
    assert_int_equal(fixture_int(c.f, "clubs.0.channels.0.messages.0.id"), id);
    assert_int_equal(fixture_int(c.f, "mentions.0.id"), id);
}

static void direct_conversations_come_last_and_without_a_club(void **state)
{
    struct cast c = cast_of(state);
    int64_t direct = fixture_direct(c.f, c.bob, c.chloe);
    talk_post(&c, c.bob, direct, "Bonjour");
    talk_post(&c, c.bob, c.general, "Bonjour");
    today(&c, c.chloe);
    assert_int_equal(clubs(&c), 2);
    assert_false(fixture_has(c.f, "clubs.1.club"));
    assert_int_equal(fixture_int(c.f, "clubs.1.channels.0.channel"), direct);
    today(&c, c.anne);
    assert_int_equal(clubs(&c), 1);
}

static void mentions_by_name_role_and_all_are_gathered(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "@elus bonjour");
    int64_t all = talk_post(&c, c.anne, c.announces, "@tous bonjour");
    int64_t answer = talk_reply(&c, c.bob, root, talk_name(&c, c.chloe));
    talk_post(&c, c.bob, c.general, "@prefecture bonjour");
    today(&c, c.chloe);
    assert_int_equal(fixture_int(c.f, "mentions.length"), 3);
    assert_int_equal(fixture_int(c.f, "mentions.0.id"), answer);
    assert_int_equal(fixture_int(c.f, "mentions.1.id"), all);
    assert_int_equal(fixture_int(c.f, "mentions.2.id"), root);
}

static void a_role_held_elsewhere_is_not_meant(void **state)
{
    struct cast c = cast_of(state);
    fixture_join(c.f, c.zoe, c.f->ain, ROLE_ELU);
    talk_post(&c, c.bob, c.general, "@prefecture bonjour");
    today(&c, c.zoe);
    assert_int_equal(fixture_int(c.f, "mentions.length"), 0);
    today(&c, c.anne);
    assert_int_equal(fixture_int(c.f, "mentions.length"), 1);
}

static void a_mention_that_was_read_or_deleted_is_left_out(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, talk_name(&c, c.chloe));
    read_all(&c, c.chloe, c.general);
    int64_t id = talk_post(&c, c.anne, c.announces, talk_name(&c, c.chloe));
    talk_about(&c, c.anne, "message.delete", id);
    today(&c, c.chloe);
    assert_int_equal(fixture_int(c.f, "mentions.length"), 0);
}

static void nothing_is_told_of_where_one_may_not_read(void **state)
{
    struct cast c = cast_of(state);
    int64_t secret = fixture_private(c.f, c.f->ain, "Secret");
    fixture_choose(c.f, secret, c.anne);
    fixture_choose(c.f, secret, c.chloe);
    talk_post(&c, c.anne, secret, arena_printf(&c.f->arena, "%s @tous", talk_name(&c, c.chloe)));
    fixture_sql(c.f, "DELETE FROM channel_member WHERE person = %lld", (long long)c.chloe);
    today(&c, c.chloe);
    assert_int_equal(clubs(&c), 0);
    assert_int_equal(fixture_int(c.f, "mentions.length"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(what_is_not_read_is_told_by_club_and_channel),
        FIXTURE_TEST(what_is_read_or_ones_own_is_left_out),
        FIXTURE_TEST(from_an_instant_on_even_what_is_read_is_shown),
        FIXTURE_TEST(direct_conversations_come_last_and_without_a_club),
        FIXTURE_TEST(mentions_by_name_role_and_all_are_gathered),
        FIXTURE_TEST(a_role_held_elsewhere_is_not_meant),
        FIXTURE_TEST(a_mention_that_was_read_or_deleted_is_left_out),
        FIXTURE_TEST(nothing_is_told_of_where_one_may_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
