#include "live_fixture.h"

#include "base/limits.h"
#include "club/audience.h"
#include "store/journal.h"

/* What was heard after the greeting. */
static const char *after_hello(const struct ear *ear)
{
    return strchr(strstr(ear_text(ear), "\"hello\""), '\n') + 1;
}

static bool must_reload(const char *answer)
{
    return strstr(answer, "\"reload\":true") != NULL;
}

/* Bob is away while Anne does something; then he comes back with the cursor he left with. */
static int64_t bob_leaves(struct live_fixture *f)
{
    struct ear *bob = live_join(f, f->bob);
    int64_t cursor = live_cursor(bob);
    listener_leave(&bob->listener);
    return cursor;
}

/* --- what comes ------------------------------------------------------------------------------- */

static void what_was_missed_comes_in_order_before_the_answer(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    int64_t cursor = bob_leaves(f);
    int64_t first = live_post(f, anne, "un");
    int64_t second = live_post(f, anne, "deux");
    struct ear *bob = live_join(f, f->bob);
    const char *answer = live_resume(f, bob, cursor);
    assert_false(must_reload(answer));
    assert_int_equal(live_number(answer, "\"result\"", "cursor"), second);
    const char *heard = after_hello(bob);
    assert_int_equal(live_number(heard, "message.posted", "id"), first);
    assert_int_equal(live_number(strchr(heard, '\n'), "message.posted", "id"), second);
    assert_int_equal(ear_count(bob, "\"message.posted\""), 2);
}

static void who_missed_nothing_hears_nothing(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    int64_t id = live_post(f, anne, "un");
    struct ear *bob = live_join(f, f->bob);
    const char *answer = live_resume(f, bob, id);
    assert_false(must_reload(answer));
    assert_int_equal(ear_count(bob, "\"fact\""), 0);
}

static void ten_edits_come_as_the_current_version(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    int64_t cursor = bob_leaves(f);
    int64_t id = live_post(f, anne, "brouillon");
    for (int i = 1; i <= 10; i++) {
        live_ask(f, anne, "message.edit", "{\"message\":%lld,\"body\":\"version %d\"}",
                 (long long)id, i);
    }
    struct ear *bob = live_join(f, f->bob);
    live_resume(f, bob, cursor);
    assert_int_equal(ear_count(bob, "\"message.posted\""), 1);
    assert_int_equal(ear_count(bob, "\"message.edited\""), 1);
    assert_int_equal(ear_count(bob, "\"body\":\"version 10\""), 2);
    assert_int_equal(ear_count(bob, "brouillon"), 0);
}

static void ones_own_marks_come_as_their_last_value(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    int64_t first = live_post(f, anne, "un");
    int64_t second = live_post(f, anne, "deux");
    struct ear *phone = live_join(f, f->bob);
    int64_t cursor = live_cursor(phone);
    live_ask(f, phone, "read.set", "{\"channel\":%lld,\"position\":%lld}", (long long)f->general,
             (long long)first);
    live_ask(f, phone, "read.set", "{\"channel\":%lld,\"position\":%lld}", (long long)f->general,
             (long long)second);
    struct ear *desk = live_join(f, f->bob);
    live_resume(f, desk, cursor);
    assert_int_equal(ear_count(desk, "\"read.moved\""), 1);
    assert_int_equal(live_number(after_hello(desk), "read.moved", "position"), second);
}

/* Numbers of the messages posted that were heard above `cursor`; the test fails if one came twice.
 */
static int heard_above(const char *text, int64_t cursor, char *seen, int64_t size)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, "\"seq\":")); at++) {
        int64_t seq = strtoll(at + strlen("\"seq\":"), NULL, 10);
        bool posted = strncmp(strchr(at, ',') + 1, "\"fact\":\"message.posted\"", 23) == 0;
        if (!posted || seq <= cursor) {
            continue;
        }
        assert_true(seq < size);
        assert_int_equal(seen[seq], 0);
        seen[seq] = 1;
        count++;
    }
    return count;
}

static void nothing_is_missed_or_doubled_while_commits_go_on(void **state)
{
    struct live_fixture *f = *state;
    enum { POSTS = 300 };
    static char seen[10000];
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    int64_t cursor = live_cursor(bob);
    listener_leave(&bob->listener);
    for (int i = 0; i < POSTS; i++) {
        live_send(f, anne, "message.post",
                  "{\"channel\":%lld,\"body\":\"n\",\"nonce\":\"nonce-%03d\"}",
                  (long long)f->general, i);
        if (i % 50 == 25) { /* comes back in the middle of it, again and again */
            listener_leave(&bob->listener);
            ear_forget(bob);
            bob->listener = (struct listener){.ops = bob->listener.ops};
            struct credential credential = {.kind = CREDENTIAL_SESSION, .session = f->bob.session};
            listener_join(f->live, &bob->listener, &credential, LANG_EN);
            live_turn_until(f, bob, "\"hello\"", 1);
            live_resume(f, bob, cursor);
        }
    }
    live_turn_until(f, anne, "\"result\":{\"id\"", POSTS);
    int64_t last = journal_head(f->reader);
    char key[48];
    snprintf(key, sizeof key, "\"seq\":%lld,", (long long)last);
    live_turn_until(f, bob, key, 1);
    /* The live ones between hello and resume may come again by the resume: from its begin, none. */
    const char *text = ear_text(bob);
    int64_t hello = live_cursor(bob);
    const char *answer = strstr(text, "\"reload\"");
    assert_non_null(answer);
    memset(seen, 0, sizeof seen);
    int64_t head = live_number(strstr(text, "\"result\""), "\"result\"", "cursor");
    int before = 0;
    for (const char *at = text; (at = strstr(at, "\"seq\":")) && at < answer; at++) {
        int64_t seq = strtoll(at + strlen("\"seq\":"), NULL, 10);
        before += seq > cursor && seq <= head && seq < (int64_t)sizeof seen && !seen[seq];
        seen[seq] = 1;
    }
    assert_true(head >= hello);
    memset(seen, 0, sizeof seen);
    int after = heard_above(answer, head, seen, sizeof seen);
    assert_int_equal(before + after, POSTS);
}

/* --- load again ---------------------------------------------------------------------------------
 */

static void another_epoch_means_to_load_again(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    assert_true(must_reload(live_ask(f, bob, "session.resume",
                                     "{\"epoch\":\"0123456789abcdef\",\"cursor\":%lld}",
                                     (long long)live_cursor(bob))));
}

static void a_cursor_newer_than_the_head_means_to_load_again(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    assert_true(must_reload(live_resume(f, bob, live_cursor(bob) + 1)));
}

SQL(forget_all, "UPDATE meta SET value = ?1 WHERE key = 'floor'");

static void a_cursor_older_than_the_journal_means_to_load_again(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    int64_t cursor = live_cursor(bob);
    int64_t id = live_post(f, anne, "un");
    live_sql(f, &forget_all, id);
    assert_true(must_reload(live_resume(f, bob, cursor)));
    assert_false(must_reload(live_resume(f, bob, id)));
}

static void who_loads_again_hears_what_follows(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    live_resume(f, bob, live_cursor(bob) + 1);
    live_post(f, anne, "ensuite");
    assert_int_equal(ear_count(bob, "\"body\":\"ensuite\""), 1);
}

/* `?1` facts nobody hydrates, for everybody. */
SQL(many_facts,
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?1)"
    " INSERT INTO journal (seq, at, fact, audience, entity, actor)"
    " SELECT x + (SELECT value FROM meta WHERE key = 'head'), 0, 'test.nothing', 1, x, 0"
    " FROM c");
SQL(head_moves, "UPDATE meta SET value = value + ?1 WHERE key = 'head'");

static bool reload_after(struct live_fixture *f, int64_t facts)
{
    live_sql(f, &many_facts, facts);
    live_sql(f, &head_moves, facts);
    live_begin(f);
    struct ear *bob = live_join(f, f->bob);
    return must_reload(live_resume(f, bob, live_cursor(bob) - facts));
}

static void two_thousand_facts_are_brought(void **state)
{
    assert_false(reload_after(*state, LIMIT_RESUME_FACTS));
}

static void one_more_means_to_load_again(void **state)
{
    assert_true(reload_after(*state, LIMIT_RESUME_FACTS + 1));
}

SQL(gain, "INSERT INTO journal (seq, at, fact, audience, entity, actor)"
          " SELECT value + 1, 0, 'access.gained', ?1, 1, 0 FROM meta WHERE key = 'head'");

static void what_a_gain_leaves_out_still_counts_as_far_behind(void **state)
{
    struct live_fixture *f = *state;
    const int64_t facts = LIMIT_RESUME_FACTS + 1;
    live_sql(f, &many_facts, facts);
    live_sql(f, &head_moves, facts);
    live_sql(f, &gain, audience_person(f->bob.id)); /* of audience 1, after them all */
    live_sql(f, &head_moves, 1);
    live_begin(f);
    struct ear *bob = live_join(f, f->bob);
    assert_true(must_reload(live_resume(f, bob, live_cursor(bob) - facts - 1)));
}

SQL(many_words, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 400)"
                " INSERT INTO message (id, channel, author, body, nodes, at)"
                " SELECT x + (SELECT value FROM meta WHERE key = 'head'), ?1, 1,"
                " printf('%.*c', 12000, 'x'), '[]', 1 FROM c");
SQL(many_posted, "INSERT INTO journal (seq, at, fact, audience, entity, actor)"
                 " SELECT id, 0, 'message.posted', ?1, id, 1 FROM message");

static void more_than_one_reads_at_once_means_to_load_again(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &many_words, f->general);
    live_sql(f, &many_posted, audience_channel(f->general));
    live_sql(f, &head_moves, 400);
    live_begin(f);
    struct ear *bob = live_join(f, f->bob);
    assert_true(must_reload(live_resume(f, bob, live_cursor(bob) - 400)));
    assert_int_equal(ear_count(bob, "\"fact\""), 0);
    assert_false(must_reload(live_resume(f, bob, live_cursor(bob) - 300)));
    assert_int_equal(ear_count(bob, "\"message.posted\""), 300);
}

/* --- what goes wrong ----------------------------------------------------------------------------
 */

SQL(end_session, "DELETE FROM session WHERE id = ?1");

static void a_resume_that_fails_closes_the_socket(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    live_sql(f, &end_session, f->bob.session);
    live_send(f, bob, "session.resume", "{\"epoch\":\"x\",\"cursor\":0}");
    live_turn_once(f);
    assert_int_equal(bob->closed, 1013);
}

static void a_second_resume_waits_for_the_first(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    ear_forget(bob);
    live_send(f, bob, "session.resume", "{\"epoch\":\"x\",\"cursor\":0}");
    live_send(f, bob, "session.resume", "{\"epoch\":\"x\",\"cursor\":0}");
    assert_int_equal(live_number(ear_text(bob), "\"error\"", "code"), ERR_BUSY);
    live_turn_until(f, bob, "\"reload\":true", 1);
    assert_false(bob->listener.resuming);
}

static void leaving_during_a_resume_is_safe(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    live_send(f, bob, "session.resume", "{\"epoch\":\"x\",\"cursor\":0}");
    listener_leave(&bob->listener);
    live_turn_once(f);
    assert_int_equal(f->live->hub.listeners, 0);
}

#define FILES_TEST(test) cmocka_unit_test_setup_teardown(test, live_set_up_files, live_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(what_was_missed_comes_in_order_before_the_answer),
        LIVE_TEST(who_missed_nothing_hears_nothing),
        LIVE_TEST(ten_edits_come_as_the_current_version),
        LIVE_TEST(ones_own_marks_come_as_their_last_value),
        LIVE_TEST(nothing_is_missed_or_doubled_while_commits_go_on),
        LIVE_TEST(another_epoch_means_to_load_again),
        LIVE_TEST(a_cursor_newer_than_the_head_means_to_load_again),
        LIVE_TEST(a_cursor_older_than_the_journal_means_to_load_again),
        LIVE_TEST(who_loads_again_hears_what_follows),
        FILES_TEST(two_thousand_facts_are_brought),
        FILES_TEST(one_more_means_to_load_again),
        FILES_TEST(what_a_gain_leaves_out_still_counts_as_far_behind),
        FILES_TEST(more_than_one_reads_at_once_means_to_load_again),
        LIVE_TEST(a_resume_that_fails_closes_the_socket),
        LIVE_TEST(a_second_resume_waits_for_the_first),
        LIVE_TEST(leaving_during_a_resume_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
