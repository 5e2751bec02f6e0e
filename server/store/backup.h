/* Copies of the database, and the proof that one is whole.
 *
 * Threads: a connection of its own. */
#ifndef BEFFROI_STORE_BACKUP_H
#define BEFFROI_STORE_BACKUP_H

#include "store/db.h"

/* VACUUM INTO a temporary file beside `target`, checked, fsynced, renamed, directory fsynced. The
 * target must not exist (ERR_EXISTS). Works beside a running server. */
enum err backup_write(const char *database_path, const char *target_path);
/* integrity_check, foreign_key_check, full-text integrity, schema version. Each finding is passed to
 * `say`; ERR_CONFLICT if there was any. */
enum err backup_check(const char *database_path, void (*say)(void *context, const char *finding),
                      void *context);

#endif
