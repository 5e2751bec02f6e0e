/* Accounts: made, named, suspended, exported; tokens, the operator's pages. */
#include "club_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/person.h"
#include "club/secret.h"

/* --- accounts -----------------------------------------------------------------------------------
 */

static void the_command_line_makes_accounts(void **state)
{
    struct club_fixture *f = *state;
    fixture_ok(f, FIXTURE_OPERATOR, "user.add",
               "{\"email\":\"Admin@Anct.gouv.fr\",\"name\":\" Camille  Roy \","
               "\"administrator\":true,\"password\":\"trois-grues-sur-la-halle\"}");
    assert_string_equal(fixture_text(f, "person.email"), "admin@anct.gouv.fr");
    assert_string_equal(fixture_text(f, "person.name"), "Camille Roy");
    assert_int_equal(fixture_int(f, "person.administrator"), true);
    assert_int_equal(fixture_run(f, FIXTURE_OPERATOR, "user.add",
                                 "{\"email\":\"ADMIN@anct.gouv.fr\",\"name\":\"X\"}"),
                     ERR_EXISTS);
    assert_int_equal(
        fixture_run(f, FIXTURE_OPERATOR, "user.add", "{\"email\":\"admin\",\"name\":\"X\"}"),
        ERR_EMAIL);
    assert_int_equal(fixture_run(f, FIXTURE_ANYBODY, "session.open",
                                 "{\"email\":\"admin@anct.gouv.fr\","
                                 "\"password\":\"trois-grues-sur-la-halle\"}"),
                     ERR_NONE);
}

static void only_the_command_line_makes_accounts(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    assert_int_equal(fixture_run(f, admin, "user.add", "{\"email\":\"a@ain.fr\",\"name\":\"A\"}"),
                     ERR_FORBIDDEN);
}

static void a_drawn_password_is_shown_once_and_works(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    fixture_ok(f, FIXTURE_OPERATOR, "user.password", "{\"person\":%lld}", (long long)person);
    const char *password = fixture_text(f, "password");
    assert_int_equal(strlen(password), 24);
    assert_int_equal(
        fixture_count(f, "SELECT count(*) FROM session WHERE person = %lld", (long long)person), 0);
    fixture_ok(f, FIXTURE_ANYBODY, "session.open",
               "{\"email\":\"jeanne@example.fr\",\"password\":\"%s\"}", password);
    fixture_ok(f, FIXTURE_OPERATOR, "user.password",
               "{\"person\":%lld,\"password\":\"quatre-merles-au-lavoir\"}", (long long)person);
    assert_false(fixture_has(f, "password"));
}

static void administrators_find_people_by_name_or_address(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    int64_t person = fixture_person(f, "Jeanne");
    fixture_sql(f, "UPDATE person SET folded = 'jeanne dupre' WHERE id = %lld", (long long)person);
    fixture_ok(f, admin, "person.list", "{\"query\":\"Dupré\"}");
    assert_int_equal(fixture_int(f, "people.length"), 1);
    assert_int_equal(fixture_int(f, "people.0.id"), person);
    fixture_ok(f, admin, "person.list", "{\"query\":\"jeanne@ex\"}");
    assert_int_equal(fixture_int(f, "people.length"), 1);
    fixture_ok(f, admin, "person.find", "{\"email\":\"Jeanne@Example.fr\"}");
    assert_int_equal(fixture_int(f, "person.id"), person);
    assert_int_equal(fixture_run(f, person, "person.list", "{}"), ERR_FORBIDDEN);
}

static void people_are_listed_by_pages(void **state)
{
    struct club_fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "P%d", i);
        fixture_person(f, name);
    }
    fixture_ok(f, FIXTURE_OPERATOR, "person.list", "{\"limit\":2}");
    assert_int_equal(fixture_int(f, "more"), true);
    int64_t last = fixture_int(f, "people.1.id");
    fixture_ok(f, FIXTURE_OPERATOR, "person.list", "{\"limit\":2,\"after\":%lld}", (long long)last);
    assert_int_equal(fixture_int(f, "people.length"), 1);
    assert_false(fixture_has(f, "more"));
}

/* --- names --------------------------------------------------------------------------------------
 */

static void a_new_name_is_told_wherever_the_old_one_was_shown(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t elsewhere = fixture_channel(f, f->reunion, "Général");
    fixture_message(f, elsewhere, 0, person, "Bonjour");
    fixture_ok(f, person, "profile.update", "{\"name\":\" Jeanne  Dupré\"}");
    assert_int_equal(fixture_told(f, audience_club(f->ain), "person.changed"), 1);
    assert_int_equal(fixture_told(f, audience_channel(elsewhere), "person.changed"), 1);
    assert_int_equal(fixture_told(f, audience_person(person), "person.changed"), 1);
    assert_int_equal(fixture_told(f, audience_club(f->national), "person.changed"), 0);
    assert_string_equal(
        fixture_told_text(f, audience_club(f->ain), "person.changed", 0, "person.name"),
        "Jeanne Dupré");
    fixture_ok(f, person, "profile.update", "{\"name\":\"Jeanne Dupré\"}");
    assert_int_equal(f->effects.count, 0);
}

/* --- suspension ---------------------------------------------------------------------------------
 */

static void a_suspended_person_is_out_at_once(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    fixture_ok(f, FIXTURE_OPERATOR, "person.suspend", "{\"person\":%lld}", (long long)person);
    assert_true(fixture_closes(f, person, 0));
    assert_int_equal(fixture_rights(f, person)->audience_count, 0);
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.left"), 1);
    assert_int_equal(fixture_run(f, person, "session.list", "{}"), ERR_SUSPENDED);
}

static void who_returns_has_all_they_had(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    fixture_ok(f, FIXTURE_OPERATOR, "person.suspend", "{\"person\":%lld}", (long long)person);
    fixture_ok(f, FIXTURE_OPERATOR, "person.return", "{\"person\":%lld}", (long long)person);
    assert_true(fixture_hears(fixture_rights(f, person), audience_club(f->ain)));
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.changed"), 1);
    assert_int_equal(fixture_run(f, person, "session.list", "{}"), ERR_NONE);
    assert_int_equal(
        fixture_run(f, FIXTURE_OPERATOR, "person.return", "{\"person\":%lld}", (long long)person),
        ERR_NOT_FOUND);
}

static void a_suspension_with_an_end_is_due_then(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    int64_t until = f->now_ms + MS_PER_DAY;
    fixture_ok(f, FIXTURE_OPERATOR, "person.suspend", "{\"person\":%lld,\"until\":%lld}",
               (long long)person, (long long)until);
    assert_int_equal(fixture_count(f, "SELECT at FROM due WHERE command = 'person.return'"), until);
    fixture_ok(f, FIXTURE_OPERATOR, "person.return", "{\"person\":%lld}", (long long)person);
    assert_int_equal(fixture_count(f, "SELECT at FROM due WHERE command = 'person.return'"), -1);
    assert_int_equal(fixture_run(f, FIXTURE_OPERATOR, "person.suspend",
                                 "{\"person\":%lld,\"until\":1}", (long long)person),
                     ERR_CONFLICT);
}

static void an_administrator_always_remains(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    assert_int_equal(fixture_run(f, admin, "person.suspend", "{\"person\":%lld}", (long long)admin),
                     ERR_CONFLICT);
    assert_int_equal(fixture_run(f, admin, "person.erase",
                                 "{\"person\":%lld,\"messages\":\"keep\"}", (long long)admin),
                     ERR_CONFLICT);
}

/* --- tokens -------------------------------------------------------------------------------------
 */

static void a_token_is_shown_once_and_kept_as_its_hash(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    fixture_ok(f, person, "token.create",
               "{\"person\":%lld,\"label\":\"Sauvegarde\",\"scope\":\"read\",\"days\":30}",
               (long long)person);
    const char *token = fixture_text(f, "token");
    uint8_t hash[32];
    char hex[65];
    assert_true(secret_has_form(token, SECRET_TOKEN));
    assert_int_equal(fixture_int(f, "expires_at"), f->now_ms + 30 * MS_PER_DAY);
    secret_hash(token, hash);
    hex_encode(hash, sizeof hash, hex);
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM session WHERE lower(hex(hash)) = '%s'"
                                   " AND kind = 'token' AND scope = 'read'",
                                   hex),
                     1);
    fixture_ok(f, person, "token.list", "{\"person\":%lld}", (long long)person);
    assert_int_equal(fixture_int(f, "tokens.length"), 1);
    assert_string_equal(fixture_text(f, "tokens.0.label"), "Sauvegarde");
}

static void a_token_for_reading_writes_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    fixture_ok(f, person, "token.create", "{\"person\":%lld,\"label\":\"x\",\"scope\":\"read\"}",
               (long long)person);
    /* The fixture asks with the newest session: the token. */
    assert_int_equal(fixture_run(f, person, "session.list", "{}"), ERR_NONE);
    assert_int_equal(fixture_run(f, person, "profile.update", "{\"name\":\"X\"}"), ERR_FORBIDDEN);
}

static void nobody_but_the_command_line_speaks_for_another(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    int64_t person = fixture_person(f, "Jeanne");
    char params[80];
    snprintf(params, sizeof params, "{\"person\":%lld,\"label\":\"x\"}", (long long)person);
    assert_int_equal(fixture_run(f, admin, "token.create", "%s", params), ERR_FORBIDDEN);
    assert_int_equal(fixture_run(f, FIXTURE_OPERATOR, "token.create", "%s", params), ERR_NONE);
}

static void a_revoked_token_loses_its_sockets(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    int64_t browser = fixture_count(f, "SELECT max(id) FROM session");
    fixture_ok(f, FIXTURE_OPERATOR, "token.create", "{\"person\":%lld,\"label\":\"x\"}",
               (long long)person);
    int64_t token = fixture_int(f, "id");
    assert_int_equal(fixture_run(f, FIXTURE_OPERATOR, "token.revoke",
                                 "{\"person\":%lld,\"token\":%lld}", (long long)person,
                                 (long long)browser),
                     ERR_NOT_FOUND);
    fixture_ok(f, FIXTURE_OPERATOR, "token.revoke", "{\"person\":%lld,\"token\":%lld}",
               (long long)person, (long long)token);
    assert_int_equal(
        fixture_count(f, "SELECT count(*) FROM session WHERE id = %lld", (long long)token), 0);
}

/* --- export -------------------------------------------------------------------------------------
 */

static void an_export_holds_what_is_kept(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    fixture_message(f, general, 0, person, "La halle \"couverte\"");
    fixture_sql(f,
                "INSERT INTO draft (person, channel, body, at) VALUES (%lld, %lld, 'à suivre', 1)",
                (long long)person, (long long)general);
    fixture_ok(f, person, "person.export", "{\"person\":%lld}", (long long)person);
    assert_string_equal(fixture_text(f, "about.account.0.email"), "jeanne@example.fr");
    assert_string_equal(fixture_text(f, "about.account.0.password"), "none");
    assert_string_equal(fixture_text(f, "about.memberships.0.club"), "Club PVD de l'Ain");
    assert_string_equal(fixture_text(f, "about.drafts.0.body"), "à suivre");
    assert_string_equal(fixture_text(f, "messages.0.body"), "La halle \"couverte\"");
    assert_int_equal(fixture_int(f, "withheld"), 0);
}

static void an_export_comes_by_pages(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    for (int i = 0; i < LIMIT_LIST_MAX + 5; i++) {
        fixture_message(f, general, 0, person, "Encore");
    }
    fixture_ok(f, person, "person.export", "{\"person\":%lld}", (long long)person);
    assert_int_equal(fixture_int(f, "messages.length"), LIMIT_LIST_MAX);
    fixture_ok(f, person, "person.export", "{\"person\":%lld,\"after\":%lld}", (long long)person,
               (long long)fixture_int(f, "next"));
    assert_int_equal(fixture_int(f, "messages.length"), 5);
    assert_false(fixture_has(f, "next"));
    assert_false(fixture_has(f, "about.account"));
}

static void an_administrator_exports_no_conversation_they_may_not_read(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t other = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    fixture_message(f, fixture_channel(f, f->ain, "Général"), 0, person, "Pour tous");
    fixture_message(f, fixture_direct(f, person, other), 0, person, "Entre nous");
    fixture_ok(f, admin, "person.export", "{\"person\":%lld}", (long long)person);
    assert_null(strstr(f->result, "Entre nous"));
    assert_non_null(strstr(f->result, "Pour tous"));
    assert_int_equal(fixture_int(f, "withheld"), 1);
    fixture_ok(f, person, "person.export", "{\"person\":%lld}", (long long)person);
    assert_non_null(strstr(f->result, "Entre nous"));
    assert_int_equal(fixture_run(f, other, "person.export", "{\"person\":%lld}", (long long)person),
                     ERR_NOT_FOUND);
}

/* --- the operator's pages ------------------------------------------------------------------------
 */

static void anybody_reads_the_pages_administrators_write(void **state)
{
    struct club_fixture *f = *state;
    int64_t admin = fixture_administrator(f, "Admin");
    int64_t person = fixture_person(f, "Jeanne");
    fixture_ok(f, FIXTURE_ANYBODY, "page.get", "{\"slug\":\"accessibilite\"}");
    assert_string_equal(fixture_text(f, "body"), "");
    assert_int_equal(
        fixture_run(f, person, "page.set", "{\"slug\":\"accessibilite\",\"body\":\"x\"}"),
        ERR_FORBIDDEN);
    fixture_ok(f, admin, "page.set",
               "{\"slug\":\"accessibilite\",\"body\":\"# Accessibilité\\n\\nPartielle.\"}");
    fixture_ok(f, FIXTURE_ANYBODY, "page.get", "{\"slug\":\"accessibilite\"}");
    assert_int_equal(fixture_int(f, "updated_at"), f->now_ms);
    assert_string_equal(fixture_text(f, "nodes.0.t"), "h");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_command_line_makes_accounts),
        FIXTURE_TEST(only_the_command_line_makes_accounts),
        FIXTURE_TEST(a_drawn_password_is_shown_once_and_works),
        FIXTURE_TEST(administrators_find_people_by_name_or_address),
        FIXTURE_TEST(people_are_listed_by_pages),
        FIXTURE_TEST(a_new_name_is_told_wherever_the_old_one_was_shown),
        FIXTURE_TEST(a_suspended_person_is_out_at_once),
        FIXTURE_TEST(who_returns_has_all_they_had),
        FIXTURE_TEST(a_suspension_with_an_end_is_due_then),
        FIXTURE_TEST(an_administrator_always_remains),
        FIXTURE_TEST(a_token_is_shown_once_and_kept_as_its_hash),
        FIXTURE_TEST(a_token_for_reading_writes_nothing),
        FIXTURE_TEST(nobody_but_the_command_line_speaks_for_another),
        FIXTURE_TEST(a_revoked_token_loses_its_sockets),
        FIXTURE_TEST(an_export_holds_what_is_kept),
        FIXTURE_TEST(an_export_comes_by_pages),
        FIXTURE_TEST(an_administrator_exports_no_conversation_they_may_not_read),
        FIXTURE_TEST(anybody_reads_the_pages_administrators_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
