/* The data directory: one folder holds everything, and one process at a time is its writer.
 *
 *   beffroi.db (-wal, -shm)   the database          admin.sock   the door for the command line
 *   erasures.log              ledger of erasures    lock         held by the writer
 *   mail/                     mail, without SMTP    demo.txt     the demonstration's three accounts
 *   files/                    contents of files   unfinished   half made: see data_dir_begin()
 *
 * Owns: the lock. Threads: the main one. */
#ifndef BEFFROI_MAIN_DATA_DIR_H
#define BEFFROI_MAIN_DATA_DIR_H

#include <stdbool.h>
#include <stddef.h>

#include "store/db.h"

struct data_dir {
    char path[3072];
    int lock; /* file descriptor, -1 if not held */
};

enum data_lock { LOCK_TAKEN, LOCK_HELD_BY_OTHER, LOCK_FAILED };

/* `create`: makes the directory (0700) if needed. Said on standard error when it fails. */
enum data_lock data_dir_lock(struct data_dir *dir, const char *path, bool create);
/* For `init` and `demo`: makes and locks a directory without a database and begins it; else says
 * why not. What one of them that was cut short left there goes first. */
bool data_dir_lock_empty(struct data_dir *dir, const char *path);
/* Until data_dir_done() nobody opens what is there, for it is half made, a kill or a power cut
 * included. false: the disk refuses. */
bool data_dir_begin(const struct data_dir *dir);
bool data_dir_done(const struct data_dir *dir);
/* What is there was left half made. */
bool data_dir_is_half_made(const struct data_dir *dir);
/* Where root worked in a directory of another account, what it made there goes to that account. */
void data_dir_unlock(struct data_dir *dir);
/* Removes the database and the notice that `init` or `demo` could not finish. */
void data_dir_discard(const struct data_dir *dir);
/* "DIR/name" in `out`. */
void data_dir_path(const struct data_dir *dir, const char *name, char *out, size_t bytes);
bool data_dir_has(const struct data_dir *dir, const char *name);
/* Reads the time zones, that commands tell times by; false with the reason on standard error. */
bool data_dir_load_zones(void);
/* Reads the time zones, opens and migrates the database as its writer; NULL with the reason on
 * standard error. A missing one is made only if `create`. */
struct db *data_dir_open(const struct data_dir *dir, bool create);

#endif
