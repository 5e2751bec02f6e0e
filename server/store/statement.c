/* Prepared statements: found by the address of their declaration, bound, stepped, reset. */
#include <stdlib.h>

#include "base/log.h"
#include "store/db_internal.h"

/* Bounds the linker gives to the section; weak, for a program that declares no statement. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier) */
extern const struct sql *const __start_beffroi_sql[] __attribute__((weak, visibility("hidden")));
/* NOLINTNEXTLINE(bugprone-reserved-identifier) */
extern const struct sql *const __stop_beffroi_sql[] __attribute__((weak, visibility("hidden")));

void sql_each(void (*see)(const struct sql *sql, void *context), void *context)
{
    for (const struct sql *const *sql = __start_beffroi_sql; sql < __stop_beffroi_sql; sql++) {
        see(*sql, context);
    }
}

/* --- errors --------------------------------------------------------------------------------- */

static enum err err_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        return ERR_READ_ONLY;
    case SQLITE_INTERRUPT:
        return ERR_DEADLINE;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
        return ERR_BUSY;
    default:
        return ERR_INTERNAL;
    }
}

void db_fail(struct db *db, int code, const struct sql *sql)
{
    if ((code & 0xff) == SQLITE_NOMEM) {
        abort();
    }
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) {
        db->sync_failed = true;
    }
    if (db->err != ERR_NONE) {
        return;
    }
    db->err = err_of(code);
    /* A constraint or a deadline is the request's affair, and the caller's to answer. */
    if (db->err != ERR_CONFLICT && db->err != ERR_DEADLINE) {
        log_event(LOG_STORE, LOG_N("code", code & 0xff), LOG_N("extended", code),
                  LOG_W("file", sql ? sql->file : "-"), LOG_N("line", sql ? sql->line : 0));
    }
}

enum err db_error(const struct db *db)
{
    return db->err;
}

void db_clear_error(struct db *db)
{
    db->err = ERR_NONE;
}

bool db_sync_failed(const struct db *db)
{
    return db->sync_failed;
}

/* --- preparing ------------------------------------------------------------------------------ */

static struct statement *prepare(struct db *db, const struct sql *sql)
{
    struct statement found = {.sql = sql};
    db->preparing = &found;
    int code = sqlite3_prepare_v3(db->handle, sql->text, -1, SQLITE_PREPARE_PERSISTENT,
                                  &found.handle, NULL);
    db->preparing = NULL;
    if (code != SQLITE_OK) {
        db_fail(db, code, sql);
        return NULL;
    }
    struct statement *statement = ARENA_NEW(&db->arena, struct statement);
    *statement = found;
    map_put(&db->statements, (int64_t)(intptr_t)sql, statement);
    return statement;
}

struct statement *statement_of(struct db *db, const struct sql *sql)
{
    if (db->err != ERR_NONE) {
        return NULL;
    }
    struct statement *statement = map_get(&db->statements, (int64_t)(intptr_t)sql);
    if (!statement) {
        return prepare(db, sql);
    }
    if (sqlite3_stmt_busy(statement->handle)) {
        db_fail(db, SQLITE_MISUSE, sql); /* run inside a loop over itself */
        return NULL;
    }
    return statement;
}

enum err db_prepare(struct db *db, const struct sql *sql)
{
    statement_of(db, sql);
    return db->err;
}

void db_forget_statements(struct db *db)
{
    int64_t key;
    size_t index = 0;
    struct statement *statement;
    while ((statement = map_next(&db->statements, &index, &key))) {
        sqlite3_finalize(statement->handle);
        memo_forget(statement);
    }
    map_finish(&db->statements);
}

static int bind_value(sqlite3_stmt *handle, int place, const struct db_value *value)
{
    switch (value->type) {
    case DB_INT:
        return sqlite3_bind_int64(handle, place, value->number);
    case DB_TEXT:
        return sqlite3_bind_text(handle, place, value->data, -1, SQLITE_STATIC);
    case DB_BLOB:
        return sqlite3_bind_blob64(handle, place, value->data, value->bytes, SQLITE_STATIC);
    case DB_NULL:
        return sqlite3_bind_null(handle, place);
    }
    return SQLITE_MISUSE;
}

/* Every place must get its value: one forgotten would silently be NULL. */
static int bind_all(sqlite3_stmt *handle, const struct db_value *values, int count)
{
    int code = sqlite3_bind_parameter_count(handle) == count ? SQLITE_OK : SQLITE_MISUSE;
    for (int i = 0; i < count && code == SQLITE_OK; i++) {
        code = bind_value(handle, i + 1, &values[i]);
    }
    return code;
}

/* --- running -------------------------------------------------------------------------------- */

struct rows db_select_values(struct db *db, const struct sql *sql, const struct db_value *values,
                             int count)
{
    struct rows rows = {db, NULL};
    struct statement *statement = statement_of(db, sql);
    if (!statement) {
        return rows;
    }
    int code = bind_all(statement->handle, values, count);
    if (code != SQLITE_OK) {
        db_fail(db, code, sql);
        sqlite3_clear_bindings(statement->handle);
        return rows;
    }
    rows.statement = statement;
    db->running++;
    if (statement->is_write) {
        memo_written(db, statement);
    }
    return rows;
}

void rows_end(struct rows *rows)
{
    struct statement *statement = rows->statement;
    if (!statement) {
        return;
    }
    sqlite3_reset(statement->handle);          /* its error was seen when it was stepped */
    sqlite3_clear_bindings(statement->handle); /* the values were only borrowed */
    rows->statement = NULL;
    if (statement->is_write) {
        memo_written(rows->db, statement); /* what was read since it began */
    }
    if (rows->db->running > 0) { /* 0: a rollback has ended it already */
        rows->db->running--;
    }
}

bool rows_next(struct rows *rows)
{
    struct statement *statement = rows->statement;
    if (!statement) {
        return false;
    }
    int code = rows->db->err == ERR_NONE ? sqlite3_step(statement->handle) : SQLITE_DONE;
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        db_fail(rows->db, sqlite3_extended_errcode(rows->db->handle), statement->sql);
    }
    rows_end(rows);
    return false;
}

void db_reset_running(struct db *db)
{
    if (db->running == 0) {
        return;
    }
    for (sqlite3_stmt *handle = NULL; (handle = sqlite3_next_stmt(db->handle, handle));) {
        if (sqlite3_stmt_busy(handle) && !sqlite3_stmt_readonly(handle)) {
            memo_all_written(db);
        }
        sqlite3_reset(handle);
        sqlite3_clear_bindings(handle);
    }
    db->running = 0;
}

sqlite3_stmt *rows_handle(const struct rows *rows)
{
    const struct statement *statement = rows->statement;
    return statement->handle;
}

int64_t rows_int(const struct rows *rows, int column)
{
    return sqlite3_column_int64(rows_handle(rows), column);
}

bool rows_is_null(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows_handle(rows), column) == SQLITE_NULL;
}

const char *rows_text(const struct rows *rows, int column)
{
    return (const char *)sqlite3_column_text(rows_handle(rows), column);
}

const void *rows_blob(const struct rows *rows, int column, size_t *bytes_out)
{
    const void *data = sqlite3_column_blob(rows_handle(rows), column);
    *bytes_out = (size_t)sqlite3_column_bytes(rows_handle(rows), column);
    return data;
}

char *rows_copy(const struct rows *rows, int column, struct arena *arena)
{
    return arena_strdup(arena, rows_text(rows, column));
}

void db_run_values(struct db *db, const struct sql *sql, const struct db_value *values, int count)
{
    struct rows rows = db_select_values(db, sql, values, count);
    while (rows_next(&rows)) {
    }
}

int64_t db_int_values(struct db *db, const struct sql *sql, int64_t otherwise,
                      const struct db_value *values, int count)
{
    struct rows rows = db_select_values(db, sql, values, count);
    if (rows_next(&rows) && !rows_is_null(&rows, 0)) {
        otherwise = rows_int(&rows, 0);
    }
    rows_end(&rows);
    return otherwise;
}

char *db_text_values(struct db *db, const struct sql *sql, struct arena *arena,
                     const struct db_value *values, int count)
{
    struct rows rows = db_select_values(db, sql, values, count);
    char *text = rows_next(&rows) ? rows_copy(&rows, 0, arena) : NULL;
    rows_end(&rows);
    return text;
}

int64_t db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changed(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}
