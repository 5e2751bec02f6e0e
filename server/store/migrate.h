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

#endif
