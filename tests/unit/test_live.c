#include "live_fixture.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "club/store_clean.h"
#include "faults.h"
#include "store/journal.h"

/* --- joining ---------------------------------------------------------------------------------- */

static void who_joins_is_greeted_with_where_things_stand(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    assert_int_equal(ear_count(bob, "\n"), 1);
    assert_int_equal(live_cursor(bob), journal_head(f->reader));
    assert_int_equal(live_number(ear_text(bob), "\"me\"", "id"), f->bob.id);
    assert_int_equal(bob->closed, 0);
}

static void an_unknown_session_is_closed_with_4401_and_hears_nothing(void **state)
{
    struct live_fixture *f = *state;
    struct ear *ear = live_knock(f, 9999);
    live_turn_once(f);
    assert_int_equal(ear->closed, 4401);
    assert_string_equal(ear_text(ear), "");
}

SQL(suspend, "UPDATE person SET state = 'suspended' WHERE id = ?1");

static void a_suspended_person_is_not_let_in(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &suspend, f->bob.id);
    struct ear *ear = live_knock(f, f->bob.session);
    live_turn_once(f);
    assert_int_equal(ear->closed, 4401);
}

static void leaving_before_the_greeting_is_safe(void **state)
{
    struct live_fixture *f = *state;
    struct ear *ear = live_knock(f, f->bob.session);
    listener_leave(&ear->listener);
    live_turn_once(f);
    assert_string_equal(ear_text(ear), "");
    assert_int_equal(f->live->hub.listeners, 0);
}

static void a_session_revoked_while_one_joins_closes_the_socket(void **state)
{
    struct live_fixture *f = *state;
    struct ear *other = live_join(f, f->bob);
    struct ear *ear = live_knock(f, f->bob.session);
    sem_wait(&f->woken); /* the reader has seen a good session; the loop has not heard of it */
    struct parcel *late = inbox_take(&f->live->inbox);
    live_ask(f, other, "session.revoke", "{\"session\":%lld}", (long long)f->bob.session);
    inbox_put(&f->live->inbox, late->report, late->requests);
    free(late);
    live_turn_once(f);
    assert_int_equal(ear->closed, 4401);
}

static void what_the_reader_saw_before_the_loop_is_not_heard_again(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    live_send(f, anne, "message.post",
              "{\"channel\":%lld,\"body\":\"early\",\"nonce\":\"12345678\"}",
              (long long)f->general);
    sem_wait(&f->woken); /* committed, but the loop does not know */
    struct parcel *late = inbox_take(&f->live->inbox);
    struct ear *bob = live_join(f, f->bob);
    inbox_put(&f->live->inbox, late->report, late->requests);
    free(late);
    live_turn_once(f);
    assert_int_equal(ear_count(anne, "\"body\":\"early\""), 1);
    assert_int_equal(ear_count(bob, "early"), 0);
    live_post(f, anne, "later");
    assert_int_equal(ear_count(bob, "\"body\":\"later\""), 1);
}

/* --- commands --------------------------------------------------------------------------------- */

static void the_answer_comes_before_the_fact(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    ear_forget(anne);
    live_post(f, anne, "bonjour");
    const char *result = strstr(ear_text(anne), "\"result\"");
    const char *fact = strstr(ear_text(anne), "\"message.posted\"");
    assert_true(result && fact && result < fact);
    assert_int_equal(ear_count(bob, "bonjour"), ear_count(anne, "bonjour"));
}

static void a_bad_frame_is_answered_with_its_error(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    ear_forget(bob);
    listener_receive(&bob->listener, "{nonsense", 9, LANG_EN);
    assert_int_equal(live_number(ear_text(bob), "\"error\"", "code"), -32700);
    live_ask(f, bob, "no.such", "{}");
    assert_int_equal(live_number(strstr(ear_text(bob), "\n"), "\"error\"", "code"), -32601);
    assert_int_equal(bob->listener.request_count, 0);
}

static void what_answers_with_a_cookie_is_for_http(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    const char *answer = live_ask(f, bob, "session.close", "{}");
    assert_non_null(strstr(answer, "http_only"));
}

static void what_the_operator_may_do_does_not_exist_here(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    const char *answer = live_ask(f, anne, "store.clean", "{}");
    assert_int_equal(live_number(answer, "\"error\"", "code"), -32601);
}

static void a_socket_with_too_much_under_way_is_told_to_wait(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    const char *frame = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"club.list\",\"params\":{}}";
    for (int i = 1; i < LIMIT_SOCKET_INFLIGHT; i++) {
        assert_true(listener_receive(&bob->listener, frame, strlen(frame), LANG_EN));
    }
    assert_false(listener_receive(&bob->listener, frame, strlen(frame), LANG_EN));
    live_turn_until(f, bob, "\"result\"", LIMIT_SOCKET_INFLIGHT);
    assert_int_equal(bob->listener.request_count, 0);
}

static void leaving_with_requests_under_way_is_safe(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    for (int i = 0; i < 5; i++) {
        live_send(f, bob, "message.post",
                  "{\"channel\":%lld,\"body\":\"partie\",\"nonce\":\"nonce-%d-xx\"}",
                  (long long)f->general, i);
        live_send(f, bob, "club.list", "{}");
    }
    listener_leave(&bob->listener);
    ear_forget(bob);
    live_turn_until(f, anne, "\"message.posted\"", 5);
    assert_string_equal(ear_text(bob), "");
}

/* Asks for a password to be hashed in a reading transaction, as a worker does. */
static bool keeps_its_snapshot(struct live_fixture *f, bool may_release)
{
    struct arena arena;
    struct problem problem = {0};
    struct credential credential = {.kind = CREDENTIAL_NONE};
    const struct command *command = command_find("session.open");
    arena_init(&arena);
    struct tx tx = {.db = db_open(f->place.path, DB_READER),
                    .arena = &arena,
                    .problem = &problem,
                    .may_release = may_release};
    const char **in = arena_alloc(&arena, command->in_bytes);
    in[0] = "anne@example.fr";
    in[1] = "ce-n'est-pas-le-bon";
    int64_t head = journal_head(tx.db);
    db_begin_read(tx.db);
    assert_int_equal(execute_prepare(&tx, command, &credential, in), ERR_CREDENTIALS);
    live_post(f, f->ears[0], "entretemps");
    bool kept = journal_head(tx.db) == head;
    db_close(tx.db);
    arena_finish(&arena);
    return kept;
}

static void a_worker_lets_its_snapshot_go_before_a_hash(void **state)
{
    struct live_fixture *f = *state;
    live_join(f, f->anne);
    assert_true(keeps_its_snapshot(f, false));
    assert_false(keeps_its_snapshot(f, true));
}

/* --- rights ----------------------------------------------------------------------------------- */

static void revoking_a_session_closes_its_socket_in_the_same_turn(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    struct ear *anne = live_join(f, f->anne);
    int id = live_send(f, bob, "session.revoke", "{\"session\":%lld}", (long long)f->bob.session);
    live_turn_once(f);
    char key[48];
    snprintf(key, sizeof key, "{\"jsonrpc\":\"2.0\",\"id\":%d,", id);
    assert_int_equal(ear_count(bob, key), 1);
    assert_int_equal(bob->closed, 4401);
    assert_int_equal(anne->closed, 0);
}

static void who_is_removed_hears_of_it_and_then_nothing(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    live_ask(f, anne, "membership.end", "{\"membership\":%lld}", (long long)f->bob.membership);
    assert_true(ear_count(bob, "\"access.lost\"") > 0);
    live_post(f, anne, "entre nous");
    assert_int_equal(ear_count(bob, "entre nous"), 0);
    assert_true(ear_count(anne, "entre nous") > 0);
}

/* --- breaths ------------------------------------------------------------------------------------
 */

static void typing_reaches_those_who_have_the_channel_open(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    struct ear *chloe = live_join(f, f->chloe);
    live_ask(f, bob, "channel.open", "{\"channel\":%lld}", (long long)f->general);
    live_ask(f, anne, "channel.open", "{\"channel\":%lld}", (long long)f->general);
    live_ask(f, anne, "typing.set", "{\"channel\":%lld}", (long long)f->general);
    assert_int_equal(ear_count(bob, "\"typing\""), 1);
    assert_int_equal(live_number(ear_text(bob), "\"typing\"", "person"), f->anne.id);
    assert_int_equal(ear_count(anne, "\"typing\""), 0);
    assert_int_equal(ear_count(chloe, "\"typing\""), 0);
    live_ask(f, bob, "channel.open", "{}");
    live_ask(f, anne, "typing.set", "{\"channel\":%lld}", (long long)f->general);
    assert_int_equal(ear_count(bob, "\"typing\""), 1);
}

static void typing_where_one_may_not_read_is_not_found(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    assert_int_equal(
        live_number(live_ask(f, bob, "typing.set", "{\"channel\":99999}"), "\"error\"", "code"),
        ERR_NOT_FOUND);
}

/* Anne has the channel open, and is shown nobody. The code Bob gets; -1: he was let. */
static int64_t bob_types(struct live_fixture *f, const char *more)
{
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    live_ask(f, anne, "channel.open", "{\"channel\":%lld}", (long long)f->general);
    const char *answer =
        live_ask(f, bob, "typing.set", "{\"channel\":%lld%s}", (long long)f->general, more);
    assert_int_equal(ear_count(anne, "\"typing\""), 0);
    return live_number(answer, "\"error\"", "code");
}

SQL(demote, "UPDATE membership SET role = 'lecteur' WHERE id = ?1");

static void who_may_only_read_is_not_shown_typing(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &demote, f->bob.membership);
    assert_int_equal(bob_types(f, ""), ERR_FORBIDDEN);
}

SQL(archive, "UPDATE channel SET archived_at = 1 WHERE id = ?1");

static void nobody_types_in_an_archived_channel(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &archive, f->general);
    assert_int_equal(bob_types(f, ""), ERR_ARCHIVED);
}

SQL(keep, "UPDATE channel SET posting = 'animateurs' WHERE id = ?1");

static void typing_in_a_main_stream_kept_to_animateurs_is_refused_as_posting_is(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &keep, f->general);
    assert_int_equal(bob_types(f, ""), ERR_POSTING);
}

static void typing_an_answer_to_what_is_no_message_is_not_found(void **state)
{
    struct live_fixture *f = *state;
    assert_int_equal(bob_types(f, ",\"thread\":99999"), ERR_NOT_FOUND);
}

static void who_lost_the_channel_since_the_reader_looked_is_not_shown_typing(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    live_ask(f, anne, "channel.open", "{\"channel\":%lld}", (long long)f->general);
    live_send(f, bob, "typing.set", "{\"channel\":%lld}", (long long)f->general);
    sem_wait(&f->woken); /* the reader has let it; the loop has not heard of it */
    struct parcel *late = inbox_take(&f->live->inbox);
    live_ask(f, anne, "membership.end", "{\"membership\":%lld}", (long long)f->bob.membership);
    inbox_put(&f->live->inbox, late->report, late->requests);
    free(late);
    live_turn_once(f);
    assert_int_equal(ear_count(anne, "\"typing\""), 0);
}

static void leaving_while_a_reader_decides_on_ones_typing_is_safe(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    live_ask(f, anne, "channel.open", "{\"channel\":%lld}", (long long)f->general);
    live_send(f, bob, "typing.set", "{\"channel\":%lld}", (long long)f->general);
    listener_leave(&bob->listener);
    live_turn_once(f);
    assert_int_equal(ear_count(anne, "\"typing\""), 0);
}

static void presence_says_who_is_here(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    char expected[64];
    snprintf(expected, sizeof expected, "\"people\":[%lld]", (long long)f->bob.id);
    const char *answer = live_ask(f, anne, "presence.ask", "{\"people\":[%lld,%lld,999]}",
                                  (long long)f->bob.id, (long long)f->chloe.id);
    assert_non_null(strstr(answer, expected));
    listener_leave(&bob->listener);
    ear_forget(anne);
    live_ask(f, anne, "presence.ask", "{\"people\":[%lld]}", (long long)f->bob.id);
    assert_null(strstr(ear_text(anne), expected));
}

static void a_ping_is_answered_at_once(void **state)
{
    struct live_fixture *f = *state;
    struct ear *bob = live_join(f, f->bob);
    ear_forget(bob);
    live_send(f, bob, "ping", "{}");
    assert_int_equal(ear_count(bob, "\"result\""), 1);
}

/* --- stopping -----------------------------------------------------------------------------------
 */

SQL(message_count, "SELECT count(*) FROM message");

static void stopping_answers_what_is_under_way(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    for (int i = 0; i < 10; i++) {
        live_send(f, anne, "message.post",
                  "{\"channel\":%lld,\"body\":\"avant\",\"nonce\":\"nonce-%d-xx\"}",
                  (long long)f->general, i);
        live_send(f, anne, "club.list", "{}");
    }
    live_turn(f->live); /* as a loop does before it stops */
    struct live *live = f->live;
    f->live = NULL;
    live_stop(live);
    assert_int_equal(ear_count(anne, "\"result\""), 20);
    assert_int_equal(db_int(f->reader, &message_count, 0), 10);
}

static void what_comes_in_one_turn_is_one_batch(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct writer_counters before, after;
    writer_counters(f->live->writer, &before);
    for (int i = 0; i < 10; i++) {
        char frame[256];
        int bytes =
            snprintf(frame, sizeof frame,
                     "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"message.post\",\"params\":"
                     "{\"channel\":%lld,\"body\":\"a\",\"nonce\":\"nonce-%d-xx\"}}",
                     i, (long long)f->general, i);
        listener_receive(&anne->listener, frame, (size_t)bytes, LANG_EN);
    }
    live_hand_over(f->live);
    live_turn_until(f, anne, "\"result\"", 10);
    writer_counters(f->live->writer, &after);
    assert_int_equal(after.batches - before.batches, 1);
}

static void a_clean_up_asked_for_at_the_last_moment_is_done_after_the_start(void **state)
{
    struct live_fixture *f = *state;
    struct request *request = request_operator(f->live, &store_clean_command, 1);
    request_submit(request);
    live_end(f);
    live_begin(f);
    struct writer_counters counters = {0};
    for (int i = 0; i < 500 && counters.scrubs == 0; i++) {
        usleep(10000);
        writer_counters(f->live->writer, &counters);
    }
    assert_true(counters.scrubs > 0);
}

/* --- time ---------------------------------------------------------------------------------------
 */

SQL(due_of_nothing, "INSERT INTO due (command, object, at) VALUES ('gone.away', ?1, 1)");
SQL(due_of_session, "INSERT OR REPLACE INTO due (command, object, at)"
                    " VALUES ('session.expire', ?1, 2)");
SQL(expire, "UPDATE session SET expires_at = 2 WHERE id = ?1");
SQL(due_count, "SELECT count(*) FROM due WHERE at < 1000");

static void a_due_command_that_is_no_more_does_not_hold_the_others(void **state)
{
    struct live_fixture *f = *state;
    live_sql(f, &due_of_nothing, 1);
    live_sql(f, &due_of_nothing, 2);
    live_sql(f, &expire, f->bob.session);
    live_sql(f, &due_of_session, f->bob.session);
    live_begin(f);
    struct ear *anne = live_join(f, f->anne);
    live_post(f, anne, "et le temps passe");
    live_turn_for(f, 200);
    assert_int_equal(db_int(f->reader, &due_count, -1), 0);
    struct writer_counters counters;
    writer_counters(f->live->writer, &counters);
    assert_true(counters.batches < 10);
}

/* --- mail ---------------------------------------------------------------------------------------
 */

SQL(mail_count, "SELECT count(*) FROM mail");
SQL(mail_add, "INSERT INTO mail (recipient, subject, plain, html, next_at, created_at)"
              " VALUES ('anne@example.fr', 'Bonjour', 'a', '<p>a</p>', 0, ?1)");

/* The one mail written; false if there is none. */
static bool find_mail(struct live_fixture *f, char path[512])
{
    char folder[128];
    bool found = false;
    snprintf(folder, sizeof folder, "%s/mail", f->place.folder);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strstr(entry->d_name, ".eml")) {
            snprintf(path, 512, "%s/%s", folder, entry->d_name);
            found = true;
        }
    }
    if (dir) {
        closedir(dir);
    }
    return found;
}

static void wait_for_mail(struct live_fixture *f, char path[512])
{
    for (int i = 0; i < 100 && !find_mail(f, path); i++) {
        live_turn_for(f, 50);
    }
    assert_true(find_mail(f, path));
}

static void wait_for_empty_queue(struct live_fixture *f)
{
    for (int i = 0; i < 200 && db_int(f->reader, &mail_count, -1) != 0; i++) {
        live_turn_for(f, 50);
    }
    assert_int_equal(db_int(f->reader, &mail_count, -1), 0);
}

static void a_mail_becomes_a_file_and_leaves_the_queue(void **state)
{
    struct live_fixture *f = *state;
    char path[512];
    live_sql(f, &mail_add, 1);
    live_begin(f);
    wait_for_mail(f, path);
    wait_for_empty_queue(f);
}

static void a_mail_taken_while_the_disk_is_full_is_not_sent_again(void **state)
{
    struct live_fixture *f = *state;
    char path[512];
    live_sql(f, &mail_add, 1);
    atomic_store(&fault_write, SQLITE_FULL);
    live_begin(f);
    wait_for_mail(f, path);
    unlink(path);
    live_turn_for(f, 2500);
    assert_false(find_mail(f, path));
    assert_int_equal(db_int(f->reader, &mail_count, -1), 1);
    atomic_store(&fault_write, 0);
    wait_for_empty_queue(f);
}

/* --- whether it can write ------------------------------------------------------------------------
 */

static void all_are_told_when_nothing_can_be_written_and_when_it_can_again(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne);
    struct ear *bob = live_join(f, f->bob);
    assert_int_equal(ear_count(bob, "\"status\""), 0);
    atomic_store(&fault_write, SQLITE_FULL);
    live_send(f, anne, "message.post",
              "{\"channel\":%lld,\"body\":\"trop\",\"nonce\":\"nonce-0-xx\"}",
              (long long)f->general);
    live_turn_until(f, bob, "\"status\",\"params\":{\"writable\":false}", 1);
    live_turn_until(f, anne, "\"error\"", 1);
    assert_int_equal(live_number(strstr(ear_text(anne), "\"error\""), "\"error\"", "code"), 1303);
    struct ear *late = live_join(f, f->chloe);
    assert_int_equal(ear_count(late, "\"writable\":false"), 1);
    atomic_store(&fault_write, 0);
    live_turn_until(f, late, "\"writable\":true", 1);
    assert_int_equal(ear_count(bob, "\"writable\":true"), 1);
    live_post(f, anne, "de nouveau");
    assert_int_equal(ear_count(bob, "\"status\""), 2);
}

#define FILES_TEST(test) cmocka_unit_test_setup_teardown(test, live_set_up_files, live_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(all_are_told_when_nothing_can_be_written_and_when_it_can_again),
        LIVE_TEST(who_joins_is_greeted_with_where_things_stand),
        LIVE_TEST(an_unknown_session_is_closed_with_4401_and_hears_nothing),
        LIVE_TEST(a_suspended_person_is_not_let_in),
        LIVE_TEST(leaving_before_the_greeting_is_safe),
        LIVE_TEST(a_session_revoked_while_one_joins_closes_the_socket),
        LIVE_TEST(what_the_reader_saw_before_the_loop_is_not_heard_again),
        LIVE_TEST(the_answer_comes_before_the_fact),
        LIVE_TEST(a_bad_frame_is_answered_with_its_error),
        LIVE_TEST(what_answers_with_a_cookie_is_for_http),
        LIVE_TEST(what_the_operator_may_do_does_not_exist_here),
        LIVE_TEST(a_socket_with_too_much_under_way_is_told_to_wait),
        LIVE_TEST(leaving_with_requests_under_way_is_safe),
        LIVE_TEST(a_worker_lets_its_snapshot_go_before_a_hash),
        LIVE_TEST(revoking_a_session_closes_its_socket_in_the_same_turn),
        LIVE_TEST(who_is_removed_hears_of_it_and_then_nothing),
        LIVE_TEST(typing_reaches_those_who_have_the_channel_open),
        LIVE_TEST(typing_where_one_may_not_read_is_not_found),
        LIVE_TEST(who_may_only_read_is_not_shown_typing),
        LIVE_TEST(nobody_types_in_an_archived_channel),
        LIVE_TEST(typing_in_a_main_stream_kept_to_animateurs_is_refused_as_posting_is),
        LIVE_TEST(typing_an_answer_to_what_is_no_message_is_not_found),
        LIVE_TEST(who_lost_the_channel_since_the_reader_looked_is_not_shown_typing),
        LIVE_TEST(leaving_while_a_reader_decides_on_ones_typing_is_safe),
        LIVE_TEST(presence_says_who_is_here),
        LIVE_TEST(a_ping_is_answered_at_once),
        LIVE_TEST(what_comes_in_one_turn_is_one_batch),
        LIVE_TEST(stopping_answers_what_is_under_way),
        LIVE_TEST(a_clean_up_asked_for_at_the_last_moment_is_done_after_the_start),
        FILES_TEST(a_due_command_that_is_no_more_does_not_hold_the_others),
        FILES_TEST(a_mail_becomes_a_file_and_leaves_the_queue),
        FILES_TEST(a_mail_taken_while_the_disk_is_full_is_not_sent_again),
    };
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
