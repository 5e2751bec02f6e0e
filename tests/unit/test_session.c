/* Logging in and out, one's sessions, another password. */
#include "club_fixture.h"

#include <string.h>

#include "base/str.h"
#include "club/password.h"
#include "club/secret.h"

#define GOOD  "trois-grues-sur-la-halle"
#define OTHER "quatre-merles-au-lavoir"

static int64_t jeanne(struct club_fixture *f)
{
    static const char *kept; /* one hash for all tests: it is slow */
    static char copy[128];
    int64_t person = fixture_person(f, "Jeanne");
    if (!kept) {
        strncpy(copy, password_hash(&(struct tx){.arena = &f->arena}, GOOD), sizeof copy - 1);
        kept = copy;
    }
    fixture_sql(f, "UPDATE person SET password = '%s' WHERE id = %lld", kept, (long long)person);
    return person;
}

static enum err log_in(struct club_fixture *f, const char *email, const char *password)
{
    return fixture_run(f, FIXTURE_ANYBODY, "session.open", "{\"email\":\"%s\",\"password\":\"%s\"}",
                       email, password);
}

static int64_t sessions_of(struct club_fixture *f, int64_t person)
{
    return fixture_count(f, "SELECT count(*) FROM session WHERE person = %lld", (long long)person);
}

static bool rings_mail(const struct club_fixture *f)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        if (f->effects.items[i].type == EFFECT_MAIL) {
            return true;
        }
    }
    return false;
}

/* --- in and out ---------------------------------------------------------------------------------
 */

static void the_right_password_opens_a_session(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f), before = sessions_of(f, person);
    assert_int_equal(log_in(f, "  Jeanne@Example.FR ", GOOD), ERR_NONE);
    assert_int_equal(fixture_int(f, "person.id"), person);
    assert_string_equal(fixture_text(f, "person.email"), "jeanne@example.fr");
    assert_int_equal(fixture_int(f, "expires_at"), f->now_ms + LIMIT_SESSION_DAYS * MS_PER_DAY);
    assert_int_equal(sessions_of(f, person), before + 1);
}

static void only_the_hash_of_the_cookie_is_kept(void **state)
{
    struct club_fixture *f = *state;
    char hex[65];
    uint8_t hash[32];
    jeanne(f);
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    assert_true(secret_has_form(f->cookie, SECRET_SESSION));
    secret_hash(f->cookie, hash);
    hex_encode(hash, sizeof hash, hex);
    assert_int_equal(
        fixture_count(f, "SELECT count(*) FROM session WHERE lower(hex(hash)) = '%s'", hex), 1);
    assert_null(strstr(f->result, f->cookie));
}

static void wrong_passwords_and_unknown_addresses_get_one_answer(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    fixture_person(f, "Sans"); /* an account without a password */
    static const char *const emails[] = {"jeanne@example.fr", "nobody@example.fr",
                                         "sans@example.fr", "no address at all"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(log_in(f, emails[i], OTHER), ERR_CREDENTIALS);
        assert_null(f->problem.field);
        assert_null(f->problem.arg);
        assert_null(f->cookie);
    }
}

static void suspension_is_told_only_to_who_knows_the_password(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    fixture_sql(f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)person);
    assert_int_equal(log_in(f, "jeanne@example.fr", OTHER), ERR_CREDENTIALS);
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_SUSPENDED);
}

/* The password changed while the request waited for the writer. */
static void a_password_compared_too_early_opens_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    struct tx tx = fixture_tx(f, FIXTURE_ANYBODY);
    const char *kept = password_hash(&(struct tx){.arena = &f->arena}, GOOD);
    assert_false(password_still_kept(&tx, person, kept));
    assert_false(password_still_kept(&tx, person, NULL));
    fixture_sql(f, "UPDATE person SET password = '%s' WHERE id = %lld", kept, (long long)person);
    assert_true(password_still_kept(&tx, person, kept));
    fixture_sql(f, "UPDATE person SET state = 'suspended' WHERE id = %lld", (long long)person);
    assert_false(password_still_kept(&tx, person, kept));
}

static void logging_out_ends_this_session_and_clears_the_cookie(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    int64_t session = fixture_count(f, "SELECT id FROM session");
    fixture_ok(f, person, "session.close", "{}");
    assert_string_equal(f->cookie, "");
    assert_int_equal(sessions_of(f, person), 0);
    assert_true(fixture_closes(f, person, session));
}

static void the_oldest_session_gives_way_to_the_fifty_first(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    fixture_sql(f,
                "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
                " INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
                " SELECT %lld, randomblob(32), 'browser', i, i, 9e18 FROM n",
                (long long)person);
    int64_t oldest =
        fixture_count(f, "SELECT id FROM session WHERE person = %lld ORDER BY seen_at LIMIT 1",
                      (long long)person);
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    assert_int_equal(sessions_of(f, person), LIMIT_SESSIONS_PER_PERSON);
    assert_true(fixture_closes(f, person, oldest));
}

static void a_session_is_forgotten_at_its_end(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    int64_t session = fixture_count(f, "SELECT max(id) FROM session");
    assert_int_equal(
        fixture_count(f, "SELECT at FROM due WHERE command = 'session.expire' AND object = %lld",
                      (long long)session),
        f->now_ms + LIMIT_SESSION_DAYS * MS_PER_DAY);
    fixture_ok(f, FIXTURE_OPERATOR, "session.expire", "{\"session\":%lld}", (long long)session);
    assert_int_equal(fixture_count(f, "SELECT max(id) FROM session"), session); /* too early */
    f->now_ms += LIMIT_SESSION_DAYS * MS_PER_DAY;
    fixture_ok(f, FIXTURE_OPERATOR, "session.expire", "{\"session\":%lld}", (long long)session);
    assert_true(fixture_closes(f, person, session));
    assert_int_not_equal(fixture_count(f, "SELECT max(id) FROM session"), session);
}

/* --- one's sessions -----------------------------------------------------------------------------
 */

static void my_sessions_are_listed_with_the_current_one_marked(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    fixture_person(f, "Autre");
    f->now_ms += MS_PER_DAY;
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    fixture_ok(f, person, "session.list", "{}");
    assert_int_equal(fixture_int(f, "sessions.length"), 2);
    assert_int_equal(fixture_int(f, "sessions.0.current"), true);
    assert_int_equal(fixture_int(f, "sessions.1.current"), false);
    assert_string_equal(fixture_text(f, "sessions.0.kind"), "browser");
}

static void a_revoked_session_loses_its_sockets(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    int64_t lost = fixture_count(f, "SELECT max(id) FROM session");
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    fixture_ok(f, person, "session.revoke", "{\"session\":%lld}", (long long)lost);
    assert_true(fixture_closes(f, person, lost));
    assert_int_equal(sessions_of(f, person), 1);
}

static void another_persons_session_does_not_exist_for_me(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    int64_t other = fixture_person(f, "Autre");
    int64_t session = fixture_count(f, "SELECT max(id) FROM session");
    assert_int_equal(
        fixture_run(f, person, "session.revoke", "{\"session\":%lld}", (long long)session),
        ERR_NOT_FOUND);
    assert_int_equal(sessions_of(f, other), 1);
}

/* --- another password ---------------------------------------------------------------------------
 */

static void changing_the_password_logs_other_browsers_out(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    int64_t old = fixture_count(f, "SELECT max(id) FROM session");
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_NONE);
    fixture_ok(f, person, "password.change", "{\"current\":\"" GOOD "\",\"next\":\"" OTHER "\"}");
    assert_true(fixture_closes(f, person, old));
    assert_int_equal(sessions_of(f, person), 1);
    assert_true(rings_mail(f));
    assert_int_equal(log_in(f, "jeanne@example.fr", GOOD), ERR_CREDENTIALS);
    assert_int_equal(log_in(f, "jeanne@example.fr", OTHER), ERR_NONE);
}

static void changing_the_password_needs_the_present_one(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    assert_int_equal(fixture_run(f, person, "password.change",
                                 "{\"current\":\"" OTHER "\",\"next\":\"" OTHER "\"}"),
                     ERR_CREDENTIALS);
    assert_string_equal(f->problem.field, "current");
    assert_int_equal(fixture_run(f, person, "password.change",
                                 "{\"current\":\"" GOOD "\",\"next\":\"motdepasse2026\"}"),
                     ERR_PASSWORD_WEAK);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
}

/* The secret in the link of the newest mail. */
static const char *mailed_token(struct club_fixture *f, const char *prefix)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    SQL(newest, "SELECT plain FROM mail ORDER BY id DESC LIMIT 1");
    const char *plain = db_text(tx.db, &newest, &f->arena);
    const char *token = plain ? strstr(plain, prefix) : NULL;
    assert_non_null(token);
    return arena_memdup(&f->arena, token, SECRET_CHARS);
}

static void forget(struct club_fixture *f, const char *email)
{
    fixture_ok(f, FIXTURE_ANYBODY, "password.forgot", "{\"email\":\"%s\"}", email);
    const char *said = f->result;
    int64_t person = fixture_count(f, "SELECT object FROM due WHERE command = 'password.send'");
    if (person > 0) { /* the writer's next work; for an unknown address it does nothing */
        fixture_ok(f, FIXTURE_OPERATOR, "password.send", "{\"person\":%lld}", (long long)person);
    }
    fixture_sql(f, "DELETE FROM due WHERE command = 'password.send'");
    f->result = said;
}

static enum err reset(struct club_fixture *f, const char *token, const char *password)
{
    return fixture_run(f, FIXTURE_ANYBODY, "password.reset",
                       "{\"token\":\"%s\",\"password\":\"%s\"}", token, password);
}

static void a_forgotten_password_is_replaced_by_mail(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    fixture_sql(f,
                "INSERT INTO session (person, hash, kind, created_at, seen_at, expires_at)"
                " VALUES (%lld, randomblob(32), 'token', 1, 1, 9e18)",
                (long long)person);
    forget(f, "Jeanne@example.fr");
    assert_int_equal(reset(f, mailed_token(f, SECRET_RESET), OTHER), ERR_NONE);
    assert_int_equal(sessions_of(f, person), 0); /* tokens too: who had the old one is out */
    assert_int_equal(log_in(f, "jeanne@example.fr", OTHER), ERR_NONE);
}

static void the_answer_is_the_same_for_an_unknown_address(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    forget(f, "nobody@example.fr");
    assert_string_equal(f->result, "{}");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
    forget(f, "jeanne@example.fr");
    assert_string_equal(f->result, "{}");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 1);
}

static void an_unknown_address_costs_the_same_writes(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = jeanne(f);
    fixture_ok(f, FIXTURE_ANYBODY, "password.forgot", "{\"email\":\"nobody@example.fr\"}");
    fixture_ok(f, FIXTURE_ANYBODY, "password.forgot", "{\"email\":\"jeanne@example.fr\"}");
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM due WHERE command = 'password.send'"
                                   " AND at = %lld AND object IN (0, %lld)",
                                   (long long)f->now_ms, (long long)person),
                     2);
}

static void nobodys_mailbox_is_filled_with_resets(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    for (int i = 0; i < 10; i++) {
        forget(f, "jeanne@example.fr");
    }
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 3);
    f->now_ms += LIMIT_RESET_HOURS * MS_PER_HOUR;
    forget(f, "jeanne@example.fr");
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 4);
}

static void a_reset_serves_once_and_not_for_long(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    forget(f, "jeanne@example.fr");
    const char *first = mailed_token(f, SECRET_RESET);
    forget(f, "jeanne@example.fr");
    const char *second = mailed_token(f, SECRET_RESET);
    assert_int_equal(reset(f, second, OTHER), ERR_NONE);
    assert_int_equal(reset(f, second, GOOD), ERR_TOKEN);
    assert_int_equal(reset(f, first, GOOD), ERR_TOKEN); /* the others went with it */
    forget(f, "jeanne@example.fr");
    const char *late = mailed_token(f, SECRET_RESET);
    f->now_ms += LIMIT_RESET_HOURS * MS_PER_HOUR;
    assert_int_equal(reset(f, late, GOOD), ERR_TOKEN);
}

static void a_weak_password_does_not_use_the_reset_up(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    forget(f, "jeanne@example.fr");
    const char *token = mailed_token(f, SECRET_RESET);
    assert_int_equal(reset(f, token, "motdepasse2026"), ERR_PASSWORD_WEAK);
    assert_int_equal(reset(f, token, OTHER), ERR_NONE);
}

static void a_made_up_reset_opens_nothing(void **state)
{
    struct club_fixture *f = *state;
    jeanne(f);
    struct secret secret = secret_draw(SECRET_RESET, &f->arena);
    assert_int_equal(reset(f, secret.text, OTHER), ERR_TOKEN);
    assert_int_equal(reset(f, "bfr_x", OTHER), ERR_TOKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_right_password_opens_a_session),
        FIXTURE_TEST(only_the_hash_of_the_cookie_is_kept),
        FIXTURE_TEST(wrong_passwords_and_unknown_addresses_get_one_answer),
        FIXTURE_TEST(suspension_is_told_only_to_who_knows_the_password),
        FIXTURE_TEST(a_password_compared_too_early_opens_nothing),
        FIXTURE_TEST(logging_out_ends_this_session_and_clears_the_cookie),
        FIXTURE_TEST(the_oldest_session_gives_way_to_the_fifty_first),
        FIXTURE_TEST(a_session_is_forgotten_at_its_end),
        FIXTURE_TEST(my_sessions_are_listed_with_the_current_one_marked),
        FIXTURE_TEST(a_revoked_session_loses_its_sockets),
        FIXTURE_TEST(another_persons_session_does_not_exist_for_me),
        FIXTURE_TEST(changing_the_password_logs_other_browsers_out),
        FIXTURE_TEST(changing_the_password_needs_the_present_one),
        FIXTURE_TEST(a_forgotten_password_is_replaced_by_mail),
        FIXTURE_TEST(the_answer_is_the_same_for_an_unknown_address),
        FIXTURE_TEST(an_unknown_address_costs_the_same_writes),
        FIXTURE_TEST(nobodys_mailbox_is_filled_with_resets),
        FIXTURE_TEST(a_reset_serves_once_and_not_for_long),
        FIXTURE_TEST(a_weak_password_does_not_use_the_reset_up),
        FIXTURE_TEST(a_made_up_reset_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
