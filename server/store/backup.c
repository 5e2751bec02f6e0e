#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db_internal.h"
#include "store/migrate.h"

/* Passes findings on and counts them. */
struct report {
    void (*say)(void *context, const char *finding);
    void *context;
    int count;
};

static void find(struct report *report, const char *finding)
{
    report->count++;
    report->say(report->context, finding);
}

/* --- checking ------------------------------------------------------------------------------- */

SQL(integrity, "PRAGMA integrity_check");
SQL(references, "SELECT \"table\", coalesce(rowid, 0), parent FROM pragma_foreign_key_check");
SQL(fulltext, "SELECT name FROM sqlite_schema WHERE type = 'table'"
              " AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5 (%' ORDER BY name");

static void check_pages(struct db *db, struct report *report)
{
    for (struct rows rows = db_select(db, &integrity); rows_next(&rows);) {
        if (strcmp(rows_text(&rows, 0), "ok") != 0) {
            find(report, rows_text(&rows, 0));
        }
    }
}

static void check_references(struct db *db, struct report *report)
{
    char finding[256];
    for (struct rows rows = db_select(db, &references); rows_next(&rows);) {
        snprintf(finding, sizeof finding, "%s row %lld refers to a row missing in %s",
                 rows_text(&rows, 0), (long long)rows_int(&rows, 1), rows_text(&rows, 2));
        find(report, finding);
    }
}

static void check_version(struct db *db, struct report *report)
{
    char finding[128];
    int current = migrate_current(db);
    if (current == 0) {
        find(report, "there is no schema: not a database of Beffroi");
    } else if (current > migrate_latest()) {
        snprintf(finding, sizeof finding, "schema version %d is newer than this program (%d)",
                 current, migrate_latest());
        find(report, finding);
    }
}

/* Rank 1 compares the index with the words it was made from too, where they lie in another table.
 */
static void check_fulltext(struct db *db, struct report *report)
{
    char finding[256];
    for (struct rows rows = db_select(db, &fulltext); rows_next(&rows);) {
        const char *name = rows_text(&rows, 0);
        char *script = sqlite3_mprintf("INSERT INTO \"%w\" (\"%w\", rank)"
                                       " VALUES ('integrity-check', 1)",
                                       name, name);
        if (sqlite3_exec(db->handle, script, NULL, NULL, NULL) != SQLITE_OK) {
            snprintf(finding, sizeof finding, "full-text index %s: %s", name,
                     sqlite3_errmsg(db->handle));
            find(report, finding);
        }
        sqlite3_free(script);
    }
}

/* A file too broken to be read gives an error instead of rows. */
static void check_readable(struct db *db, struct report *report)
{
    if (db_error(db) != ERR_NONE) {
        find(report, sqlite3_errmsg(db->handle));
        db_clear_error(db);
    }
}

/* --- copying -------------------------------------------------------------------------------- */

SQL(vacuum_into, "VACUUM INTO ?1");

/* An empty private file beside `target`, whose name is put in `path`. */
static bool reserve(const char *target, char *path, size_t path_bytes)
{
    if ((size_t)snprintf(path, path_bytes, "%s.XXXXXX", target) >= path_bytes) {
        return false;
    }
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

/* One read transaction: the copy is the database at one instant, whatever is written meanwhile. */
static bool copy_into(const char *database_path, const char *path)
{
    struct db *db = db_open(database_path, DB_READER);
    if (!db) {
        return false;
    }
    /* VACUUM INTO counts as writing; the file itself stays open for reading only. */
    db_script(db, "PRAGMA query_only = OFF");
    db_run(db, &vacuum_into, path);
    bool copied = db_error(db) == ERR_NONE;
    db_close(db);
    return copied;
}

/* Checks a copy that nobody else uses, and leaves it in WAL mode without a WAL beside it. */
static void check_copy(const char *path, struct report *report)
{
    struct db *db = db_open(path, DB_WRITER);
    if (!db) {
        find(report, "the copy cannot be opened");
        return;
    }
    check_pages(db, report);
    check_references(db, report);
    check_version(db, report);
    check_fulltext(db, report);
    check_readable(db, report);
    db_close(db);
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool synced = fsync(fd) == 0;
    return close(fd) == 0 && synced;
}

static void note_only(void *context, const char *finding)
{
    (void)context;
    (void)finding; /* it may hold words of the data: not for the log */
}

/* A file system that cannot refuse to replace (EINVAL) is trusted: the target was not there before.
 */
static int rename_new(const char *from, const char *to)
{
    int code = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    return code != 0 && errno == EINVAL ? rename(from, to) : code;
}

static enum err refuse(const char *step)
{
    log_event(LOG_BACKUP_FAILED, LOG_W("step", step));
    return strcmp(step, "check") == 0 ? ERR_INTERNAL : ERR_READ_ONLY;
}

static enum err copy_beside(const char *path, const struct backup_beside *beside)
{
    struct db *db = beside ? db_open(path, DB_WRITER) : NULL;
    if (!db) {
        return beside ? refuse("open") : ERR_NONE;
    }
    enum err err = beside->copy(beside->context, db);
    db_close(db);
    if (err) {
        return refuse(err == ERR_READ_ONLY ? "files" : "check");
    }
    return ERR_NONE;
}

static enum err write_copy(const char *database_path, const char *path,
                           const struct backup_beside *beside)
{
    struct report report = {note_only, NULL, 0};
    if (!copy_into(database_path, path)) {
        return refuse("copy");
    }
    check_copy(path, &report);
    if (report.count) {
        return refuse("check");
    }
    enum err err = copy_beside(path, beside);
    if (err) {
        return err;
    }
    return sync_path(path, O_RDONLY) ? ERR_NONE : refuse("sync");
}

enum err backup_write(const char *database_path, const char *target_path,
                      const struct backup_beside *beside)
{
    char path[4096];
    if (access(target_path, F_OK) == 0) {
        return ERR_EXISTS;
    }
    if (!reserve(target_path, path, sizeof path)) {
        return refuse("create");
    }
    enum err err = write_copy(database_path, path, beside);
    if (!err && rename_new(path, target_path) != 0) {
        err = errno == EEXIST ? ERR_EXISTS : refuse("rename");
    }
    if (err) {
        unlink(path);
        return err;
    }
    return folder_sync_of(target_path) ? ERR_NONE : refuse("sync");
}

/* Copies beside the database, swept when it is opened. */
#define TO_CHECK   ".check"
#define TO_RESTORE ".restore"

/* A log left beside the new file would be played into it, and the old file without its log might be
 * served: so the old one goes first, and each step is on the disk before the next. What a power cut
 * leaves is the old database, none, or the new one. */
static const char *replace(const char *path, const char *database_path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    char beside[4096];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(beside, sizeof beside, "%s%s", database_path, suffixes[i]);
        if ((unlink(beside) != 0 && errno != ENOENT) || !folder_sync_of(database_path)) {
            return "unlink";
        }
    }
    return rename(path, database_path) == 0 ? NULL : "rename";
}

/* "DATABASE.what", an empty private file; what was there is gone. */
static bool begin_copy(const char *database_path, const char *what, char *path, size_t path_bytes)
{
    backup_sweep(database_path);
    snprintf(path, path_bytes, "%s%s", database_path, what);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd >= 0 && close(fd) == 0;
}

enum err backup_restore(const char *backup_path, const char *database_path,
                        const struct backup_beside *beside)
{
    char path[4096];
    if (!begin_copy(database_path, TO_RESTORE, path, sizeof path)) {
        return refuse("create");
    }
    enum err err = write_copy(backup_path, path, beside);
    const char *failed = err ? NULL : replace(path, database_path);
    if (err || failed) {
        unlink(path);
        return err ? err : refuse(failed);
    }
    return folder_sync_of(database_path) ? ERR_NONE : refuse("sync");
}

void backup_sweep(const char *database_path)
{
    static const char *const copies[] = {TO_CHECK, TO_RESTORE};
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char path[4096];
    for (size_t i = 0; i < 2 * sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(path, sizeof path, "%s%s%s", database_path, copies[i % 2], suffixes[i / 2]);
        unlink(path);
    }
}

/* The full-text check needs the right to write, which beside a running server only the writer has:
 * it is done on a copy. */
static void check_copied(const char *database_path, struct report *report)
{
    char path[4096];
    if (!begin_copy(database_path, TO_CHECK, path, sizeof path) ||
        !copy_into(database_path, path)) {
        find(report, "the database cannot be copied beside itself (disk full?)");
    } else {
        struct db *db = db_open(path, DB_WRITER);
        if (db) {
            check_fulltext(db, report);
            check_readable(db, report);
        }
        db_close(db);
    }
    backup_sweep(database_path);
}

enum err backup_check(const char *database_path, void (*say)(void *context, const char *finding),
                      void *context)
{
    struct report report = {say, context, 0};
    struct db *db = db_open(database_path, DB_READER);
    if (!db) {
        find(&report, "the database cannot be opened");
        return ERR_CONFLICT;
    }
    check_pages(db, &report);
    check_references(db, &report);
    check_version(db, &report);
    check_readable(db, &report);
    db_close(db);
    if (report.count == 0) {
        check_copied(database_path, &report);
    }
    return report.count ? ERR_CONFLICT : ERR_NONE;
}
