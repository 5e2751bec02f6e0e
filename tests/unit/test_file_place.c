/* Files in their places: with a message, and as documents of an event. */
#include "file_fixture.h"
#include "talk_fixture.h"

#include "base/limits.h"

/* `files`: JSON of the list of keys. */
static enum err post_with(struct cast *c, int64_t person, const char *nonce, const char *body,
                          const char *files)
{
    return fixture_run(c->f, person, "message.post",
                       "{\"channel\":%lld,\"nonce\":\"%s\",\"body\":\"%s\",\"files\":%s}",
                       (long long)c->general, nonce, body, files);
}

static const char *list_of(struct cast *c, const char *key)
{
    return arena_printf(&c->f->arena, "[\"%s\"]", key);
}

static int64_t post_file(struct cast *c, int64_t person, const char *nonce, const char *key)
{
    assert_int_equal(post_with(c, person, nonce, "", list_of(c, key)), ERR_NONE);
    return fixture_int(c->f, "id");
}

static bool opens(struct cast *c, int64_t person, const char *key)
{
    return fixture_run(c->f, person, "file.open", "{\"key\":\"%s\"}", key) == ERR_NONE;
}

/* --- messages --------------------------------------------------------------------------------- */

static void a_message_may_be_its_files_alone(void **state)
{
    struct cast c = cast_of(state);
    const char *first = file_bring(c.f, c.bob, "a.pdf", 1);
    const char *second = file_bring(c.f, c.bob, "b.pdf", 2);
    const char *both = arena_printf(&c.f->arena, "[\"%s\",\"%s\"]", second, first);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "", both), ERR_NONE);
    int64_t id = fixture_int(c.f, "id");
    assert_string_equal(fixture_told_text(c.f, audience_channel(c.general), "message.posted", 0,
                                          "message.files.0.name"),
                        "b.pdf");
    talk_about(&c, c.chloe, "message.get", id);
    assert_int_equal(fixture_int(c.f, "message.files.length"), 2);
    assert_string_equal(fixture_text(c.f, "message.files.1.key"), first);
    assert_int_equal(post_with(&c, c.bob, "abcdefgi", " ", "[]"), ERR_EMPTY);
    talk_index_is_sound(&c);
}

static void a_message_without_files_says_nothing_of_them(void **state)
{
    struct cast c = cast_of(state);
    talk_about(&c, c.bob, "message.get", talk_post(&c, c.bob, c.general, "Bonjour"));
    assert_false(fixture_has(c.f, "message.files"));
}

static void its_readers_open_its_files(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    assert_false(opens(&c, c.chloe, key));
    post_file(&c, c.bob, "abcdefgh", key);
    assert_true(opens(&c, c.chloe, key));
    assert_false(opens(&c, c.zoe, key));
}

static void sent_again_it_takes_its_files_once(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    int64_t id = post_file(&c, c.bob, "abcdefgh", key);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "", list_of(&c, key)), ERR_NONE);
    assert_int_equal(fixture_int(c.f, "id"), id);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM file"), 1);
}

static void files_that_cannot_be_had_are_refused_in_kind_words(void **state)
{
    struct cast c = cast_of(state);
    const char *coming = file_announce(c.f, c.bob, "a.pdf", 100);
    const char *others = file_bring(c.f, c.chloe, "b.pdf", 2);
    const char *own = file_bring(c.f, c.bob, "c.pdf", 3);
    const char *twice = arena_printf(&c.f->arena, "[\"%s\",\"%s\"]", own, own);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "x", list_of(&c, coming)), ERR_FILE_COMING);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "x", list_of(&c, others)), ERR_NOT_FOUND);
    assert_string_equal(c.f->problem.field, "files");
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "x", "[\"none\"]"), ERR_NOT_FOUND);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "x", twice), ERR_FILE_TWICE);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM message"), 0);
}

static void a_file_one_sees_is_given_on_under_a_key_of_its_own(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    int64_t first = post_file(&c, c.bob, "abcdefgh", key);
    int64_t second = post_file(&c, c.chloe, "abcdefgh", key);
    talk_about(&c, c.bob, "message.get", second);
    assert_string_not_equal(fixture_text(c.f, "message.files.0.key"), key);
    assert_int_equal(file_contents(c.f), 1);
    talk_about(&c, c.bob, "message.delete", first);
    assert_int_equal(file_leaving(c.f), 0);
    assert_false(opens(&c, c.chloe, key));
    talk_about(&c, c.chloe, "message.delete", second);
    assert_int_equal(file_leaving(c.f), 1);
}

static void a_placed_file_is_not_its_bringers_to_drop(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    post_file(&c, c.bob, "abcdefgh", key);
    assert_int_equal(fixture_run(c.f, c.bob, "file.drop", "{\"key\":\"%s\"}", key), ERR_NOT_FOUND);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM due WHERE command = 'file.expire'"),
                     0);
}

static void an_edit_keeps_its_files_and_may_leave_no_word(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    assert_int_equal(post_with(&c, c.bob, "abcdefgh", "Voici", list_of(&c, key)), ERR_NONE);
    int64_t id = fixture_int(c.f, "id");
    talk_edit(&c, c.bob, id, "");
    talk_about(&c, c.chloe, "message.get", id);
    assert_string_equal(fixture_text(c.f, "message.body"), "");
    assert_string_equal(fixture_text(c.f, "message.files.0.key"), key);
    assert_int_equal(fixture_run(c.f, c.bob, "message.edit", "{\"message\":%lld,\"body\":\"\"}",
                                 (long long)talk_post(&c, c.bob, c.general, "sans")),
                     ERR_EMPTY);
    talk_index_is_sound(&c);
}

static void a_deleted_message_lets_its_files_go(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    int64_t id = post_file(&c, c.bob, "abcdefgh", key);
    talk_about(&c, c.bob, "message.delete", id);
    assert_int_equal(file_contents(c.f), 0);
    assert_int_equal(file_leaving(c.f), 1);
    assert_false(opens(&c, c.bob, key));
    talk_about(&c, c.bob, "message.get", id);
    assert_false(fixture_has(c.f, "message.files"));
}

/* --- documents of an event -------------------------------------------------------------------- */

static enum err say_event(struct cast *c, int64_t event, const char *documents)
{
    const char *form = "\"kind\":\"seance\",\"title\":\"Séance\",\"scope\":\"clubs\","
                       "\"starts_at\":1800000000000,\"ends_at\":1800003600000,"
                       "\"zone\":\"Europe/Paris\",\"registration\":\"none\"";
    if (event) {
        return fixture_run(c->f, c->anne, "event.update",
                           "{\"event\":%lld,%s,\"clubs\":[%lld],\"documents\":%s}",
                           (long long)event, form, (long long)c->f->ain, documents);
    }
    return fixture_run(c->f, c->anne, "event.create",
                       "{\"club\":%lld,\"nonce\":\"abcdefgh\",%s,\"clubs\":[%lld],"
                       "\"documents\":%s}",
                       (long long)c->f->ain, form, (long long)c->f->ain, documents);
}

static const char *document_of(struct cast *c, const char *key)
{
    return arena_printf(&c->f->arena,
                        "[{\"label\":\"Lien\",\"link\":\"https://example.fr/a\"},"
                        "{\"label\":\"Fichier\",\"file\":\"%s\"}]",
                        key);
}

static void an_event_shows_links_and_files_in_order(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.anne, "Programme.pdf", 1);
    assert_int_equal(say_event(&c, 0, document_of(&c, key)), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    fixture_ok(c.f, c.anne, "event.get", "{\"event\":%lld}", (long long)event);
    assert_string_equal(fixture_text(c.f, "event.documents.0.link"), "https://example.fr/a");
    assert_false(fixture_has(c.f, "event.documents.0.file"));
    assert_string_equal(fixture_text(c.f, "event.documents.1.file.key"), key);
    assert_false(fixture_has(c.f, "event.documents.1.link"));
    assert_false(opens(&c, c.bob, key));
    fixture_ok(c.f, c.anne, "event.publish", "{\"event\":%lld}", (long long)event);
    assert_true(opens(&c, c.bob, key));
    assert_false(opens(&c, c.zoe, key));
}

static void a_document_is_a_link_or_a_file(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.anne, "a.pdf", 1);
    assert_int_equal(say_event(&c, 0, "[{\"label\":\"Rien\"}]"), ERR_VALUE);
    assert_string_equal(c.f->problem.field, "documents[0]");
    const char *both = arena_printf(
        &c.f->arena, "[{\"label\":\"a\",\"file\":\"%s\",\"link\":\"https://example.fr/a\"}]", key);
    assert_int_equal(say_event(&c, 0, both), ERR_VALUE);
}

static void said_anew_it_keeps_the_files_it_names_and_lets_others_go(void **state)
{
    struct cast c = cast_of(state);
    const char *first = file_bring(c.f, c.anne, "a.pdf", 1);
    const char *second = file_bring(c.f, c.anne, "b.pdf", 2);
    assert_int_equal(say_event(&c, 0, document_of(&c, first)), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    assert_int_equal(say_event(&c, event, document_of(&c, first)), ERR_NONE);
    assert_int_equal(file_leaving(c.f), 0);
    assert_int_equal(say_event(&c, event, document_of(&c, second)), ERR_NONE);
    assert_int_equal(file_leaving(c.f), 1);
    fixture_ok(c.f, c.anne, "event.get", "{\"event\":%lld}", (long long)event);
    assert_string_equal(fixture_text(c.f, "event.documents.1.file.key"), second);
}

static void a_copy_of_an_event_has_copies_of_its_files(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.anne, "a.pdf", 1);
    assert_int_equal(say_event(&c, 0, document_of(&c, key)), ERR_NONE);
    int64_t event = fixture_int(c.f, "id");
    fixture_ok(c.f, c.anne, "event.duplicate", "{\"event\":%lld,\"nonce\":\"12345678\"}",
               (long long)event);
    int64_t copy = fixture_int(c.f, "id");
    fixture_ok(c.f, c.anne, "event.delete", "{\"event\":%lld}", (long long)event);
    assert_int_equal(file_leaving(c.f), 0);
    fixture_ok(c.f, c.anne, "event.get", "{\"event\":%lld}", (long long)copy);
    assert_string_equal(fixture_text(c.f, "event.documents.1.file.name"), "a.pdf");
    fixture_ok(c.f, c.anne, "event.delete", "{\"event\":%lld}", (long long)copy);
    assert_int_equal(file_leaving(c.f), 1);
}

/* --- who brought them goes -------------------------------------------------------------------- */

static void erase_bob(struct cast *c, const char *messages)
{
    int64_t root = fixture_administrator(c->f, "Root");
    fixture_ok(c->f, root, "person.erase", "{\"person\":%lld,\"messages\":\"%s\"}",
               (long long)c->bob, messages);
}

static void an_erased_person_takes_along_what_had_no_place(void **state)
{
    struct cast c = cast_of(state);
    const char *placed = file_bring(c.f, c.bob, "a.pdf", 1);
    file_bring(c.f, c.bob, "b.pdf", 2);
    file_announce(c.f, c.bob, "c.pdf", 3);
    post_file(&c, c.bob, "abcdefgh", placed);
    erase_bob(&c, "keep");
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM file"), 1);
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM file WHERE person IS NULL"), 1);
    assert_int_equal(file_leaving(c.f), 1);
    assert_true(opens(&c, c.chloe, placed));
}

static void files_go_with_the_messages_that_go(void **state)
{
    struct cast c = cast_of(state);
    const char *key = file_bring(c.f, c.bob, "a.pdf", 1);
    post_file(&c, c.bob, "abcdefgh", key);
    erase_bob(&c, "remove");
    assert_int_equal(fixture_count(c.f, "SELECT count(*) FROM file"), 0);
    assert_int_equal(file_contents(c.f), 0);
}

static void an_export_lists_files_where_its_reader_may_read(void **state)
{
    struct cast c = cast_of(state);
    int64_t root = fixture_administrator(c.f, "Root");
    int64_t private_one = fixture_private(c.f, c.f->ain, "Privé");
    fixture_choose(c.f, private_one, c.bob);
    file_bring(c.f, c.bob, "à moi.pdf", 1);
    const char *key = file_bring(c.f, c.bob, "secret.pdf", 2);
    fixture_ok(c.f, c.bob, "message.post",
               "{\"channel\":%lld,\"nonce\":\"abcdefgh\",\"body\":\"\",\"files\":[\"%s\"]}",
               (long long)private_one, key);
    fixture_ok(c.f, c.bob, "person.export", "{\"person\":%lld}", (long long)c.bob);
    assert_int_equal(fixture_int(c.f, "about.files.length"), 2);
    assert_string_equal(fixture_text(c.f, "about.files.1.name"), "secret.pdf");
    fixture_ok(c.f, root, "person.export", "{\"person\":%lld}", (long long)c.bob);
    assert_int_equal(fixture_int(c.f, "about.files.length"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_message_may_be_its_files_alone),
        FIXTURE_TEST(a_message_without_files_says_nothing_of_them),
        FIXTURE_TEST(its_readers_open_its_files),
        FIXTURE_TEST(sent_again_it_takes_its_files_once),
        FIXTURE_TEST(files_that_cannot_be_had_are_refused_in_kind_words),
        FIXTURE_TEST(a_file_one_sees_is_given_on_under_a_key_of_its_own),
        FIXTURE_TEST(a_placed_file_is_not_its_bringers_to_drop),
        FIXTURE_TEST(an_edit_keeps_its_files_and_may_leave_no_word),
        FIXTURE_TEST(a_deleted_message_lets_its_files_go),
        FIXTURE_TEST(an_event_shows_links_and_files_in_order),
        FIXTURE_TEST(a_document_is_a_link_or_a_file),
        FIXTURE_TEST(said_anew_it_keeps_the_files_it_names_and_lets_others_go),
        FIXTURE_TEST(a_copy_of_an_event_has_copies_of_its_files),
        FIXTURE_TEST(an_erased_person_takes_along_what_had_no_place),
        FIXTURE_TEST(files_go_with_the_messages_that_go),
        FIXTURE_TEST(an_export_lists_files_where_its_reader_may_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
