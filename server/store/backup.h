/* Copies of the database, and the proof that one is whole.
 *
 * Threads: a connection of its own. */
#ifndef BEFFROI_STORE_BACKUP_H
#define BEFFROI_STORE_BACKUP_H

#include "store/db.h"

/* Copies what a database names beside itself. `database` is the copy, checked and not in its place
 * yet: what is changed in it is there when it is. ERR_CONFLICT: something it names is missing or
 * damaged; ERR_READ_ONLY: the disk. */
struct backup_beside {
    enum err (*copy)(void *context, struct db *database);
    void *context;
};

/* VACUUM INTO a temporary file beside `target`, checked, what is beside it copied, fsynced,
 * renamed, directory fsynced. The target must not exist (ERR_EXISTS). Works beside a running
 * server.
 * `beside` NULL: there is nothing. ERR_READ_ONLY: it could not be written; ERR_INTERNAL: the copy
 * was not whole. Either way nothing is left at `target`. */
enum err backup_write(const char *database_path, const char *target_path,
                      const struct backup_beside *beside);
/* integrity_check, foreign_key_check, full-text integrity, schema version. Each finding is passed
 * to `say`; ERR_CONFLICT if there was any. Works beside a running server; needs room for a copy. */
enum err backup_check(const char *database_path, void (*say)(void *context, const char *finding),
                      void *context);
/* Puts a copy of `backup_path` in the place of the database, which nobody may have open; what was
 * there is gone. The backup is checked first, and what is beside it copied: ERR_INTERNAL if it is
 * not whole, and the database was not changed. A power cut may leave no database: then it is to be
 * called again. */
enum err backup_restore(const char *backup_path, const char *database_path,
                        const struct backup_beside *beside);
/* Removes the copies that a check or a restore killed on its way left beside the database. To be
 * called before a server starts: the words in it would outlive their erasure. */
void backup_sweep(const char *database_path);

#endif
