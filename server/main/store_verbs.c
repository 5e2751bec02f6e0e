/* check, backup, restore: the database as a file. */
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
#include "store/journal.h"
#include "store/ledger.h"

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
    enum err err = db_begin_write(db);
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

static int put_in_place(struct data_dir *dir, const char *file)
{
    char path[4096];
    char ledger[4096];
    data_dir_path(dir, "beffroi.db", path, sizeof path);
    data_dir_path(dir, "erasures.log", ledger, sizeof ledger);
    if (backup_restore(file, path)) {
        return refuse("%s is not a whole backup of beffroi; nothing was changed", file);
    }
    struct db *db = data_dir_open(dir, false);
    if (!db) {
        return EXIT_REFUSED;
    }
    int replayed = 0;
    enum err err = renew(db, ledger, &replayed);
    db_close(db);
    if (err) {
        return refuse("the backup is in place, but not the erasures made since; run restore again");
    }
    printf("restored; %d erasures of the ledger are done\n", replayed);
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
