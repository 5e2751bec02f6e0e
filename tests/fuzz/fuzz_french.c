/* libFuzzer: what anybody may write, and what anybody may type to find it. A text is indexed, found
 * by itself and taken out, and the index must hold exactly what it held before. */
#include <ctype.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "store/db.h"
#include "store/excerpt.h"
#include "store/french.h"
#include "store/french_word.h"

static sqlite3 *open_db(void)
{
    sqlite3 *db = NULL;
    check(sqlite3_open(":memory:", &db) == SQLITE_OK);
    check(french_register(db) == SQLITE_OK);
    check(sqlite3_exec(db,
                       "CREATE TABLE m (id INTEGER PRIMARY KEY, body TEXT);"
                       "CREATE VIRTUAL TABLE f USING fts5(body, content='m', content_rowid='id',"
                       " tokenize='french', prefix='2')",
                       NULL, NULL, NULL) == SQLITE_OK);
    return db;
}

/* Runs `sql` with ?1 bound; the last status of sqlite3_step. */
static int with_text(sqlite3 *db, const char *sql, const char *text, size_t bytes)
{
    sqlite3_stmt *statement = NULL;
    check(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK);
    sqlite3_bind_text(statement, 1, text, (int)bytes, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return status;
}

/* No letter or digit is lost between two words, and words follow each other. */
static void check_words(const char *query, size_t bytes)
{
    const struct text text = {query, bytes};
    struct word word;
    size_t at = 0, last = 0;
    while (word_next(text, &at, &word)) {
        check(word.start >= last && word.end > word.start && word.end <= bytes && at >= word.end);
        for (size_t i = last; i < word.start; i++) {
            check(!isalnum((unsigned char)query[i]));
        }
        check(word_text(text, &word).size <= WORD_BYTES);
        last = word.end;
    }
    for (size_t i = last; i < bytes; i++) {
        check(!isalnum((unsigned char)query[i]));
    }
}

/* Asked for in any way, a text is found by itself; synonyms only find more. */
static void check_ways(sqlite3 *db, const char *query)
{
    static char out[FRENCH_MATCH_WIDE_BYTES];
    const struct french_synonym items[] = {{1, query}, {1, "plan local"}, {2, "elu"}, {2, query}};
    const struct french_synonyms synonyms = {.items = items, .count = 4};
    static const enum french_how ways[] = {FRENCH_ALL, FRENCH_MOST, FRENCH_ANY};
    for (int i = 0; i < 3; i++) {
        if (french_match_how(query, &synonyms, ways[i], out, sizeof out) == FRENCH_MATCH_OK) {
            check(with_text(db, "SELECT rowid FROM f WHERE f MATCH ?1", out, strlen(out)) ==
                  SQLITE_ROW);
        } else {
            check(out[0] == '\0');
        }
    }
}

/* In a text that is shown whole, an excerpt marks what FTS5 marks. */
static void check_excerpt(sqlite3 *db, const char *query, const char *match)
{
    static struct db *words;
    struct arena arena;
    sqlite3_stmt *statement = NULL;
    words = words == NULL ? db_open(NULL, DB_MEMORY) : words;
    arena_init(&arena);
    const char *text = excerpt_of(excerpts_create(words, &arena, match), query);
    check(sqlite3_prepare_v2(db, "SELECT highlight(f, 0, char(2), char(3)) FROM f WHERE f MATCH ?1",
                             -1, &statement, NULL) == SQLITE_OK);
    sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
    check(sqlite3_step(statement) == SQLITE_ROW);
    const char *wanted = (const char *)sqlite3_column_text(statement, 0);
    check(strstr(text, "…") != NULL || strcmp(text, wanted) == 0);
    sqlite3_finalize(statement);
    arena_finish(&arena);
}

int fuzz_french(const uint8_t *data, size_t bytes)
{
    static sqlite3 *db; /* of the whole run, so that words are met again */
    char out[FRENCH_MATCH_BYTES];
    char *query = malloc(bytes + 1); /* of the very size, so that reading past it is seen */
    check(query != NULL);
    memcpy(query, data, bytes);
    query[bytes] = '\0';
    db = db == NULL ? open_db() : db;
    check(with_text(db, "INSERT INTO m VALUES (1, ?1)", query, bytes) == SQLITE_DONE);
    check(sqlite3_exec(db, "INSERT INTO f (rowid, body) SELECT id, body FROM m", NULL, NULL,
                       NULL) == SQLITE_OK);
    enum french_match built = french_match(query, out, sizeof(out));
    check(built != FRENCH_MATCH_TOO_LONG);
    if (built == FRENCH_MATCH_OK) {
        check(with_text(db, "SELECT rowid FROM f WHERE f MATCH ?1", out, strlen(out)) ==
              SQLITE_ROW);
        check_ways(db, query);
        if (strlen(query) == bytes) {
            check_excerpt(db, query, out);
        }
    }
    check_words(query, bytes);
    check(sqlite3_exec(db,
                       "INSERT INTO f (f, rank) VALUES ('integrity-check', 1);"
                       "INSERT INTO f (f, rowid, body) SELECT 'delete', id, body FROM m;"
                       "DELETE FROM m",
                       NULL, NULL, NULL) == SQLITE_OK);
    free(query);
    return 0;
}
