/* What is shown of a text that was found. Which words are marked is compared with FTS5 in
 * test_french.c; here, which part of a long one is chosen.
 *
 * Owns: one connection, which knows words alone. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/db.h"
#include "store/excerpt.h"

static struct db *db;
static struct arena arena;

static int open_all(void **state)
{
    (void)state;
    db = db_open(NULL, DB_MEMORY);
    arena_init(&arena);
    return db ? 0 : 1;
}

static int close_all(void **state)
{
    (void)state;
    arena_finish(&arena);
    db_close(db);
    return 0;
}

static const char *shown(const char *match, const char *text)
{
    return excerpt_of(excerpts_create(db, &arena, match), text);
}

/* `count` words "mot". */
static const char *words(int count)
{
    struct buf buf;
    buf_init(&buf);
    for (int i = 0; i < count; i++) {
        buf_text(&buf, i > 0 ? " mot" : "mot");
    }
    const char *text = arena_memdup(&arena, buf.data, buf.len);
    buf_finish(&buf);
    return text;
}

static void a_short_text_is_shown_whole(void **state)
{
    (void)state;
    assert_string_equal(shown("\"halle\"", "« Les halles, enfin ! »"),
                        "« Les \2halles\3, enfin ! »");
}

static void a_phrase_is_marked_where_its_words_follow_each_other(void **state)
{
    (void)state;
    assert_string_equal(shown("\"petite ville\"", "ville petite, petites villes"),
                        "ville petite, \2petites villes\3");
    assert_string_equal(shown("\"petite\" + \"vi\" *", "vie, petite vie"), "vie, \2petite vie\3");
    assert_string_equal(shown("\"petite\" AND \"ville\"", "ville petite"), "\2ville\3 \2petite\3");
}

static void phrases_that_overlap_are_marked_as_one(void **state)
{
    (void)state;
    assert_string_equal(shown("\"plan local\" OR \"local durable\"", "un plan local durable ici"),
                        "un \2plan local durable\3 ici");
}

static void what_was_found_stands_in_the_middle_of_a_long_text(void **state)
{
    (void)state;
    const char *text = arena_printf(&arena, "%s halle %s", words(50), words(50));
    const char *wanted = arena_printf(&arena, "…%s \2halle\3 %s…", words(14), words(15));
    assert_string_equal(shown("\"halle\"", text), wanted);
}

static void a_sentence_is_shown_from_its_beginning(void **state)
{
    (void)state;
    const char *text =
        arena_printf(&arena, "%s. L'idée %s halle %s", words(40), words(20), words(40));
    const char *wanted = arena_printf(&arena, "…L'idée %s \2halle\3 %s…", words(20), words(8));
    assert_string_equal(shown("\"halle\"", text), wanted);
}

static void the_part_with_the_most_phrases_is_shown(void **state)
{
    (void)state;
    const char *text =
        arena_printf(&arena, "halle halle halle %s rue %s halle rue", words(40), words(40));
    const char *wanted = arena_printf(&arena, "…%s \2halle\3 \2rue\3", words(28));
    assert_string_equal(shown("\"halle\" AND \"rue\"", text), wanted);
}

static void a_text_without_what_was_looked_for_is_shown_from_its_beginning(void **state)
{
    (void)state;
    assert_string_equal(shown("\"halle\"", words(31)), arena_printf(&arena, "%s…", words(30)));
    assert_string_equal(shown("\"halle\"", ""), "");
    assert_string_equal(shown("", "mot"), "mot");
}

static void texts_do_not_mark_each_other(void **state)
{
    (void)state;
    struct excerpts *excerpts = excerpts_create(db, &arena, "\"halle\"");
    assert_string_equal(excerpt_of(excerpts, "une halle"), "une \2halle\3");
    assert_string_equal(excerpt_of(excerpts, "une rue"), "une rue");
    assert_string_equal(excerpt_of(excerpts, "une halle"), "une \2halle\3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_text_is_shown_whole),
        cmocka_unit_test(a_phrase_is_marked_where_its_words_follow_each_other),
        cmocka_unit_test(phrases_that_overlap_are_marked_as_one),
        cmocka_unit_test(what_was_found_stands_in_the_middle_of_a_long_text),
        cmocka_unit_test(a_sentence_is_shown_from_its_beginning),
        cmocka_unit_test(the_part_with_the_most_phrases_is_shown),
        cmocka_unit_test(a_text_without_what_was_looked_for_is_shown_from_its_beginning),
        cmocka_unit_test(texts_do_not_mark_each_other),
    };
    return cmocka_run_group_tests_name("excerpt", tests, open_all, close_all);
}
