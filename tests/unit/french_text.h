/* An in-memory database to search French in, with the external content of the real tables.
 */
#ifndef BEFFROI_TESTS_FRENCH_TEXT_H
#define BEFFROI_TESTS_FRENCH_TEXT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "store/french.h"

static inline void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static inline sqlite3 *open_db(void)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(french_register(db), SQLITE_OK);
    run(db, "CREATE TABLE m (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
            "CREATE VIRTUAL TABLE f USING fts5(body, content='m', content_rowid='id',"
            " tokenize='french', prefix='2')");
    return db;
}

static inline void check_integrity(sqlite3 *db)
{
    run(db, "INSERT INTO f (f, rank) VALUES ('integrity-check', 1)");
}

static inline void with_text(sqlite3 *db, const char *sql, const char *text, size_t bytes)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_text(statement, 1, text, (int)bytes, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
}

static inline void add_bytes(sqlite3 *db, const char *text, size_t bytes)
{
    with_text(db, "INSERT INTO m (body) VALUES (?1)", text, bytes);
    run(db, "INSERT INTO f (rowid, body) SELECT id, body FROM m WHERE id = last_insert_rowid()");
}

static inline void add(sqlite3 *db, const char *text)
{
    add_bytes(db, text, strlen(text));
}

static inline void clear(sqlite3 *db)
{
    run(db, "INSERT INTO f (f, rowid, body) SELECT 'delete', id, body FROM m; DELETE FROM m");
}

/* Runs `sql`, ?1 being the expression; copies the first column of its first row to `out`. */
static inline bool select_first(sqlite3 *db, const char *sql, const char *expression, char *out,
                                size_t out_bytes)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_text(statement, 1, expression, -1, SQLITE_STATIC);
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW && out != NULL) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        snprintf(out, out_bytes, "%s", text == NULL ? "" : text);
    }
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        fail_msg("%s: %s", expression, sqlite3_errmsg(db));
    }
    sqlite3_finalize(statement);
    return status == SQLITE_ROW;
}

static inline bool finds(sqlite3 *db, const char *query)
{
    char expression[FRENCH_MATCH_BYTES];
    enum french_match built = french_match(query, expression, sizeof(expression));
    assert_int_not_equal(built, FRENCH_MATCH_TOO_LONG);
    return built == FRENCH_MATCH_OK &&
           select_first(db, "SELECT rowid FROM f WHERE f MATCH ?1", expression, NULL, 0);
}

#endif
