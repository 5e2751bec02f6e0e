/* check, backup, restore: the database as a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "main/data_dir.h"
#include "main/verbs.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/ledger.h"

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

static void say(void *context, const char *finding)
{
    (void)context;
    puts(finding);
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
    puts("ok");
    return EXIT_OK;
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
    enum err err = backup_write(path, file);
    if (err == ERR_EXISTS) {
        return refuse("%s exists already; backups never replace a file", file);
    }
    return err ? refuse("the backup to %s failed; nothing was left behind", file) : EXIT_OK;
}

/* What was erased since the backup was made is erased again; the epoch is new, so that no client goes on
 * from a number that now means something else. */
static int put_in_place(struct data_dir *dir, const char *file)
{
    char path[4096];
    data_dir_path(dir, "beffroi.db", path, sizeof path);
    enum err err = backup_restore(file, path);
    if (err) {
        return refuse("%s is not a whole backup of beffroi; nothing was changed", file);
    }
    struct db *db = data_dir_open(dir, false);
    if (!db) {
        return EXIT_REFUSED;
    }
    char ledger[4096];
    data_dir_path(dir, "erasures.log", ledger, sizeof ledger);
    err = db_begin_write(db);
    if (!err) {
        journal_new_epoch(db);
        err = db_commit(db);
    }
    int replayed = err ? -1 : ledger_replay(db, ledger, clock_wall_ms());
    db_close(db);
    if (replayed < 0) {
        return refuse("the backup is in place, but erasures could not be replayed; run restore again");
    }
    printf("restored; %d erasures replayed\n", replayed);
    return EXIT_OK;
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
    int code = put_in_place(&dir, file);
    data_dir_unlock(&dir);
    return code;
}
