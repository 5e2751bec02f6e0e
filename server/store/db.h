/* One connection to the database and its prepared statements.
 *
 * SQL is declared where it is used, with SQL(name, "..."), and prepared once per connection. Every
 * declared statement is also listed in the section `beffroi_sql`, so that a test prepares them all
 * against the schema.
 *
 * Errors are sticky: after the first one each call does nothing, returns "no row", and db_error()
 * tells it; whoever opened the transaction looks once, at the end. So the domain reads without a
 * check a line.
 *
 * Owns: the connection. Threads: the one that opened it. Never: hands out a sqlite3 type above
 * store/. */
#ifndef BEFFROI_STORE_DB_H
#define BEFFROI_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct db;
struct gate;

struct sql {
    const char *text;
    const char *file;
    int line;
};
#define SQL(name, text_)                                                                           \
    static const struct sql name = {(text_), __FILE__, __LINE__};                                  \
    static const struct sql *const name##_listed __attribute__((section("beffroi_sql"), used)) =   \
        &name

/* Calls `see` for every statement declared with SQL() in the program. */
void sql_each(void (*see)(const struct sql *sql, void *context), void *context);

enum db_mode {
    DB_WRITER, /* the one connection that may write and checkpoint */
    DB_READER, /* query_only */
    DB_MEMORY, /* private in-memory database, for unit tests: writer rights, no file */
};
/* Opens `path` with the safe settings (each set and read back): WAL, synchronous=FULL,
 * foreign_keys, secure_delete, trusted_schema off, defensive, DQS off, no extension loading;
 * registers the French tokenizer. The file is created only by DB_WRITER. NULL on failure, with a
 * line in the log. */
struct db *db_open(const char *path, enum db_mode mode);
void db_close(struct db *db); /* NULL is fine */

/* --- values -------------------------------------------------------------------------------- */

struct db_value {
    enum { DB_NULL, DB_INT, DB_TEXT, DB_BLOB } type;
    int64_t number;
    const void *data; /* borrowed until the statement is reset */
    size_t bytes;
};
static inline struct db_value db_value_int(int64_t number)
{
    return (struct db_value){DB_INT, number, NULL, 0};
}
static inline struct db_value db_value_text(const char *text)
{
    return (struct db_value){text ? DB_TEXT : DB_NULL, 0, text, 0};
}
static inline struct db_value db_value_self(struct db_value value)
{
    return value;
}
/* A value of a kind C has no type for. */
static inline struct db_value db_blob(const void *data, size_t bytes)
{
    return (struct db_value){data ? DB_BLOB : DB_NULL, 0, data, bytes};
}
static inline struct db_value db_null(void)
{
    return (struct db_value){DB_NULL, 0, NULL, 0};
}
/* 0, the absent id, becomes NULL. */
static inline struct db_value db_id(int64_t id)
{
    return (struct db_value){id ? DB_INT : DB_NULL, id, NULL, 0};
}
#define DB_VALUE(x)                                                                                \
    _Generic((x), const char *: db_value_text, char *: db_value_text,                              \
             struct db_value: db_value_self, default: db_value_int)(x)

/* DB_VALUES(a, b, c): an array of values and its length; up to 20. */
#define DB_MAP_0()
#define DB_MAP_1(x)       DB_VALUE(x)
#define DB_MAP_2(x, ...)  DB_VALUE(x), DB_MAP_1(__VA_ARGS__)
#define DB_MAP_3(x, ...)  DB_VALUE(x), DB_MAP_2(__VA_ARGS__)
#define DB_MAP_4(x, ...)  DB_VALUE(x), DB_MAP_3(__VA_ARGS__)
#define DB_MAP_5(x, ...)  DB_VALUE(x), DB_MAP_4(__VA_ARGS__)
#define DB_MAP_6(x, ...)  DB_VALUE(x), DB_MAP_5(__VA_ARGS__)
#define DB_MAP_7(x, ...)  DB_VALUE(x), DB_MAP_6(__VA_ARGS__)
#define DB_MAP_8(x, ...)  DB_VALUE(x), DB_MAP_7(__VA_ARGS__)
#define DB_MAP_9(x, ...)  DB_VALUE(x), DB_MAP_8(__VA_ARGS__)
#define DB_MAP_10(x, ...) DB_VALUE(x), DB_MAP_9(__VA_ARGS__)
#define DB_MAP_11(x, ...) DB_VALUE(x), DB_MAP_10(__VA_ARGS__)
#define DB_MAP_12(x, ...) DB_VALUE(x), DB_MAP_11(__VA_ARGS__)
#define DB_MAP_13(x, ...) DB_VALUE(x), DB_MAP_12(__VA_ARGS__)
#define DB_MAP_14(x, ...) DB_VALUE(x), DB_MAP_13(__VA_ARGS__)
#define DB_MAP_15(x, ...) DB_VALUE(x), DB_MAP_14(__VA_ARGS__)
#define DB_MAP_16(x, ...) DB_VALUE(x), DB_MAP_15(__VA_ARGS__)
#define DB_MAP_17(x, ...) DB_VALUE(x), DB_MAP_16(__VA_ARGS__)
#define DB_MAP_18(x, ...) DB_VALUE(x), DB_MAP_17(__VA_ARGS__)
#define DB_MAP_19(x, ...) DB_VALUE(x), DB_MAP_18(__VA_ARGS__)
#define DB_MAP_20(x, ...) DB_VALUE(x), DB_MAP_19(__VA_ARGS__)
#define DB_PICK(_0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17,    \
                _18, _19, _20, name, ...)                                                          \
    name
#define DB_VALUES(...)                                                                             \
    (const struct db_value[]){{DB_NULL, 0, 0, 0},                                                  \
                              DB_PICK(0 __VA_OPT__(, ) __VA_ARGS__, DB_MAP_20, DB_MAP_19,          \
                                      DB_MAP_18, DB_MAP_17, DB_MAP_16, DB_MAP_15, DB_MAP_14,       \
                                      DB_MAP_13, DB_MAP_12, DB_MAP_11, DB_MAP_10, DB_MAP_9,        \
                                      DB_MAP_8, DB_MAP_7, DB_MAP_6, DB_MAP_5, DB_MAP_4, DB_MAP_3,  \
                                      DB_MAP_2, DB_MAP_1, DB_MAP_0)(__VA_ARGS__)} +                \
        1,                                                                                         \
        DB_PICK(0 __VA_OPT__(, ) __VA_ARGS__, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, \
                6, 5, 4, 3, 2, 1, 0)

/* --- running ------------------------------------------------------------------------------- */

/* Runs a statement that gives no row, with values for ?1, ?2...: db_run(db, &insert, id, name). */
#define db_run(db, sql, ...) db_run_values((db), (sql), DB_VALUES(__VA_ARGS__))
void db_run_values(struct db *db, const struct sql *sql, const struct db_value *values, int count);
/* Prepares it without running it: does it fit the schema? */
enum err db_prepare(struct db *db, const struct sql *sql);
int64_t db_last_id(const struct db *db); /* rowid of the last insert */
int64_t db_changed(const struct db *db); /* rows the last statement touched */

/* Rows of a running statement: for (struct rows r = db_select(db, &q, x); rows_next(&r);) {...}
 * A loop left early calls rows_end(). A statement may not run twice at once on a connection. */
struct rows {
    struct db *db;
    void *statement; /* NULL once ended */
};
#define db_select(db, sql, ...) db_select_values((db), (sql), DB_VALUES(__VA_ARGS__))
struct rows db_select_values(struct db *db, const struct sql *sql, const struct db_value *values,
                             int count);
bool rows_next(struct rows *rows); /* false at the end or on error; ends by itself */
void rows_end(struct rows *rows);
int64_t rows_int(const struct rows *rows, int column); /* NULL gives 0 */
bool rows_is_null(const struct rows *rows, int column);
/* Borrowed until the next rows_next(); NULL for SQL NULL. */
const char *rows_text(const struct rows *rows, int column);
const void *rows_blob(const struct rows *rows, int column, size_t *bytes_out);
/* A copy in the arena; NULL for SQL NULL. */
char *rows_copy(const struct rows *rows, int column, struct arena *arena);

/* First column of the first row; `otherwise` if there is no row or it is NULL. */
#define db_int(db, sql, otherwise, ...)                                                            \
    db_int_values((db), (sql), (otherwise), DB_VALUES(__VA_ARGS__))
int64_t db_int_values(struct db *db, const struct sql *sql, int64_t otherwise,
                      const struct db_value *values, int count);
/* The same as a copy in the arena, NULL if there is no row. */
#define db_text(db, sql, arena, ...) db_text_values((db), (sql), (arena), DB_VALUES(__VA_ARGS__))
char *db_text_values(struct db *db, const struct sql *sql, struct arena *arena,
                     const struct db_value *values, int count);

/* --- errors and transactions ---------------------------------------------------------------- */

/* ERR_NONE, or what went wrong since the last db_clear_error(): ERR_READ_ONLY (disk full, I/O),
 * ERR_DEADLINE (interrupted), ERR_CONFLICT (constraint), ERR_BUSY (another program holds the
 * database), ERR_INTERNAL. */
enum err db_error(const struct db *db);
void db_clear_error(struct db *db);
/* An fsync failed once on this connection. What the kernel then keeps of the file is unknown
 * (Rebello et al., "Can Applications Recover from fsync Failures?", 2020), so nothing may be
 * written until the process starts anew. */
bool db_sync_failed(const struct db *db);
/* A read past this instant (clock_mono_us) is interrupted; 0 = none. */
void db_set_deadline(struct db *db, int64_t mono_us);
/* Was its read transaction, or the last one, stopped for the gate's sake? It may be run again. */
bool db_was_hurried(const struct db *db);
/* Its read transactions go through this gate, for whom both live longer; a reader only. */
void db_set_gate(struct db *db, struct gate *gate);

enum err db_begin_write(struct db *db); /* BEGIN IMMEDIATE */
enum err db_begin_read(struct db *db);  /* BEGIN, and a first read so that the snapshot is taken */
/* Commits, or on any error (an earlier one too) rolls back, clears it and returns it. */
enum err db_commit(struct db *db);
void db_rollback(struct db *db); /* resets running statements, clears the error */
/* Where a transaction is: nothing was run that may write, nor put off, between two equal marks. */
struct db_mark {
    int64_t writes;
    size_t deferred;
};
struct db_mark db_mark(const struct db *db);
bool db_is_at(const struct db *db, struct db_mark mark);
void db_savepoint(struct db *db);
void db_savepoint_release(struct db *db);
/* Rolls back to it, releases it, clears the error. Where SQLite has rolled back the whole
 * transaction by itself (disk full, I/O), the error stays. */
void db_savepoint_undo(struct db *db);

/* Puts a statement off to the end of the write transaction, so that a batch pays for it once:
 * db_commit() runs it, before COMMIT, with all the ids that were given for it as ?1, a JSON array.
 * An id may come twice, and its row may be gone by then. Undoing a savepoint takes back what was
 * put off in it. */
void db_defer(struct db *db, const struct sql *sql, int64_t id);
/* Was it, in this transaction, and not run yet? */
bool db_is_deferred(const struct db *db, const struct sql *sql, int64_t id);
/* Runs what was put off, as the commit would: for who reads it before. Never in a savepoint, which
 * might be undone and the list not. */
void db_run_deferred(struct db *db);

/* Copies frames of the WAL back, as far as no reader needs them; `truncate` also empties the file
 * if no reader is in it. Never waits. true if all was done that was asked. Writer only. */
bool db_checkpoint(struct db *db, bool truncate);
int db_wal_frames(const struct db *db); /* frames in the WAL not copied back yet */
int db_wal_length(const struct db *db); /* frames in it since it last began anew, 4 KiB each */
/* One step of merging the full-text indexes, writing about `pages` pages; true while there was
 * work. Outside a transaction. Writer only. */
bool db_merge_step(struct db *db, int pages);
/* Begins to merge each index into a single segment, which deleted words do not enter:
 * db_merge_step() then goes on with it. (FTS5 3.40 has no secure-delete.) */
void db_merge_whole(struct db *db, int pages);

/* Runs a script (migrations); not cached. Returns db_error(). */
enum err db_script(struct db *db, const char *script);

#endif
