/* The schema: numbered scripts, forward only, embedded in the binary (schema/NNNN_name.sql).
 *
 * Threads: the writer's connection, before anything else uses the database. */
#ifndef BEFFROI_STORE_MIGRATE_H
#define BEFFROI_STORE_MIGRATE_H

#include "store/db.h"

/* Applies what is missing, each in a transaction of its own with its PRAGMA user_version.
 * ERR_CONFLICT if the database is newer than this program: it is left untouched. */
enum err migrate(struct db *db);
int migrate_current(struct db *db); /* version of the database */
int migrate_latest(void);           /* version this program brings */

struct migration {
    int version; /* number in the file's name; user_version once applied */
    const char *name, *script;
};
/* Made by the Makefile from schema/NNNN_name.sql, rising; ends with a NULL script. */
extern const struct migration migrations[];
/* migrate() with another list, for tests. */
enum err migrate_list(struct db *db, const struct migration *list);

#endif
