#include "store/db.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db_internal.h"
#include "store/french.h"
#include "store/gate.h"
#include "store/rank.h"
#include "store/wal_file.h"

/* --- settings ------------------------------------------------------------------------------- */

/* What Debian's SQLite leaves on or off and must be turned round. */
static const struct {
    int option, value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
};

enum { FILES = 1 << DB_WRITER | 1 << DB_READER, ANY = FILES | 1 << DB_MEMORY };
static const struct {
    int modes; /* bits of enum db_mode */
    const char *set, *get, *value;
} pragmas[] = {
    {1 << DB_WRITER, "PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal"},
    {1 << DB_READER, NULL, "PRAGMA journal_mode", "wal"},
    {FILES, "PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
    {FILES, "PRAGMA mmap_size=0", "PRAGMA mmap_size", "0"},
    /* KiB, each. The writer keeps what it writes to until its commit and the ends of the indexes
     * beyond; a reader what it looks up. */
    {1 << DB_WRITER, "PRAGMA cache_size=-16384", "PRAGMA cache_size", "-16384"},
    {1 << DB_READER, "PRAGMA cache_size=-8192", "PRAGMA cache_size", "-8192"},
    {FILES, "PRAGMA wal_autocheckpoint=0", "PRAGMA wal_autocheckpoint", "0"},
    {FILES, "PRAGMA journal_size_limit=8388608", "PRAGMA journal_size_limit", "8388608"},
    {ANY, "PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1"},
    {ANY, "PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"}, /* no words in /var/tmp */
    {ANY, "PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
    {1 << DB_READER, "PRAGMA query_only=ON", "PRAGMA query_only", "1"},
};

static int switch_to(sqlite3 *handle, int option, int value)
{
    int now = -1;
    int code = sqlite3_db_config(handle, option, value, &now);
    return code == SQLITE_OK && now != value ? SQLITE_ERROR : code;
}

/* SQLITE_OK if the first row of `pragma` reads `value`. */
static int read_back(sqlite3 *handle, const char *pragma, const char *value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, pragma, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_ROW) {
        const char *now = (const char *)sqlite3_column_text(statement, 0);
        code = now && strcmp(now, value) == 0 ? SQLITE_OK : SQLITE_ERROR;
    } else if (code == SQLITE_DONE) {
        code = SQLITE_ERROR;
    }
    sqlite3_finalize(statement);
    return code;
}

static int configure(struct db *db)
{
    int code = sqlite3_extended_result_codes(db->handle, 1);
    for (size_t i = 0; i < sizeof switches / sizeof *switches && code == SQLITE_OK; i++) {
        code = switch_to(db->handle, switches[i].option, switches[i].value);
    }
    if (code == SQLITE_OK && db->mode == DB_READER) {
        /* Only the writer copies frames back, at its end too. */
        code = switch_to(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
    }
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    for (size_t i = 0; i < sizeof pragmas / sizeof *pragmas && code == SQLITE_OK; i++) {
        if (!(pragmas[i].modes & 1 << db->mode)) {
            continue;
        }
        if (pragmas[i].set) {
            code = sqlite3_exec(db->handle, pragmas[i].set, NULL, NULL, NULL);
        }
        if (code == SQLITE_OK) {
            code = read_back(db->handle, pragmas[i].get, pragmas[i].value);
        }
    }
    return code;
}

/* After each commit: `frames` are in the WAL now; fewer than before means that it started anew. */
static int committed(void *context, sqlite3 *handle, const char *name, int frames)
{
    (void)handle;
    (void)name;
    struct db *db = context;
    if (frames <= db->wal_frames) {
        db->wal_copied = 0;
    }
    db->wal_frames = frames;
    return SQLITE_OK;
}

/* --- opening -------------------------------------------------------------------------------- */

/* So that the database and what SQLite puts beside it are the owner's alone, whatever the umask. An
 * existing file is not touched: closing it here would drop the locks of this process on it. */
static void create_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
    }
}

static int open_handle(struct db *db, const char *path)
{
    static const int flags[] = {
        [DB_WRITER] = SQLITE_OPEN_READWRITE,
        [DB_READER] = SQLITE_OPEN_READONLY,
        [DB_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    };
    if (db->mode == DB_WRITER) {
        create_private(path);
    }
    const char *name = db->mode == DB_MEMORY ? ":memory:" : path;
    const char *vfs = db->mode == DB_WRITER ? WAL_FILE_VFS : NULL;
    return sqlite3_open_v2(name, &db->handle, flags[db->mode] | SQLITE_OPEN_NOMUTEX, vfs);
}

/* SQLite counts its memory under a lock at each malloc, for figures that nobody reads: a twentieth
 * of a message. To be said before its first use; later it has no effect. */
static void prepare_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (wal_file_register() != SQLITE_OK) {
        abort(); /* no memory, or a SQLite without files */
    }
}

struct db *db_open(const char *path, enum db_mode mode)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare_sqlite);
    struct db *db = MEM_NEW(struct db);
    db->mode = mode;
    arena_init(&db->arena);
    map_init(&db->statements);
    int code = open_handle(db, path);
    if (code == SQLITE_OK) {
        code = configure(db);
    }
    if (code == SQLITE_OK) {
        code = french_register(db->handle);
    }
    if (code == SQLITE_OK) {
        code = rank_register(db->handle);
    }
    if (code != SQLITE_OK) {
        db_fail(db, code, NULL);
        db_close(db);
        return NULL;
    }
    sqlite3_wal_hook(db->handle, committed, db);
    sqlite3_set_authorizer(db->handle, memo_note_tables, db);
    return db;
}

static void leave_gate(struct db *db)
{
    if (db->inside) {
        db->inside = false;
        gate_leave(db->gate);
    }
}

void db_close(struct db *db)
{
    if (!db) {
        return;
    }
    leave_gate(db);
    db_forget_statements(db);
    for (int i = 0; i < db->merge.count; i++) {
        sqlite3_finalize(db->merge.statements[i]);
    }
    if (db->sync_failed) {
        switch_to(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1); /* would sync once more */
    }
    sqlite3_close(db->handle);
    french_destroy(db->french);
    deferred_finish(db);
    arena_finish(&db->arena);
    free(db);
}

/* --- deadline ------------------------------------------------------------------------------- */

static int past_deadline(void *context)
{
    struct db *db = context;
    db->hurried = db->hurried || (db->gate && gate_hurries(db->gate));
    return db->hurried || clock_mono_us() > db->deadline_us;
}

void db_set_deadline(struct db *db, int64_t mono_us)
{
    enum { STEPS_BETWEEN_LOOKS = 1000 }; /* of SQLite's virtual machine: some 20 us */
    db->deadline_us = mono_us;
    sqlite3_progress_handler(db->handle, STEPS_BETWEEN_LOOKS, mono_us ? past_deadline : NULL, db);
}

bool db_was_hurried(const struct db *db)
{
    return db->hurried;
}

void db_set_gate(struct db *db, struct gate *gate)
{
    db->gate = gate;
}

/* --- transactions --------------------------------------------------------------------------- */

SQL(begin_write, "BEGIN IMMEDIATE");
SQL(begin_read, "BEGIN");
SQL(first_read, "SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)");
SQL(commit, "COMMIT");
SQL(rollback, "ROLLBACK");
SQL(savepoint, "SAVEPOINT job");
SQL(savepoint_release, "RELEASE job");
SQL(savepoint_undo, "ROLLBACK TO job");

static void transaction_over(struct db *db)
{
    db->writing = false;
    db->savepoints = 0;
    db->deferred.count = 0;
    db->head.changed = false;
    db->head.known = false;
    leave_gate(db);
}

enum err db_begin_write(struct db *db)
{
    db_run(db, &begin_write);
    db->writing = db->err == ERR_NONE;
    return db->err;
}

enum err db_begin_read(struct db *db)
{
    if (db->gate && !db->inside) {
        gate_enter(db->gate);
        db->inside = true;
    }
    db->hurried = false;
    db_run(db, &begin_read);
    db_run(db, &first_read);
    return db->err;
}

enum err db_commit(struct db *db)
{
    db_reset_running(db);
    db_run_deferred(db);
    journal_flush(db);
    db_run(db, &commit);
    enum err err = db->err;
    if (err != ERR_NONE) {
        db_rollback(db);
    }
    transaction_over(db);
    return err;
}

void db_rollback(struct db *db)
{
    db_reset_running(db);
    db->err = ERR_NONE;
    if (!sqlite3_get_autocommit(db->handle)) {
        db_run(db, &rollback);
    }
    db->err = ERR_NONE;
    memo_all_written(db);
    transaction_over(db);
}

struct db_mark db_mark(const struct db *db)
{
    return (struct db_mark){db->writes, db->deferred.count};
}

bool db_is_at(const struct db *db, struct db_mark mark)
{
    return db->writes == mark.writes && db->deferred.count == mark.deferred &&
           !sqlite3_get_autocommit(db->handle);
}

void db_savepoint(struct db *db)
{
    db_run(db, &savepoint);
    db->savepoints++;
}

static void savepoint_over(struct db *db)
{
    if (db->savepoints > 0) { /* 0: the transaction is gone */
        db->savepoints--;
    }
}

void db_savepoint_release(struct db *db)
{
    db_reset_running(db);
    db_run(db, &savepoint_release);
    savepoint_over(db);
    deferred_release(db);
}

void db_savepoint_undo(struct db *db)
{
    db_reset_running(db);
    savepoint_over(db);
    deferred_undo(db);
    memo_all_written(db);
    if (sqlite3_get_autocommit(db->handle)) {
        /* A full disk or a failed write made SQLite roll back everything: the error stays, so that
         * nothing more is written as if the transaction still were there. */
        db->err = db->err == ERR_NONE ? ERR_INTERNAL : db->err;
        return;
    }
    db->err = ERR_NONE;
    db_run(db, &savepoint_undo);
    db_run(db, &savepoint_release);
}

/* --- keeping the file in shape ---------------------------------------------------------------- */

bool db_checkpoint(struct db *db, bool truncate)
{
    if (db->mode != DB_WRITER || db->sync_failed) {
        return false;
    }
    int frames = 0, copied = 0;
    sqlite3_busy_timeout(db->handle, 0);
    int code = sqlite3_wal_checkpoint_v2(
        db->handle, "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
        &frames, &copied);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        db_fail(db, sqlite3_extended_errcode(db->handle), NULL);
        return false;
    }
    db->wal_frames = frames < 0 ? 0 : frames;
    db->wal_copied = copied < 0 ? 0 : copied;
    return code == SQLITE_OK && db->wal_copied == db->wal_frames;
}

int db_wal_frames(const struct db *db)
{
    return db->wal_frames - db->wal_copied;
}

int db_wal_length(const struct db *db)
{
    return db->wal_frames;
}

SQL(find_fulltext, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                   " AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5 (%' ORDER BY name");

/* One "merge" statement per full-text table, looked up once: migrations run before. */
static void find_merges(struct db *db)
{
    struct {
        sqlite3_stmt **items;
        size_t count, capacity;
    } found = {0};
    for (struct rows rows = db_select(db, &find_fulltext); rows_next(&rows);) {
        const char *name = rows_text(&rows, 0);
        char *text =
            sqlite3_mprintf("INSERT INTO \"%w\" (\"%w\", rank) VALUES ('merge', ?1)", name, name);
        sqlite3_stmt *statement = NULL;
        int code =
            sqlite3_prepare_v3(db->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
        sqlite3_free(text);
        if (code != SQLITE_OK) {
            db_fail(db, code, NULL);
            break;
        }
        ARENA_PUSH(&db->arena, &found, statement);
    }
    db->merge.statements = found.items;
    db->merge.count = (int)found.count;
    db->merge.known = true;
}

/* true if the merge changed more than the one row its own INSERT counts for. */
static bool merge_table(struct db *db, sqlite3_stmt *statement, int pages)
{
    int64_t before = sqlite3_total_changes64(db->handle);
    sqlite3_bind_int(statement, 1, pages);
    sqlite3_step(statement);
    int code = sqlite3_reset(statement);
    if (code != SQLITE_OK) {
        db_fail(db, code, NULL);
    }
    return code == SQLITE_OK && sqlite3_total_changes64(db->handle) - before >= 2;
}

bool db_merge_step(struct db *db, int pages)
{
    if (!db->merge.known) {
        find_merges(db);
    }
    for (int tried = 0; tried < db->merge.count && db->err == ERR_NONE; tried++) {
        int table = db->merge.next;
        if (merge_table(db, db->merge.statements[table], pages)) {
            return true;
        }
        db->merge.next = (table + 1) % db->merge.count;
    }
    return false;
}

void db_merge_whole(struct db *db, int pages)
{
    if (!db->merge.known) {
        find_merges(db);
    }
    for (int i = 0; i < db->merge.count; i++) {
        merge_table(db, db->merge.statements[i], -pages);
    }
}

/* SQLite would prepare anew, by itself and unseen, what another schema makes read and write other
 * tables. */
enum err db_script(struct db *db, const char *script)
{
    memo_all_written(db);
    db_reset_running(db);
    db_forget_statements(db);
    if (db->err == ERR_NONE) {
        int code = sqlite3_exec(db->handle, script, NULL, NULL, NULL);
        if (code != SQLITE_OK) {
            db_fail(db, sqlite3_extended_errcode(db->handle), NULL);
        }
    }
    return db->err;
}
