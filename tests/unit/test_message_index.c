/* The full-text index beside the messages, over batches: what a commit leaves must always agree. */
#include "talk_fixture.h"

#include <stdlib.h>
#include <string.h>

static void commit(struct cast *c)
{
    assert_int_equal(db_commit(c->f->db), ERR_NONE);
    assert_int_equal(db_begin_write(c->f->db), ERR_NONE);
    talk_index_is_sound(c);
}

static int found(struct cast *c, const char *word)
{
    return (int)fixture_count(c->f, "SELECT count(*) FROM message_fts('%s')", word);
}

static void a_batch_is_indexed_by_its_commit(void **state)
{
    struct cast c = cast_of(state);
    talk_post(&c, c.bob, c.general, "Belvédère");
    talk_post(&c, c.bob, c.general, "Belvédère encore");
    assert_int_equal(found(&c, "belvedere"), 0);
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 2);
}

static void a_message_edited_in_its_batch_has_its_last_words(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Belvédère");
    talk_edit(&c, c.bob, id, "Panorama");
    talk_edit(&c, c.bob, id, "Terrasse");
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 0);
    assert_int_equal(found(&c, "panorama"), 0);
    assert_int_equal(found(&c, "terrasse"), 1);
}

static void a_message_deleted_in_its_batch_is_not_indexed(void **state)
{
    struct cast c = cast_of(state);
    talk_about(&c, c.bob, "message.delete", talk_post(&c, c.bob, c.general, "Belvédère"));
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 0);
}

static void an_older_message_edited_and_deleted_in_one_batch_is_gone(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Belvédère");
    commit(&c);
    talk_edit(&c, c.bob, id, "Panorama");
    talk_about(&c, c.bob, "message.delete", id);
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 0);
    assert_int_equal(found(&c, "panorama"), 0);
}

static void an_undone_edit_leaves_an_older_message_as_it_was(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Belvédère");
    commit(&c);
    db_savepoint(c.f->db);
    talk_edit(&c, c.bob, id, "Panorama");
    db_savepoint_undo(c.f->db);
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 1);
    assert_int_equal(found(&c, "panorama"), 0);
}

static void an_undone_deletion_in_the_batch_leaves_the_message_found(void **state)
{
    struct cast c = cast_of(state);
    int64_t id = talk_post(&c, c.bob, c.general, "Belvédère");
    db_savepoint(c.f->db);
    talk_about(&c, c.bob, "message.delete", id);
    db_savepoint_undo(c.f->db);
    db_savepoint(c.f->db);
    talk_post(&c, c.bob, c.general, "Panorama");
    db_savepoint_undo(c.f->db);
    commit(&c);
    assert_int_equal(found(&c, "belvedere"), 1);
    assert_int_equal(found(&c, "panorama"), 0);
}

/* --- at random -------------------------------------------------------------------------------- */

struct said {
    int64_t ids[2000];
    size_t count;
};

static const char *some_words(struct cast *c)
{
    static const char *const words[] = {"belvédère", "panorama", "élus", "cœur", "l'habitat"};
    const char *text = "";
    for (int i = 0; i < 3; i++) {
        text = arena_printf(&c->f->arena, "%s %s", text, words[rand() % 5]);
    }
    return text;
}

static void do_something(struct cast *c, struct said *said)
{
    int64_t id = said->count ? said->ids[(size_t)rand() % said->count] : 0;
    bool there = id && fixture_count(c->f,
                                     "SELECT count(*) FROM message"
                                     " WHERE id = %lld AND deleted_at IS NULL",
                                     (long long)id);
    int kind = there ? rand() % 4 : 3;
    if (kind == 0) {
        talk_about(c, c->bob, "message.delete", id);
    } else if (kind == 1) {
        talk_edit(c, c->bob, id, some_words(c));
    } else {
        said->ids[said->count++] = talk_post(c, c->bob, c->general, some_words(c));
    }
}

static void random_batches_keep_the_index_sound(void **state)
{
    struct cast c = cast_of(state);
    struct said said = {.count = 0};
    srand(20261122);
    for (int batch = 0; batch < 60; batch++) {
        for (int job = rand() % 12; job >= 0; job--) {
            size_t before = said.count;
            db_savepoint(c.f->db);
            do_something(&c, &said);
            do_something(&c, &said);
            if (rand() % 3 == 0) {
                db_savepoint_undo(c.f->db);
                said.count = before;
            } else {
                db_savepoint_release(c.f->db);
            }
        }
        commit(&c);
    }
    assert_true(said.count > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_batch_is_indexed_by_its_commit),
        FIXTURE_TEST(a_message_edited_in_its_batch_has_its_last_words),
        FIXTURE_TEST(a_message_deleted_in_its_batch_is_not_indexed),
        FIXTURE_TEST(an_older_message_edited_and_deleted_in_one_batch_is_gone),
        FIXTURE_TEST(an_undone_edit_leaves_an_older_message_as_it_was),
        FIXTURE_TEST(an_undone_deletion_in_the_batch_leaves_the_message_found),
        FIXTURE_TEST(random_batches_keep_the_index_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
