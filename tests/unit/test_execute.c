/* From a credential to effects: who asks, what is undone, what is told, what is done once. */
#include "club_fixture.h"

#include <string.h>

#include "store/journal.h"

/* --- who asks --------------------------------------------------------------------------------- */

static enum err authenticate_by(struct club_fixture *f, struct credential credential,
                                struct actor *actor)
{
    struct tx tx = fixture_tx(f, FIXTURE_ANYBODY);
    enum err err = authenticate(&tx, &credential);
    *actor = tx.actor;
    return err;
}

static struct credential session_of(struct club_fixture *f, int64_t person)
{
    return (struct credential){
        .kind = CREDENTIAL_SESSION,
        .session =
            fixture_count(f, "SELECT id FROM session WHERE person = %lld", (long long)person),
    };
}

static void a_session_tells_the_person(void **state)
{
    struct club_fixture *f = *state;
    struct actor actor;
    int64_t anne = fixture_person(f, "Anne");
    assert_int_equal(authenticate_by(f, session_of(f, anne), &actor), ERR_NONE);
    assert_int_equal(actor.person, anne);
    assert_false(actor.administrator);
}

static void the_program_speaks_for_a_person_and_nobody_for_none(void **state)
{
    struct club_fixture *f = *state;
    struct actor actor;
    int64_t anne = fixture_administrator(f, "Anne");
    struct credential credential = {.kind = CREDENTIAL_PERSON, .person = anne};
    assert_int_equal(authenticate_by(f, credential, &actor), ERR_NONE);
    assert_int_equal(actor.person, anne);
    assert_true(actor.administrator);
    credential.person = 99999;
    assert_int_equal(authenticate_by(f, credential, &actor), ERR_LOGIN);
    credential.kind = CREDENTIAL_NONE;
    assert_int_equal(authenticate_by(f, credential, &actor), ERR_NONE);
    assert_int_equal(actor.person, 0);
}

static void a_secret_is_found_by_its_hash(void **state)
{
    struct club_fixture *f = *state;
    struct actor actor;
    struct credential credential = {.kind = CREDENTIAL_SECRET};
    int64_t anne = fixture_person(f, "Anne");
    memset(credential.hash, 0xAB, sizeof credential.hash);
    assert_int_equal(authenticate_by(f, credential, &actor), ERR_LOGIN);
    char hex[65] = "";
    for (int i = 0; i < 32; i++) {
        strcat(hex, "ab");
    }
    fixture_sql(f, "UPDATE session SET hash = x'%s' WHERE person = %lld", hex, (long long)anne);
    assert_int_equal(authenticate_by(f, credential, &actor), ERR_NONE);
    assert_int_equal(actor.person, anne);
}

static void a_session_ends_at_its_hour(void **state)
{
    struct club_fixture *f = *state;
    struct actor actor;
    int64_t anne = fixture_person(f, "Anne");
    f->now_ms += 30 * MS_PER_DAY - 1;
    assert_int_equal(authenticate_by(f, session_of(f, anne), &actor), ERR_NONE);
    f->now_ms += 1;
    assert_int_equal(authenticate_by(f, session_of(f, anne), &actor), ERR_LOGIN);
    assert_int_equal(actor.person, 0);
}

static void the_suspended_and_the_erased_are_refused(void **state)
{
    struct club_fixture *f = *state;
    struct actor actor;
    int64_t anne = fixture_person(f, "Anne");
    fixture_sql(f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)anne);
    assert_int_equal(authenticate_by(f, session_of(f, anne), &actor), ERR_SUSPENDED);
    fixture_sql(f, "UPDATE person SET state = 'erased' WHERE id = %lld", (long long)anne);
    assert_int_equal(authenticate_by(f, session_of(f, anne), &actor), ERR_LOGIN);
}

static void a_token_of_scope_read_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    fixture_sql(f, "UPDATE session SET kind = 'token', scope = 'read'");
    fixture_ok(f, anne, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(fixture_run(f, anne, "channel.create", "{\"club\":%lld,\"name\":\"Eau\"}",
                                 (long long)f->ain),
                     ERR_FORBIDDEN);
}

static int64_t seen_at(struct club_fixture *f)
{
    return fixture_count(f, "SELECT seen_at FROM session");
}

static void a_session_is_seen_to_the_hour_by_what_it_writes(void **state)
{
    struct club_fixture *f = *state;
    int64_t start = f->now_ms, anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    long long channel = fixture_channel(f, f->ain, "Général");
    f->now_ms = start + MS_PER_HOUR - 1;
    fixture_ok(f, anne, "read.set", "{\"channel\":%lld,\"position\":0}", channel);
    assert_int_equal(seen_at(f), start);
    f->now_ms = start + MS_PER_HOUR;
    fixture_ok(f, anne, "channel.list", "{\"club\":%lld}", (long long)f->ain);
    assert_int_equal(seen_at(f), start);
    fixture_ok(f, anne, "read.set", "{\"channel\":%lld,\"position\":0}", channel);
    assert_int_equal(seen_at(f), f->now_ms);
}

/* --- commands made for these tests ------------------------------------------------------------ */

struct probe {
    int64_t club;
    const char *nonce;
};
static const struct field probe_in[] = {
    FIELD_ID_OPT(struct probe, club, "Any number"),
    FIELD_LINE_OPT(struct probe, nonce, 1, 64, "Nonce"),
    FIELD_END,
};
static bool probe_load(struct tx *tx, int64_t audience, int64_t entity, void *out)
{
    (void)tx, (void)audience;
    *(int64_t *)out = entity;
    return entity != 13;
}
static const struct field probe_fact_out[] = {
    {.name = "id", .doc = "Object", .type = FIELD_TYPE_ID},
    FIELD_END,
};
static const struct fact probe_fact = {
    .name = "probe.done", .doc = "", .out = probe_fact_out, .out_bytes = 8, .load = probe_load};

static int runs;

static enum err probe_run(struct tx *tx, const void *in, void *out)
{
    (void)in;
    struct created *created = out;
    runs++;
    created->id = fact_note(tx, &probe_fact, audience_person(tx->actor.person), ENTITY_NEW);
    return ERR_NONE;
}
static const struct command probe_command = {
    .name = "probe.make",
    .doc = "",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = probe_in,
    .in_bytes = sizeof(struct probe),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){&probe_fact, NULL},
    .run = probe_run,
};

static enum err run_as(struct club_fixture *f, int64_t person, const struct command *command,
                       const void *in, struct created *out)
{
    struct tx tx = fixture_tx(f, person);
    struct credential credential = session_of(f, person);
    f->effects = (struct effects){0};
    *out = (struct created){0};
    return execute(&tx, command, &credential, in, out, &f->effects);
}

/* --- law 3 ------------------------------------------------------------------------------------ */

static void a_resend_is_answered_from_what_was_kept(void **state)
{
    struct club_fixture *f = *state;
    struct created first, again;
    struct probe in = {.nonce = "n-0000001"};
    int64_t anne = fixture_person(f, "Anne");
    runs = 0;
    assert_int_equal(run_as(f, anne, &probe_command, &in, &first), ERR_NONE);
    assert_int_equal(f->effects.count, 1);
    assert_int_equal(run_as(f, anne, &probe_command, &in, &again), ERR_NONE);
    assert_int_equal(runs, 1);
    assert_int_equal(f->effects.count, 0);
    assert_int_equal(again.id, first.id);
    assert_int_equal(again.seq, first.seq);
    assert_int_not_equal(first.seq, 0);
}

static void the_same_nonce_of_another_person_is_another_sending(void **state)
{
    struct club_fixture *f = *state;
    struct created first, second;
    struct probe in = {.nonce = "n-0000001"};
    assert_int_equal(run_as(f, fixture_person(f, "Anne"), &probe_command, &in, &first), ERR_NONE);
    assert_int_equal(run_as(f, fixture_person(f, "Luc"), &probe_command, &in, &second), ERR_NONE);
    assert_int_not_equal(first.id, second.id);
}

static void a_nonce_serves_one_command(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {.nonce = "n-0000001"};
    int64_t anne = fixture_person(f, "Anne");
    struct command other = probe_command;
    other.name = "probe.other";
    assert_int_equal(run_as(f, anne, &probe_command, &in, &out), ERR_NONE);
    assert_int_equal(run_as(f, anne, &other, &in, &out), ERR_NONCE);
    assert_string_equal(f->problem.field, "nonce");
}

static void without_a_nonce_each_sending_counts(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    int64_t anne = fixture_person(f, "Anne");
    runs = 0;
    assert_int_equal(run_as(f, anne, &probe_command, &in, &out), ERR_NONE);
    assert_int_equal(run_as(f, anne, &probe_command, &in, &out), ERR_NONE);
    assert_int_equal(runs, 2);
}

/* The reply was lost, and with it the right: what was done is still acknowledged. */
static void a_resend_is_answered_after_the_right_is_gone(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t ids[2];
    for (int i = 0; i < 2; i++) {
        fixture_ok(f, anne, "channel.create",
                   "{\"club\":%lld,\"name\":\"Eau\",\"nonce\":\"n-0000001\"}", (long long)f->ain);
        ids[i] = fixture_int(f, "id");
        fixture_sql(f, "UPDATE membership SET active = 0");
    }
    assert_int_equal(ids[1], ids[0]);
}

/* --- facts and effects ------------------------------------------------------------------------ */

static void a_fact_is_in_the_journal_and_leaves_with_its_number(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    int64_t anne = fixture_person(f, "Anne"), before = journal_head(f->db);
    assert_int_equal(run_as(f, anne, &probe_command, &in, &out), ERR_NONE);
    assert_int_equal(out.id, before + 1);
    assert_int_equal(fixture_count(f,
                                   "SELECT seq FROM journal WHERE fact = 'probe.done' AND"
                                   " entity = seq AND actor = %lld AND audience = %lld",
                                   (long long)anne, (long long)audience_person(anne)),
                     out.id);
    assert_int_equal(f->effects.items[0].seq, out.id);
    assert_int_equal(fixture_told_int(f, audience_person(anne), "probe.done", 0, "seq"), out.id);
}

static enum err gone_run(struct tx *tx, const void *in, void *out)
{
    (void)in, (void)out;
    fact_note(tx, &probe_fact, audience_person(tx->actor.person), 13);
    fact_note(tx, &probe_fact, audience_person(tx->actor.person), 14);
    return ERR_NONE;
}

static void a_fact_about_what_is_gone_is_not_told(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    struct command command = probe_command;
    command.run = gone_run;
    assert_int_equal(run_as(f, fixture_person(f, "Anne"), &command, &in, &out), ERR_NONE);
    assert_int_equal(f->effects.count, 1);
    assert_non_null(strstr(f->effects.items[0].json, "\"id\":14"));
}

static void a_fact_the_command_does_not_declare_is_refused(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    struct command command = probe_command;
    command.facts = NULL;
    assert_int_equal(run_as(f, fixture_person(f, "Anne"), &command, &in, &out), ERR_INTERNAL);
}

static void a_later_telling_says_the_same_as_the_live_one(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR);
    int64_t channel = fixture_channel(f, f->ain, "Habitat");
    fixture_ok(f, anne, "channel.update", "{\"channel\":%lld,\"name\":\"Logement\"}",
               (long long)channel);
    const struct effect *live = &f->effects.items[0];
    struct tx tx = fixture_tx(f, anne);
    struct buf later;
    buf_init(&later);
    const struct fact *fact = fact_find("channel.changed");
    assert_true(fact_render(&tx, live->seq, fact, live->audience, channel, &later));
    assert_int_equal(later.len, live->bytes);
    assert_memory_equal(later.data, live->json, live->bytes);
    assert_null(fact_find("no.such"));
    buf_finish(&later);
}

static void a_mark_is_kept_as_its_last_value_alone(void **state)
{
    struct club_fixture *f = *state;
    int64_t anne = fixture_member(f, "Anne", f->ain, ROLE_ELU);
    long long channel = fixture_channel(f, f->ain, "Général");
    for (int i = 0; i < 3; i++) {
        fixture_ok(f, anne, "draft.set", "{\"channel\":%lld,\"body\":\"essai %d\"}", channel, i);
    }
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mark"), 1);
    assert_int_equal(fixture_count(f, "SELECT seq FROM mark"), journal_head(f->db));
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM journal"), 0);
    assert_int_equal(fixture_told(f, audience_person(anne), "draft.changed"), 1);
}

/* --- errors ----------------------------------------------------------------------------------- */

static enum err broken_run(struct tx *tx, const void *in, void *out)
{
    SQL(orphan, "INSERT INTO draft (person, channel, body, at) VALUES (-1, -1, '', 0)");
    (void)in, (void)out;
    db_run(tx->db, &orphan);
    return ERR_NONE;
}

static void what_the_store_refuses_is_an_internal_error(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    struct command command = probe_command;
    command.run = broken_run;
    int64_t anne = fixture_person(f, "Anne");
    db_savepoint(f->db);
    assert_int_equal(run_as(f, anne, &command, &in, &out), ERR_INTERNAL);
    assert_int_equal(f->problem.err, ERR_INTERNAL);
    db_savepoint_undo(f->db);
}

static enum err interrupted_run(struct tx *tx, const void *in, void *out)
{
    SQL(endless, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                 " SELECT count(*) FROM n");
    (void)in, (void)out;
    db_set_deadline(tx->db, 1);
    db_int(tx->db, &endless, 0);
    db_set_deadline(tx->db, 0);
    return ERR_NONE;
}

static void what_took_too_long_says_so_whatever_the_command_made_of_it(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    struct command command = probe_command;
    command.run = interrupted_run;
    int64_t anne = fixture_person(f, "Anne");
    db_savepoint(f->db);
    assert_int_equal(run_as(f, anne, &command, &in, &out), ERR_DEADLINE);
    assert_int_equal(f->problem.err, ERR_DEADLINE);
    db_savepoint_undo(f->db);
}

static void slow_work_is_not_begun_for_who_may_not(void **state)
{
    struct club_fixture *f = *state;
    struct command command = probe_command;
    struct probe in = {0};
    int64_t anne = fixture_person(f, "Anne");
    struct credential credential = {.kind = CREDENTIAL_PERSON, .person = anne};
    struct tx tx = fixture_tx(f, FIXTURE_ANYBODY);
    command.right = RIGHT_ADMINISTRATOR;
    assert_int_equal(execute_prepare(&tx, &command, &credential, &in), ERR_FORBIDDEN);
    command.right = RIGHT_PERSON;
    assert_int_equal(execute_prepare(&tx, &command, &credential, &in), ERR_NONE); /* has none */
    credential.person = 99999;
    assert_int_equal(execute_prepare(&tx, &command, &credential, &in), ERR_LOGIN);
}

static void an_error_of_the_store_outlives_the_release_of_its_snapshot(void **state)
{
    struct club_fixture *f = *state;
    struct tx tx = fixture_tx(f, FIXTURE_ANYBODY);
    tx.may_release = true;
    db_savepoint(f->db);
    interrupted_run(&tx, NULL, NULL);
    tx_release(&tx);
    assert_int_equal(db_error(f->db), ERR_DEADLINE);
    db_savepoint_undo(f->db);
}

/* What was refused before it wrote has no batch run again (store/writer.h). */
static void a_refused_command_writes_nothing(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {.nonce = "n-0000001"};
    struct command barred = probe_command, other = probe_command;
    barred.right = RIGHT_ADMINISTRATOR;
    other.name = "probe.other";
    int64_t anne = fixture_person(f, "Anne");
    db_savepoint(f->db);
    assert_int_equal(run_as(f, anne, &probe_command, &in, &out), ERR_NONE);
    f->now_ms += 2 * MS_PER_HOUR;
    struct db_mark mark = db_mark(f->db);
    assert_int_equal(run_as(f, anne, &other, &in, &out), ERR_NONCE);
    in.nonce = NULL;
    assert_int_equal(run_as(f, anne, &barred, &in, &out), ERR_FORBIDDEN);
    assert_true(db_is_at(f->db, mark));
    db_savepoint_undo(f->db);
}

static void an_old_cookie_does_not_bar_what_anybody_may(void **state)
{
    struct club_fixture *f = *state;
    struct created out;
    struct probe in = {0};
    struct command command = probe_command;
    int64_t anne = fixture_person(f, "Anne");
    f->now_ms += 31 * MS_PER_DAY;
    assert_int_equal(run_as(f, anne, &command, &in, &out), ERR_LOGIN);
    command.right = RIGHT_ANYBODY;
    assert_int_equal(run_as(f, anne, &command, &in, &out), ERR_NONE);
    assert_int_equal(f->problem.err, ERR_NONE);
}

/* --- due work --------------------------------------------------------------------------------- */

static void due_work_is_kept_once_per_object_until_forgotten(void **state)
{
    struct club_fixture *f = *state;
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    due_set(&tx, &probe_command, 7, 1000);
    due_set(&tx, &probe_command, 7, 2000);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM due"), 1);
    assert_int_equal(fixture_count(f, "SELECT at FROM due WHERE command = 'probe.make'"), 2000);
    due_set(&tx, &probe_command, 7, INT64_MAX);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM due"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_session_tells_the_person),
        FIXTURE_TEST(the_program_speaks_for_a_person_and_nobody_for_none),
        FIXTURE_TEST(a_secret_is_found_by_its_hash),
        FIXTURE_TEST(a_session_ends_at_its_hour),
        FIXTURE_TEST(the_suspended_and_the_erased_are_refused),
        FIXTURE_TEST(a_token_of_scope_read_changes_nothing),
        FIXTURE_TEST(a_session_is_seen_to_the_hour_by_what_it_writes),
        FIXTURE_TEST(a_resend_is_answered_from_what_was_kept),
        FIXTURE_TEST(the_same_nonce_of_another_person_is_another_sending),
        FIXTURE_TEST(a_nonce_serves_one_command),
        FIXTURE_TEST(without_a_nonce_each_sending_counts),
        FIXTURE_TEST(a_resend_is_answered_after_the_right_is_gone),
        FIXTURE_TEST(a_fact_is_in_the_journal_and_leaves_with_its_number),
        FIXTURE_TEST(a_fact_about_what_is_gone_is_not_told),
        FIXTURE_TEST(a_fact_the_command_does_not_declare_is_refused),
        FIXTURE_TEST(a_later_telling_says_the_same_as_the_live_one),
        FIXTURE_TEST(a_mark_is_kept_as_its_last_value_alone),
        FIXTURE_TEST(what_the_store_refuses_is_an_internal_error),
        FIXTURE_TEST(what_took_too_long_says_so_whatever_the_command_made_of_it),
        FIXTURE_TEST(slow_work_is_not_begun_for_who_may_not),
        FIXTURE_TEST(an_error_of_the_store_outlives_the_release_of_its_snapshot),
        FIXTURE_TEST(a_refused_command_writes_nothing),
        FIXTURE_TEST(an_old_cookie_does_not_bar_what_anybody_may),
        FIXTURE_TEST(due_work_is_kept_once_per_object_until_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
