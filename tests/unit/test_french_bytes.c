/* French search of whatever comes, and on several connections.
 *
 * Owns: one in-memory database per test. Threads: two, in the one test that is about them. */
#include "unit.h"

#include <pthread.h>
#include <stdlib.h>

#include "french_text.h"

enum { FUZZ_ROUNDS = 6000, FUZZ_BYTES = 400, THREAD_ROUNDS = 300 };

/* --- hostile input --------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Raw bytes one time in three, else pieces that have a meaning to the tokenizer or to FTS5. */
static size_t random_text(uint32_t *seed, char out[FUZZ_BYTES])
{
    static const char *const pieces[] = {"\"",
                                         "'",
                                         "’",
                                         "l'",
                                         "qu’",
                                         "aujourd'",
                                         "-",
                                         " ",
                                         "*",
                                         "(",
                                         ")",
                                         " AND ",
                                         " OR ",
                                         " NOT ",
                                         "NEAR(",
                                         "+",
                                         "^",
                                         "body:",
                                         "{",
                                         "œ",
                                         "Æ",
                                         "é",
                                         "e\xCC\x81",
                                         "\xCC\x81",
                                         "\xC2\xAD",
                                         "ﷺ",
                                         "élus",
                                         "baux",
                                         "heureux",
                                         "😀",
                                         "\xEF\xBE\x9E",
                                         "\xC3",
                                         "\xF0\x9F",
                                         "\xED\xA0\x80",
                                         "«",
                                         "»",
                                         "“",
                                         "”",
                                         "漢字",
                                         "ß",
                                         "½",
                                         "\x01",
                                         "8",
                                         "\xE3\x85\xA4",
                                         "\xE2\x80\x8B",
                                         "İ"};
    size_t used = 0;
    size_t wanted = next_random(seed) % FUZZ_BYTES;
    bool raw = next_random(seed) % 3 == 0;
    while (used < wanted) {
        const char *piece = pieces[next_random(seed) % (sizeof(pieces) / sizeof(pieces[0]))];
        char byte = (char)(next_random(seed) & 0xFF);
        size_t size = raw ? 1 : strlen(piece);
        if (used + size >= FUZZ_BYTES) {
            break;
        }
        memcpy(out + used, raw ? &byte : piece, size);
        used += size;
    }
    out[used] = '\0';
    return used;
}

static void any_bytes_are_searched_without_error(void **state)
{
    (void)state;
    sqlite3 *db = open_db();
    uint32_t seed = 20261122;
    char text[FUZZ_BYTES];
    run(db, "BEGIN");
    for (int i = 0; i < FUZZ_ROUNDS; i++) {
        size_t bytes = random_text(&seed, text);
        if (i % 20 == 0) {
            add_bytes(db, text, bytes);
        }
        finds(db, text);
    }
    run(db, "COMMIT");
    check_integrity(db);
    clear(db);
    check_integrity(db);
    assert_false(finds(db, "élus"));
    sqlite3_close(db);
}

static void a_text_is_found_by_itself(void **state)
{
    (void)state;
    sqlite3 *db = open_db();
    uint32_t seed = 7;
    char text[FUZZ_BYTES];
    char expression[FRENCH_MATCH_BYTES];
    for (int i = 0; i < 1000; i++) {
        add_bytes(db, text, random_text(&seed, text));
        if (french_match(text, expression, sizeof(expression)) == FRENCH_MATCH_OK) {
            assert_true(finds(db, text));
        }
        clear(db);
    }
    sqlite3_close(db);
}

static void a_long_word_is_known_by_its_beginning(void **state)
{
    (void)state;
    char text[302] = "a"; /* so that the cut falls inside a character */
    for (size_t i = 1; i < 301; i += 2) {
        memcpy(text + i, "é", 3);
    }
    sqlite3 *db = open_db();
    add(db, text);
    assert_true(finds(db, text));
    text[200] = '\0';
    assert_true(finds(db, text));
    sqlite3_close(db);
}

static void a_nul_byte_separates_words(void **state)
{
    (void)state;
    sqlite3 *db = open_db();
    add_bytes(db, "mairie\0bourg", 12);
    assert_true(finds(db, "bourg "));
    assert_true(finds(db, "mairie "));
    check_integrity(db);
    sqlite3_close(db);
}

/* --- connections ----------------------------------------------------------------------------- */

static void *search_alone(void *argument)
{
    const char *query = argument;
    sqlite3 *db = open_db();
    uintptr_t missed = 0;
    for (int i = 0; i < THREAD_ROUNDS; i++) {
        add(db, "les mobilités et la revitalisation");
        missed += finds(db, query) ? 0 : 1;
        clear(db);
    }
    sqlite3_close(db);
    return (void *)missed;
}

static void two_threads_stem_at_once(void **state)
{
    (void)state;
    char queries[2][16] = {"mobilite ", "revitaliser "};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, search_alone, queries[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        void *missed = NULL;
        assert_int_equal(pthread_join(threads[i], &missed), 0);
        assert_null(missed);
    }
}

static void a_connection_without_it_says_so(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE f USING fts5(x, tokenize='french')",
                                  NULL, NULL, NULL),
                     SQLITE_ERROR);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes_are_searched_without_error),
        cmocka_unit_test(a_text_is_found_by_itself),
        cmocka_unit_test(a_long_word_is_known_by_its_beginning),
        cmocka_unit_test(a_nul_byte_separates_words),
        cmocka_unit_test(two_threads_stem_at_once),
        cmocka_unit_test(a_connection_without_it_says_so),
    };
    return cmocka_run_group_tests_name("french_bytes", tests, NULL, NULL);
}
