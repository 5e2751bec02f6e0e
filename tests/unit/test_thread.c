/* Who follows a thread, and what is unread in it. */
#include "talk_fixture.h"

static void follow(struct cast *c, int64_t person, int64_t thread, bool on)
{
    fixture_ok(c->f, person, "thread.follow", "{\"thread\":%lld,\"follow\":%s}", (long long)thread,
               on ? "true" : "false");
}

static void threads(struct cast *c, int64_t person)
{
    fixture_ok(c->f, person, "thread.list", "{}");
}

static void expect_thread(struct cast *c, int64_t person, int64_t root, int unread, int mentions)
{
    threads(c, person);
    assert_int_equal(fixture_int(c->f, "threads.0.root.id"), root);
    assert_int_equal(fixture_int(c->f, "threads.0.mine.unread"), unread);
    assert_int_equal(fixture_int(c->f, "threads.0.mine.mentions"), mentions);
}

static int followed(struct cast *c, int64_t person)
{
    threads(c, person);
    return (int)fixture_int(c->f, "threads.length");
}

static void its_author_follows_from_the_first_answer(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    assert_int_equal(followed(&c, c.bob), 0);
    talk_reply(&c, c.chloe, root, "Réponse");
    int64_t bob = audience_person(c.bob);
    assert_int_equal(fixture_told_int(c.f, bob, "thread.read", 0, "thread"), root);
    assert_int_equal(fixture_told_int(c.f, bob, "thread.read", 0, "unread"), 1);
    expect_thread(&c, c.bob, root, 1, 0);
    talk_reply(&c, c.chloe, root, "Encore");
    assert_int_equal(fixture_told(c.f, bob, "thread.read"), 0);
    expect_thread(&c, c.bob, root, 2, 0);
}

static void who_answers_follows_and_has_read_what_came_before(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.anne, root, "Un");
    talk_reply(&c, c.chloe, root, "Deux");
    expect_thread(&c, c.chloe, root, 0, 0);
    talk_reply(&c, c.anne, root, "Trois");
    expect_thread(&c, c.chloe, root, 1, 0);
}

static void who_is_mentioned_follows_from_there(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.anne, root, "Un");
    talk_reply(&c, c.anne, root, talk_name(&c, c.chloe));
    expect_thread(&c, c.chloe, root, 1, 1);
}

static void who_the_root_mentions_follows_once_it_is_answered(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, talk_name(&c, c.chloe));
    assert_int_equal(followed(&c, c.chloe), 0);
    talk_reply(&c, c.anne, root, "Un");
    expect_thread(&c, c.chloe, root, 1, 0);
}

static void who_is_mentioned_by_an_edit_follows(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    int64_t answer = talk_reply(&c, c.anne, root, "Un");
    talk_edit(&c, c.anne, answer, talk_name(&c, c.chloe));
    expect_thread(&c, c.chloe, root, 1, 1);
}

static void one_who_left_a_thread_is_left_alone_until_they_answer(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    follow(&c, c.bob, root, false);
    talk_reply(&c, c.anne, root, talk_name(&c, c.bob));
    assert_int_equal(followed(&c, c.bob), 0);
    talk_reply(&c, c.bob, root, "Me revoilà");
    expect_thread(&c, c.bob, root, 0, 0);
}

static void one_follows_by_choice_from_now_on(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.anne, root, "Un");
    follow(&c, c.chloe, root, true);
    assert_int_equal(fixture_told(c.f, audience_person(c.chloe), "thread.read"), 1);
    expect_thread(&c, c.chloe, root, 0, 0);
    talk_reply(&c, c.anne, root, "Deux");
    expect_thread(&c, c.chloe, root, 1, 0);
}

static void an_answer_is_no_thread(void **state)
{
    struct cast c = cast_of(state);
    int64_t answer = talk_reply(&c, c.anne, talk_post(&c, c.bob, c.general, "Question"), "Un");
    assert_int_equal(fixture_run(c.f, c.bob, "thread.follow", "{\"thread\":%lld,\"follow\":true}",
                                 (long long)answer),
                     ERR_NOT_FOUND);
}

static void reading_moves_to_and_fro(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    int64_t first = talk_reply(&c, c.anne, root, "Un");
    int64_t second = talk_reply(&c, c.anne, root, "Deux");
    fixture_ok(c.f, c.bob, "thread.read", "{\"thread\":%lld,\"position\":%lld}", (long long)root,
               (long long)second);
    assert_int_equal(fixture_int(c.f, "unread"), 0);
    assert_int_equal(fixture_told(c.f, audience_person(c.bob), "thread.read"), 1);
    fixture_ok(c.f, c.bob, "thread.read", "{\"thread\":%lld,\"position\":%lld}", (long long)root,
               (long long)first);
    assert_int_equal(fixture_int(c.f, "unread"), 1);
    assert_int_equal(fixture_run(c.f, c.bob, "thread.read", "{\"thread\":%lld,\"position\":9999}",
                                 (long long)root),
                     ERR_RANGE);
}

static void a_deleted_answer_that_mentioned_tells_the_follower(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    int64_t answer = talk_reply(&c, c.anne, root, talk_name(&c, c.chloe));
    talk_about(&c, c.anne, "message.delete", answer);
    int64_t chloe = audience_person(c.chloe);
    assert_int_equal(fixture_told_int(c.f, chloe, "thread.read", 0, "mentions"), 0);
    assert_int_equal(fixture_told(c.f, chloe, "read.moved"), 0);
}

static void threads_come_by_their_last_answer(void **state)
{
    struct cast c = cast_of(state);
    int64_t first = talk_post(&c, c.bob, c.general, "Un");
    int64_t second = talk_post(&c, c.bob, c.general, "Deux");
    talk_reply(&c, c.anne, second, "Réponse");
    int64_t last = talk_reply(&c, c.anne, first, "Réponse");
    threads(&c, c.bob);
    assert_int_equal(fixture_int(c.f, "threads.length"), 2);
    assert_int_equal(fixture_int(c.f, "threads.0.root.id"), first);
    assert_int_equal(fixture_int(c.f, "threads.0.last"), last);
    fixture_ok(c.f, c.bob, "thread.list", "{\"limit\":1}");
    assert_int_equal(fixture_int(c.f, "more"), true);
    fixture_ok(c.f, c.bob, "thread.list", "{\"limit\":1,\"before\":%lld}", (long long)last);
    assert_int_equal(fixture_int(c.f, "threads.0.root.id"), second);
    assert_int_equal(fixture_int(c.f, "more"), false);
}

static void a_thread_that_can_no_longer_be_read_is_not_listed(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = talk_post(&c, c.bob, c.general, "Question");
    talk_reply(&c, c.anne, root, "Un");
    fixture_sql(c.f, "UPDATE membership SET active = 0 WHERE person = %lld", (long long)c.bob);
    assert_int_equal(followed(&c, c.bob), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(its_author_follows_from_the_first_answer),
        FIXTURE_TEST(who_answers_follows_and_has_read_what_came_before),
        FIXTURE_TEST(who_is_mentioned_follows_from_there),
        FIXTURE_TEST(who_the_root_mentions_follows_once_it_is_answered),
        FIXTURE_TEST(who_is_mentioned_by_an_edit_follows),
        FIXTURE_TEST(one_who_left_a_thread_is_left_alone_until_they_answer),
        FIXTURE_TEST(one_follows_by_choice_from_now_on),
        FIXTURE_TEST(an_answer_is_no_thread),
        FIXTURE_TEST(reading_moves_to_and_fro),
        FIXTURE_TEST(a_deleted_answer_that_mentioned_tells_the_follower),
        FIXTURE_TEST(threads_come_by_their_last_answer),
        FIXTURE_TEST(a_thread_that_can_no_longer_be_read_is_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
