/* Ledger of erasures: which messages and people were erased, and when; no words.
 *
 * An append-only text file beside the database, one line each: "2026-11-22T09:30:00Z person 12
 * remove". A backup taken before an erasure still holds the words, so after any restore the ledger
 * is read and each erasure is done again (law 6). An entry is on the disk before its transaction
 * commits: where the commit then fails, the ledger holds an erasure that was asked for and will be
 * done at a restore; where its batch runs again, the entry stands there twice.
 *
 * Threads: one writer; reading, any. */
#ifndef BEFFROI_STORE_LEDGER_H
#define BEFFROI_STORE_LEDGER_H

#include <stdint.h>

#include "base/error.h"

struct ledger_entry {
    int64_t at_ms;    /* to the second in the file */
    const char *kind; /* "message", "person": one word */
    int64_t id;
    const char *how; /* one word, "-" where there is nothing to say */
};

/* Appends and syncs, the directory too. ERR_READ_ONLY if that cannot be done: the erasure must then
 * not commit. `path` NULL (in-memory database): nothing to do. */
enum err ledger_append(const char *path, const struct ledger_entry *entry)
    __attribute__((warn_unused_result));

/* Shows each entry, oldest first; lines a power cut left unfinished, or torn, are left out. The
 * same erasure may come twice. A missing file is an empty one. ERR_CONFLICT if a line is none of
 * ours, ERR_READ_ONLY if it cannot be read; stops there. */
enum err ledger_each(const char *path, void (*see)(void *context, const struct ledger_entry *entry),
                     void *context) __attribute__((warn_unused_result));

#endif
