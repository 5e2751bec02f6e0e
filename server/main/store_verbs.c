/* check, backup, restore: the database and the files as files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "main/data_dir.h"
#include "main/local_call.h"
#include "main/params.h"
#include "main/verbs.h"
#include "store/backup.h"
#include "store/blob_rows.h"
#include "store/journal.h"
#include "store/ledger.h"
#include "store/migrate.h"

extern const struct command erasure_replay_command;

static bool parse(const struct verb *verb, int argc, char **argv, const char **data,
                  const char **file)
{
    const struct option options[] = {{"data", data, NULL}, {NULL, NULL, NULL}};
    if (!options_parse(verb, argc, argv, options, file, file ? 1 : 0)) {
        return false;
    }
    if (!*data || (file && !*file)) {
        usage_error(verb, "%s is missing", *data ? "FILE" : "--data");
        return false;
    }
    return true;
}

struct found {
    bool damage;
};

static void say(void *context, const char *finding)
{
    (void)context;
    puts(finding);
}

static void say_damage(void *context, const char *finding)
{
    ((struct found *)context)->damage = true;
    puts(finding);
}

/* The contents of its files. false: one is missing or damaged, or they cannot be read. */
static bool check_files(const char *data, const char *database)
{
    struct found found = {false};
    struct blob_report report = {say_damage, say, &found};
    struct blob_store *store = blob_store_open(data);
    struct db *db = store ? db_open(database, DB_READER) : NULL;
    if (db) {
        blob_check(db, store, &report);
    }
    found.damage = found.damage || !db;
    db_close(db);
    blob_store_close(store);
    return !found.damage;
}

int check_run(const struct verb *verb, int argc, char **argv)
{
    const char *data = NULL;
    if (!parse(verb, argc, argv, &data, NULL)) {
        return EXIT_USAGE;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/beffroi.db", data);
    if (access(path, R_OK) != 0) {
        return refuse("cannot read %s: %s", path, strerror(errno));
    }
    if (backup_check(path, say, NULL)) {
        refuse("the database is damaged: restore the last backup (beffroi restore)");
        return EXIT_BROKEN;
    }
    if (!check_files(data, path)) {
        refuse("files are missing or damaged: restore the last backup (beffroi restore)");
        return EXIT_BROKEN;
    }
    puts("ok");
    return EXIT_OK;
}

/* --- backup ----------------------------------------------------------------------------------- */

struct copy {
    struct blob_store *source, *target;
};

static enum err copy_files(void *context, struct db *database)
{
    const struct copy *copy = context;
    return blob_copy_all(database, copy->source, copy->target);
}

static void files_path(const char *file, char *out, size_t bytes)
{
    snprintf(out, bytes, "%s.files", file);
}

/* Nothing leaves the disk meanwhile that the copy of the database may name. */
static enum err write_backup(struct blob_store *source, const char *database, const char *file)
{
    char beside_path[4096];
    struct copy copy = {source, NULL};
    struct backup_beside beside = {copy_files, &copy};
    int kept = blob_store_keep(source);
    files_path(file, beside_path, sizeof beside_path);
    enum err err = kept < 0 ? ERR_READ_ONLY : ERR_NONE;
    err = err ? err : blob_store_open_folder(beside_path, true, &copy.target);
    err = err ? err : backup_write(database, file, &beside);
    if (err && copy.target) {
        blob_store_remove(copy.target, beside_path);
    } else if (copy.target) {
        blob_store_settle(copy.target);
    }
    blob_store_close(copy.target);
    blob_store_unkeep(kept);
    return err;
}

int backup_run(const struct verb *verb, int argc, char **argv)
{
    const char *data = NULL;
    const char *file = NULL;
    if (!parse(verb, argc, argv, &data, &file)) {
        return EXIT_USAGE;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/beffroi.db", data);
    if (access(path, R_OK) != 0) {
        return refuse("cannot read %s: %s", path, strerror(errno));
    }
    struct blob_store *source = blob_store_open(data);
    enum err err = source ? write_backup(source, path, file) : ERR_READ_ONLY;
    blob_store_close(source);
    if (err == ERR_EXISTS) {
        return refuse("%s or %s.files exists already; backups never replace a file", file, file);
    }
    if (err == ERR_INTERNAL) {
        return refuse("the backup to %s failed: something is damaged, beffroi check says what",
                      file);
    }
    return err ? refuse("the backup to %s failed; nothing was left behind", file) : EXIT_OK;
}

/* --- restore ---------------------------------------------------------------------------------- */

struct replay {
    struct local_call call;
    struct arena arena;
    int done;
    bool failed;
};

static void replay_one(void *context, const struct ledger_entry *entry)
{
    struct replay *replay = context;
    struct params params = {0};
    struct problem problem = {0};
    void *out = NULL;
    params_begin(&params);
    params_number(&params, "id", entry->id);
    params_text(&params, "kind", entry->kind);
    params_text(&params, "messages", str_equal(entry->how, "-") ? NULL : entry->how);
    params_number(&params, "at", entry->at_ms);
    if (local_call(&replay->call, &erasure_replay_command, params_end(&params), &replay->arena,
                   &out, &problem)) {
        replay->failed = true;
    }
    replay->done++;
    params_finish(&params);
}

/* What was erased since the backup was made is erased again: lines of the ledger, -1 if not all. */
static int replay_erasures(struct db *db, const char *ledger)
{
    struct replay replay = {
        .call = {.db = db, .credential = {.kind = CREDENTIAL_OPERATOR}, .now_ms = clock_wall_ms()},
    };
    arena_init(&replay.arena);
    enum err err = ledger_each(ledger, replay_one, &replay);
    arena_finish(&replay.arena);
    return err || replay.failed ? -1 : replay.done;
}

/* The epoch is new, so that no client goes on from a number that now means something else. */
static enum err renew(struct db *db, const char *ledger, int *replayed)
{
    enum err err = migrate(db);
    if (!err) {
        err = db_begin_write(db);
    }
    if (err) {
        return err;
    }
    journal_new_epoch(db);
    *replayed = replay_erasures(db, ledger);
    if (*replayed < 0) {
        db_rollback(db);
        return ERR_CONFLICT;
    }
    return db_commit(db);
}

struct restoring {
    const struct data_dir *dir;
    struct copy copy;
    int replayed;
    enum { COPYING, RENEWING, PLACING } step;
};

/* All is done to the copy before it takes the place of the database: nobody ever opens a backup
 * that still has its old epoch, or what was erased since. Contents first: until the database is
 * there they are only more than it names. */
static enum err prepare(void *context, struct db *database)
{
    struct restoring *restoring = context;
    char ledger[4096];
    data_dir_path(restoring->dir, "erasures.log", ledger, sizeof ledger);
    enum err err = copy_files(&restoring->copy, database);
    if (!err) {
        restoring->step = RENEWING;
        err = renew(database, ledger, &restoring->replayed);
    }
    if (!err) {
        restoring->step = PLACING;
        err = data_dir_begin(restoring->dir) ? ERR_NONE : ERR_READ_ONLY;
    }
    return err;
}

static enum err put_in_place(struct restoring *restoring, const char *file)
{
    char beside_path[4096], database[4096];
    struct backup_beside beside = {prepare, restoring};
    files_path(file, beside_path, sizeof beside_path);
    data_dir_path(restoring->dir, "beffroi.db", database, sizeof database);
    enum err err = blob_store_open_folder(beside_path, false, &restoring->copy.source);
    if (err && err != ERR_NOT_FOUND) {
        return err;
    }
    err = backup_restore(file, database, &beside);
    blob_store_close(restoring->copy.source);
    return err;
}

static int refuse_restore(const struct restoring *restoring, const char *file)
{
    switch (restoring->step) {
    case RENEWING:
        return refuse(
            "the erasures made since %s could not be done again (is erasures.log whole?); "
            "the database was not changed",
            file);
    case PLACING:
        return refuse("%s could not be put in place (disk full?). Run restore again.", file);
    default:
        return refuse("%s with its %s.files is not a whole backup of beffroi; the database was not "
                      "changed",
                      file, file);
    }
}

/* What was erased since leaves the disk again too; a server that starts would sweep it as well. */
static int finish_restore(const struct restoring *restoring)
{
    struct db *db = data_dir_done(restoring->dir) ? data_dir_open(restoring->dir, false) : NULL;
    enum err err = db ? blob_sweep(db, restoring->copy.target) : ERR_READ_ONLY;
    db_close(db);
    if (err) {
        return refuse("the backup is in place, but the disk refuses: run restore again");
    }
    printf("restored; %d erasures of the ledger are done\n", restoring->replayed);
    return EXIT_OK;
}

static int restore_from(struct data_dir *dir, const char *file)
{
    struct restoring restoring = {.dir = dir, .copy = {NULL, blob_store_open(dir->path)}};
    if (!restoring.copy.target) {
        return refuse("the files in %s cannot be used", dir->path);
    }
    int code = EXIT_REFUSED;
    if (data_dir_load_zones()) {
        code = put_in_place(&restoring, file) ? refuse_restore(&restoring, file)
                                              : finish_restore(&restoring);
    }
    blob_store_close(restoring.copy.target);
    return code;
}

int restore_run(const struct verb *verb, int argc, char **argv)
{
    const char *data = NULL;
    const char *file = NULL;
    if (!parse(verb, argc, argv, &data, &file)) {
        return EXIT_USAGE;
    }
    struct data_dir dir;
    switch (data_dir_lock(&dir, data, true)) {
    case LOCK_HELD_BY_OTHER:
        return refuse("a server runs on %s: stop it first", data);
    case LOCK_FAILED:
        return EXIT_REFUSED;
    case LOCK_TAKEN:
        break;
    }
    int code = restore_from(&dir, file);
    data_dir_unlock(&dir);
    return code;
}
