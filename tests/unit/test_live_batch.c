/* A batch of commands that runs a second time, because one of them failed after it had written:
 * what is answered, told and kept is what the second run did. */
#include "live_fixture.h"

#include "club/execute.h"
#include "faults.h"
#include "store/ledger.h"

/* --- commands made for these tests ------------------------------------------------------------ */

static sem_t held, released;
static int failures;
static bool fills_the_disk;

/* Holds the writer inside a batch, so that what is sent meanwhile makes the next one. */
static enum err hold_run(struct tx *tx, const void *in, void *out)
{
    (void)tx, (void)in, (void)out;
    sem_post(&held);
    sem_wait(&released);
    return ERR_NONE;
}

SQL(spoil, "UPDATE channel SET purpose = 'spoiled'");

static enum err fail_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    db_run(tx->db, &spoil);
    if (++failures == 2 && fills_the_disk) {
        fault_write = SQLITE_FULL;
    }
    return tx_fail(tx, ERR_CONFLICT, NULL, NULL);
}

static const struct command hold_command = {
    .name = "test.hold",
    .kind = MARK,
    .right = RIGHT_OPERATOR,
    .in = no_fields,
    .in_bytes = sizeof(int64_t),
    .out = no_fields,
    .run = hold_run,
};
static const struct command fail_command = {
    .name = "test.fail",
    .kind = MARK,
    .right = RIGHT_OPERATOR,
    .in = no_fields,
    .in_bytes = sizeof(int64_t),
    .out = no_fields,
    .run = fail_run,
};

static void hold_writer(struct live_fixture *f)
{
    sem_init(&held, 0, 0);
    sem_init(&released, 0, 0);
    failures = 0;
    fills_the_disk = false;
    request_to_writer(request_operator(f->live, &hold_command, 0));
    sem_wait(&held);
}

static void fail_among_them(struct live_fixture *f)
{
    request_to_writer(request_operator(f->live, &fail_command, 0));
}

static int send_message(struct live_fixture *f, struct ear *ear, const char *body)
{
    return live_send(f, ear, "message.post",
                     "{\"channel\":%lld,\"body\":\"%s\",\"nonce\":\"nonce-%s\"}",
                     (long long)f->general, body, body);
}

static bool is_result(const char *answer)
{
    const char *end = strchr(answer, '\n'), *result = strstr(answer, "\"result\"");
    return result && (!end || result < end);
}

SQL(id_of, "SELECT id FROM message WHERE body = ?1");
SQL(nonces, "SELECT count(*) FROM nonce");
SQL(spoiled, "SELECT count(*) FROM channel WHERE purpose = 'spoiled'");

/* --- what is told ----------------------------------------------------------------------------- */

static void what_ran_twice_is_told_once_and_as_it_was_kept(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne), *bob = live_join(f, f->bob);
    hold_writer(f);
    ear_forget(anne);
    send_message(f, anne, "premier");
    fail_among_them(f);
    send_message(f, bob, "second");
    sem_post(&released);
    live_turn_until(f, anne, "\"body\":\"second\"", 1);
    assert_int_equal(failures, 2);
    assert_int_equal(ear_count(anne, "\"body\":\"premier\""), 1);
    assert_int_equal(ear_count(bob, "\"body\":\"premier\""), 1);
    assert_int_equal(ear_count(anne, "\"result\""), 1);
    assert_int_equal(live_number(ear_text(anne), "\"result\"", "id"),
                     db_int(f->reader, &id_of, 0, "premier"));
    assert_int_equal(db_int(f->reader, &nonces, -1), 2);
    assert_int_equal(db_int(f->reader, &spoiled, -1), 0);
}

static void a_right_that_was_revoked_counts_from_the_very_next_command(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne), *bob = live_join(f, f->bob);
    live_post(f, bob, "encore");
    hold_writer(f);
    int before = send_message(f, bob, "avant");
    live_send(f, anne, "membership.end", "{\"membership\":%lld}", (long long)f->bob.membership);
    int after = send_message(f, bob, "ensuite");
    sem_post(&released);
    assert_true(is_result(live_answer(f, bob, before)));
    assert_false(is_result(live_answer(f, bob, after)));
    assert_int_equal(db_int(f->reader, &id_of, 0, "ensuite"), 0);
}

/* --- what is erased --------------------------------------------------------------------------- */

static void count_line(void *context, const struct ledger_entry *entry)
{
    int64_t *of_message = context;
    assert_string_equal(entry->kind, "message");
    of_message[0] = entry->id;
    of_message[1]++;
}

/* Its line is written before the commit, and done again at a restore however often it stands there.
 */
static void an_erasure_that_ran_twice_is_told_once_and_in_the_ledger(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne), *bob = live_join(f, f->bob);
    int64_t message = live_post(f, anne, "oubli"), lines[2] = {0};
    hold_writer(f);
    live_send(f, anne, "message.delete", "{\"message\":%lld}", (long long)message);
    fail_among_them(f);
    sem_post(&released);
    live_turn_until(f, bob, "\"message.deleted\"", 1);
    live_post(f, anne, "suite");
    assert_int_equal(ear_count(bob, "\"message.deleted\""), 1);
    assert_int_equal(db_int(f->reader, &id_of, 0, "oubli"), 0);
    assert_int_equal(ledger_each(f->live->ledger_path, count_line, lines), ERR_NONE);
    assert_int_equal(lines[0], message);
    assert_int_equal(lines[1], 2);
}

/* --- when the second run fails too ------------------------------------------------------------ */

static void a_batch_whose_second_run_is_lost_is_refused_and_nothing_is_told(void **state)
{
    struct live_fixture *f = *state;
    struct ear *anne = live_join(f, f->anne), *bob = live_join(f, f->bob);
    hold_writer(f);
    fills_the_disk = true;
    int first = send_message(f, anne, "premier");
    fail_among_them(f);
    int second = send_message(f, bob, "second");
    sem_post(&released);
    assert_false(is_result(live_answer(f, anne, first)));
    assert_false(is_result(live_answer(f, bob, second)));
    assert_int_equal(ear_count(bob, "\"message.posted\""), 0);
    atomic_store(&fault_write, 0);
    assert_int_equal(db_int(f->reader, &nonces, -1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(what_ran_twice_is_told_once_and_as_it_was_kept),
        LIVE_TEST(a_right_that_was_revoked_counts_from_the_very_next_command),
        LIVE_TEST(an_erasure_that_ran_twice_is_told_once_and_in_the_ledger),
        LIVE_TEST(a_batch_whose_second_run_is_lost_is_refused_and_nothing_is_told),
    };
    faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
