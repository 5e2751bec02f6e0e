/* Erasure of a person: what goes, what stays, and the ledger of it. */
#include "club_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"
#include "club/message.h"
#include "club/person.h"
#include "store/ledger.h"

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
    fixture_ok(f, person, "file.create", "{\"name\":\"a.pdf\",\"bytes\":1}");
    fixture_ok(f, person, "profile.set",
               "{\"offer\":\"Lire\",\"phone\":\"\",\"themes\":[],\"shows\":[]}");
    fixture_ok(f, person, "resource.create",
               "{\"club\":%lld,\"kind\":\"lien\",\"title\":\"Halles\",\"licence\":\"inconnue\","
               "\"link\":\"https://exemple.fr\",\"nonce\":\"abcdefgh\"}",
               (long long)f->ain);
    fixture_ok(f, FIXTURE_OPERATOR, "person.erase_preview", "{\"person\":%lld}", (long long)person);
    assert_int_equal(fixture_int(f, "messages"), 2);
    assert_int_equal(fixture_int(f, "channels"), 1);
    assert_int_equal(fixture_int(f, "memberships"), 1);
    assert_int_equal(fixture_int(f, "resources"), 1);
    assert_int_equal(fixture_int(f, "files"), 1);
    assert_int_equal(fixture_int(f, "profile"), 1);
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
    assert_true(fixture_closes(f, person, 0));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_preview_counts_and_changes_nothing),
        FIXTURE_TEST(an_erased_person_leaves_no_name_or_address),
        FIXTURE_TEST(kept_messages_lose_their_author_and_stay_found),
        FIXTURE_TEST(removed_messages_leave_their_place_and_no_word),
        FIXTURE_TEST(the_post_of_an_erased_person_goes_on),
        FIXTURE_TEST(what_was_erased_is_erased_again_after_a_restore),
        FIXTURE_TEST(a_number_that_means_something_else_by_now_is_left_alone),
        FIXTURE_TEST(an_erasure_is_in_the_ledger_before_it_commits),
        FIXTURE_TEST(no_erasure_without_its_line_in_the_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
