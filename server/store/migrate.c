#include "store/migrate.h"

#include <stdio.h>

#include "base/log.h"
#include "store/db_internal.h"

SQL(version_get, "PRAGMA user_version");
SQL(broken_reference, "SELECT 1 FROM pragma_foreign_key_check LIMIT 1");
/* Nothing happens inside a transaction, so these stand around it. A migration that builds a table
 * anew drops the old one, and a DROP would otherwise delete what refers to it
 * (sqlite.org/lang_altertable). */
SQL(references_off, "PRAGMA foreign_keys = OFF");
SQL(references_on, "PRAGMA foreign_keys = ON");

int migrate_current(struct db *db)
{
    return (int)db_int(db, &version_get, 0);
}

int migrate_latest(void)
{
    int latest = 0;
    for (const struct migration *m = migrations; m->script; m++) {
        latest = m->version;
    }
    return latest;
}

static enum err apply_in_transaction(struct db *db, const struct migration *migration)
{
    char version[48];
    snprintf(version, sizeof version, "PRAGMA user_version = %d", migration->version);
    enum err err = db_begin_write(db);
    if (err != ERR_NONE) {
        db_rollback(db);
        return err;
    }
    db_script(db, migration->script);
    db_script(db, version);
    if (db_int(db, &broken_reference, 0) && db_error(db) == ERR_NONE) {
        db_rollback(db);
        return ERR_INTERNAL;
    }
    return db_commit(db);
}

static enum err apply(struct db *db, const struct migration *migration)
{
    db_run(db, &references_off);
    enum err err = apply_in_transaction(db, migration);
    db_run(db, &references_on);
    if (err == ERR_NONE) {
        err = db_error(db);
    }
    if (err != ERR_NONE) {
        log_event(LOG_MIGRATION_FAILED, LOG_N("version", migration->version),
                  LOG_W("name", migration->name));
    }
    return err;
}

enum err migrate_list(struct db *db, const struct migration *list)
{
    int before = migrate_current(db), latest = 0;
    for (const struct migration *m = list; m->script; m++) {
        latest = m->version;
    }
    enum err err = db_error(db);
    if (err == ERR_NONE && before > latest) {
        err = ERR_CONFLICT;
    }
    for (const struct migration *m = list; m->script && err == ERR_NONE; m++) {
        if (m->version > before) {
            err = apply(db, m);
        }
    }
    if (err == ERR_NONE && before < latest && db->mode != DB_MEMORY) {
        log_event(LOG_MIGRATED, LOG_N("from", before), LOG_N("to", latest));
    }
    return err;
}

enum err migrate(struct db *db)
{
    return migrate_list(db, migrations);
}
