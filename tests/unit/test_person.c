/* Accounts: made, named, suspended, exported, erased; tokens, mail, the operator's pages. */
#include "club_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "club/mail.h"
#include "club/message.h"
#include "club/person.h"
#include "club/secret.h"
#include "store/ledger.h"

static bool closes(const struct club_fixture *f, int64_t person)
{
    for (size_t i = 0; i < f->effects.count; i++) {
        const struct effect *effect = &f->effects.items[i];
        if (effect->type == EFFECT_CLOSE && effect->person == person && effect->session == 0) {
            return true;
        }
    }
    return false;
}

static int64_t count_of(struct club_fixture *f, const char *what, int64_t person)
{
    return fixture_count(f, "SELECT count(*) FROM %s = %lld", what, (long long)person);
}

/* A message that search finds. */
static int64_t say_in(struct club_fixture *f, int64_t channel, int64_t person, const char *body)
{
    int64_t message = fixture_message(f, channel, 0, person, body);
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    message_index(&tx, message);
    db_run_deferred(f->db);
    return message;
}

static int64_t hits(struct club_fixture *f, const char *word)
{
    return fixture_count(f, "SELECT count(*) FROM message_fts WHERE message_fts MATCH '%s'", word);
}

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
    assert_int_equal(count_of(f, "session WHERE person", person), 0);
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
    assert_true(closes(f, person));
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
    assert_int_equal(count_of(f, "session WHERE id", token), 0);
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

/* --- erasure ------------------------------------------------------------------------------------
 */

static enum err erase(struct club_fixture *f, int64_t person, const char *messages)
{
    return fixture_run(f, FIXTURE_OPERATOR, "person.erase", "{\"person\":%lld,\"messages\":\"%s\"}",
                       (long long)person, messages);
}

static void a_preview_counts_and_changes_nothing(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    fixture_message(f, general, 0, person, "Un");
    fixture_message(f, general, 0, person, "Deux");
    fixture_ok(f, FIXTURE_OPERATOR, "person.erase_preview", "{\"person\":%lld}", (long long)person);
    assert_int_equal(fixture_int(f, "messages"), 2);
    assert_int_equal(fixture_int(f, "channels"), 1);
    assert_int_equal(fixture_int(f, "memberships"), 1);
    assert_string_equal(fixture_text(f, "person.name"), "Jeanne");
    assert_int_equal(count_of(f, "message WHERE author", person), 2);
}

static void an_erased_person_leaves_no_name_or_address(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    fixture_sql(f,
                "INSERT INTO draft (person, channel, body, at) VALUES (%lld, %lld, 'à suivre', 1)",
                (long long)person, (long long)general);
    fixture_ok(f, FIXTURE_OPERATOR, "password.send", "{\"person\":%lld}", (long long)person);
    fixture_ok(f, FIXTURE_OPERATOR, "member.invite",
               "{\"club\":%lld,\"email\":\"jeanne@example.fr\",\"name\":\"Jeanne\","
               "\"role\":\"lecteur\"}",
               (long long)f->reunion);
    assert_int_equal(erase(f, person, "keep"), ERR_NONE);
    assert_true(closes(f, person));
    assert_int_equal(fixture_told(f, audience_club(f->ain), "person.erased"), 1);
    assert_int_equal(fixture_told(f, audience_club(f->ain), "member.left"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM person WHERE email IS NOT NULL"
                                      " OR name IS NOT NULL OR folded <> ''"),
                     0);
    assert_int_equal(fixture_count(f, "SELECT (SELECT count(*) FROM draft)"
                                      " + (SELECT count(*) FROM mail)"
                                      " + (SELECT count(*) FROM invitation)"
                                      " + (SELECT count(*) FROM reset)"
                                      " + (SELECT count(*) FROM session)"
                                      " + (SELECT count(*) FROM membership WHERE active = 1)"),
                     0);
    assert_int_equal(erase(f, person, "keep"), ERR_NOT_FOUND);
}

static void kept_messages_lose_their_author_and_stay_found(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t message = say_in(f, fixture_channel(f, f->ain, "Général"), person, "revitalisation");
    assert_int_equal(erase(f, person, "keep"), ERR_NONE);
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM message WHERE id = %lld AND author IS NULL"
                                   " AND body = 'revitalisation'",
                                   (long long)message),
                     1);
    assert_int_equal(hits(f, "revitalisation"), 1);
}

static void removed_messages_leave_their_place_and_no_word(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t general = fixture_channel(f, f->ain, "Général");
    int64_t message = say_in(f, general, person, "revitalisation");
    fixture_sql(f,
                "INSERT INTO message_version (message, number, body, at) VALUES (%lld, 1, 'x', 1)",
                (long long)message);
    assert_int_equal(erase(f, person, "remove"), ERR_NONE);
    assert_int_equal(fixture_told(f, audience_channel(general), "message.deleted"), 1);
    assert_int_equal(fixture_count(f,
                                   "SELECT count(*) FROM message WHERE id = %lld AND author IS NULL"
                                   " AND body = '' AND nodes = '[]' AND deleted_at IS NOT NULL",
                                   (long long)message),
                     1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM message_version"), 0);
    assert_int_equal(hits(f, "revitalisation"), 0);
    fixture_sql(f, "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)");
}

static void the_post_of_an_erased_person_goes_on(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Anne");
    fixture_ok(f, FIXTURE_OPERATOR, "tenure.give", "{\"club\":%lld,\"person\":%lld}",
               (long long)f->ain, (long long)person);
    assert_int_equal(erase(f, person, "keep"), ERR_NONE);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM post"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM tenure WHERE state = 'ended'"), 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM due WHERE command = 'tenure.due'"), 0);
}

static void what_was_erased_is_erased_again_after_a_restore(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t other = fixture_member(f, "Omar", f->ain, ROLE_ELU);
    int64_t message = say_in(f, fixture_channel(f, f->ain, "Général"), other, "revitalisation");
    fixture_ok(f, FIXTURE_OPERATOR, "erasure.replay",
               "{\"id\":%lld,\"kind\":\"person\",\"messages\":\"keep\",\"at\":%lld}",
               (long long)person, (long long)f->now_ms);
    fixture_ok(f, FIXTURE_OPERATOR, "erasure.replay",
               "{\"id\":%lld,\"kind\":\"message\",\"at\":%lld}", (long long)message,
               (long long)f->now_ms);
    assert_int_equal(count_of(f, "person WHERE state = 'erased' AND id", person), 1);
    assert_int_equal(hits(f, "revitalisation"), 0);
}

/* After a restore numbers are given again. */
static void a_number_that_means_something_else_by_now_is_left_alone(void **state)
{
    struct club_fixture *f = *state;
    int64_t long_ago = f->now_ms - MS_PER_DAY;
    int64_t person = fixture_member(f, "Jeanne", f->ain, ROLE_ELU);
    int64_t message = say_in(f, fixture_channel(f, f->ain, "Général"), person, "revitalisation");
    fixture_ok(f, FIXTURE_OPERATOR, "erasure.replay",
               "{\"id\":%lld,\"kind\":\"person\",\"messages\":\"remove\",\"at\":%lld}",
               (long long)person, (long long)long_ago);
    fixture_ok(f, FIXTURE_OPERATOR, "erasure.replay",
               "{\"id\":%lld,\"kind\":\"message\",\"at\":%lld}", (long long)message,
               (long long)long_ago);
    assert_int_equal(count_of(f, "person WHERE state = 'active' AND id", person), 1);
    assert_int_equal(hits(f, "revitalisation"), 1);
}

static void see_entry(void *context, const struct ledger_entry *entry)
{
    *(int64_t *)context += str_equal(entry->kind, "person") ? entry->id : 0;
}

static enum err erase_with_ledger(struct club_fixture *f, int64_t person, const char *path)
{
    struct {
        int64_t person;
        int messages;
    } in = {person, 1};
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    tx.ledger_path = path;
    return command_find("person.erase")->run(&tx, &in, NULL);
}

static void an_erasure_is_in_the_ledger_before_it_commits(void **state)
{
    struct club_fixture *f = *state;
    char path[] = "/tmp/beffroi-erasures-XXXXXX";
    int64_t seen = 0, person = fixture_person(f, "Jeanne");
    close(mkstemp(path));
    assert_int_equal(erase_with_ledger(f, person, path), ERR_NONE);
    assert_int_equal(ledger_each(path, see_entry, &seen), ERR_NONE);
    unlink(path);
    assert_int_equal(seen, person);
}

static void no_erasure_without_its_line_in_the_ledger(void **state)
{
    struct club_fixture *f = *state;
    int64_t person = fixture_person(f, "Jeanne");
    assert_int_equal(erase_with_ledger(f, person, "/nonexistent/erasures"), ERR_READ_ONLY);
}

/* --- mail ---------------------------------------------------------------------------------------
 */

static void a_letter_says_the_same_in_both_parts(void **state)
{
    struct club_fixture *f = *state;
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    struct mail mail;
    mail_write(&tx, 0, "a@ain.fr",
               &(struct letter){.subject = "Sujet",
                                .paragraphs = {"Bonjour <Jeanne> & \"Omar\",", "Texte."},
                                .action = "Ouvrir",
                                .link = "http://x/y#z",
                                .after = {"Fin."}});
    assert_true(mail_next(f->db, f->now_ms, &f->arena, &mail));
    assert_string_equal(mail.recipient, "a@ain.fr");
    assert_non_null(strstr(mail.plain, "Bonjour <Jeanne> & \"Omar\",\n\nTexte.\n\nOuvrir :\n"
                                       "http://x/y#z\n\nFin."));
    assert_non_null(strstr(mail.html, "<p>Bonjour &lt;Jeanne&gt; &amp; &quot;Omar&quot;,</p>"));
    assert_non_null(strstr(mail.html, "<a href=\"http://x/y#z\""));
    assert_null(strstr(mail.html, "<Jeanne>"));
}

static int64_t queue_one(struct club_fixture *f)
{
    struct tx tx = fixture_tx(f, FIXTURE_OPERATOR);
    mail_write(&tx, 0, "a@ain.fr", &(struct letter){.subject = "s", .paragraphs = {"p"}});
    return fixture_count(f, "SELECT max(id) FROM mail");
}

static void a_sent_mail_is_gone(void **state)
{
    struct club_fixture *f = *state;
    int64_t mail = queue_one(f);
    fixture_ok(f, FIXTURE_OPERATOR, "mail.sent", "{\"mail\":%lld}", (long long)mail);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
    assert_int_equal(mail_next_at(f->db), INT64_MAX);
}

static void a_mail_that_cannot_leave_waits_longer_each_time(void **state)
{
    struct club_fixture *f = *state;
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360};
    int64_t mail = queue_one(f);
    assert_int_equal(mail_next_at(f->db), f->now_ms);
    for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
        struct mail next;
        fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
        assert_int_equal(mail_next_at(f->db), f->now_ms + minutes[i] * 60 * MS_PER_SECOND);
        assert_false(mail_next(f->db, f->now_ms, &f->arena, &next));
        f->now_ms = mail_next_at(f->db);
        assert_true(mail_next(f->db, f->now_ms, &f->arena, &next));
        assert_int_equal(next.attempts, (int64_t)i + 1);
    }
}

static void a_mail_is_given_up_after_three_days(void **state)
{
    struct club_fixture *f = *state;
    int64_t mail = queue_one(f);
    f->now_ms += 3 * MS_PER_DAY;
    fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM mail"), 0);
    fixture_ok(f, FIXTURE_OPERATOR, "mail.failed", "{\"mail\":%lld}", (long long)mail);
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
        FIXTURE_TEST(a_preview_counts_and_changes_nothing),
        FIXTURE_TEST(an_erased_person_leaves_no_name_or_address),
        FIXTURE_TEST(kept_messages_lose_their_author_and_stay_found),
        FIXTURE_TEST(removed_messages_leave_their_place_and_no_word),
        FIXTURE_TEST(the_post_of_an_erased_person_goes_on),
        FIXTURE_TEST(what_was_erased_is_erased_again_after_a_restore),
        FIXTURE_TEST(a_number_that_means_something_else_by_now_is_left_alone),
        FIXTURE_TEST(an_erasure_is_in_the_ledger_before_it_commits),
        FIXTURE_TEST(no_erasure_without_its_line_in_the_ledger),
        FIXTURE_TEST(a_letter_says_the_same_in_both_parts),
        FIXTURE_TEST(a_sent_mail_is_gone),
        FIXTURE_TEST(a_mail_that_cannot_leave_waits_longer_each_time),
        FIXTURE_TEST(a_mail_is_given_up_after_three_days),
        FIXTURE_TEST(anybody_reads_the_pages_administrators_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
