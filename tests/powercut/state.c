#include "state.h"

#include <string.h>

#include "store/db_internal.h"

uint64_t state_hash(uint64_t hash, const void *data, size_t bytes)
{
    const unsigned char *place = data;
    hash = hash ? hash : UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes; i++) {
        hash = (hash ^ place[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t hash_column(uint64_t hash, sqlite3_stmt *rows, int column)
{
    int type = sqlite3_column_type(rows, column);
    hash = state_hash(hash, &type, sizeof type);
    if (type == SQLITE_INTEGER) {
        int64_t value = sqlite3_column_int64(rows, column);
        return state_hash(hash, &value, sizeof value);
    }
    if (type == SQLITE_FLOAT) {
        double value = sqlite3_column_double(rows, column);
        return state_hash(hash, &value, sizeof value);
    }
    const void *data = sqlite3_column_blob(rows, column);
    int bytes = sqlite3_column_bytes(rows, column);
    hash = state_hash(hash, &bytes, sizeof bytes);
    return data ? state_hash(hash, data, (size_t)bytes) : hash;
}

static sqlite3_stmt *prepare(struct db *db, const char *text)
{
    sqlite3_stmt *rows = NULL;
    if (sqlite3_prepare_v2(db->handle, text, -1, &rows, NULL) != SQLITE_OK) {
        return NULL;
    }
    return rows;
}

/* A sum over rows: their order does not matter, and need not be asked for. */
static uint64_t hash_table(struct db *db, const char *name)
{
    char *text = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
    sqlite3_stmt *rows = prepare(db, text);
    uint64_t sum = state_hash(0, name, strlen(name));
    int code = rows ? SQLITE_ROW : SQLITE_ERROR;
    while (rows && (code = sqlite3_step(rows)) == SQLITE_ROW) {
        uint64_t hash = 0;
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            hash = hash_column(hash, rows, i);
        }
        sum += hash * 31 + 7;
    }
    sqlite3_finalize(rows);
    sqlite3_free(text);
    return code == SQLITE_DONE ? sum : 0;
}

#define TABLES                                                                                     \
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'" \
    " ORDER BY name"

uint64_t state_digest(struct db *db)
{
    uint64_t digest = 0;
    sqlite3_stmt *tables = prepare(db, TABLES);
    while (tables && sqlite3_step(tables) == SQLITE_ROW) {
        uint64_t hash = hash_table(db, (const char *)sqlite3_column_text(tables, 0));
        digest = state_hash(digest, &hash, sizeof hash);
    }
    sqlite3_finalize(tables);
    return digest;
}

static int64_t count_rows(struct db *db, const char *name)
{
    char *text = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", name);
    sqlite3_stmt *rows = prepare(db, text);
    int64_t count = rows && sqlite3_step(rows) == SQLITE_ROW ? sqlite3_column_int64(rows, 0) : -1;
    sqlite3_finalize(rows);
    sqlite3_free(text);
    return count;
}

void state_tables(struct db *db, void (*see)(void *context, const char *name, int64_t rows),
                  void *context)
{
    sqlite3_stmt *tables = prepare(db, TABLES);
    while (tables && sqlite3_step(tables) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        see(context, name, count_rows(db, name));
    }
    sqlite3_finalize(tables);
}
