/* Contents on the disk and the rows that name them, brought together: what is left over goes, what
 * is missing is said, all that is named is copied.
 *
 * Owns nothing. Threads: the caller's; it waits for the disk. */
#ifndef BEFFROI_STORE_BLOB_ROWS_H
#define BEFFROI_STORE_BLOB_ROWS_H

#include "store/blob.h"
#include "store/db.h"

/* Before anybody else uses them: removes the contents no row names, and what came of files that are
 * not coming; a file of which less is there than its row says begins anew. `db` may write, and is
 * in no transaction. */
enum err blob_sweep(struct db *db, struct blob_store *store) __attribute__((warn_unused_result));

/* --- beside others; `reader` is in no transaction --------------------------------------------- */

/* Removes what came of files that were dropped. */
void blob_sweep_coming(struct db *reader, struct blob_store *store);
/* Of the contents that are to leave, up to `max` of those whose hash comes after `after` (32 bytes,
 * NULL: the first ones), rising; how many. */
size_t blob_leaving(struct db *reader, const unsigned char *after,
                    unsigned char hashes_out[][BLOB_HASH_BYTES], size_t max);
/* A row names it, as far as is committed when it is asked. */
struct blob_names blob_named_by(struct db *reader);

struct blob_report {
    /* A content is missing or not what its name says. */
    void (*damage)(void *context, const char *finding);
    /* Left over by a cut; nothing is lost, and the server sweeps it when it starts. */
    void (*note)(void *context, const char *finding);
    void *context;
};
/* Reads every content and compares it with its row, and looks for what has none. What comes or goes
 * meanwhile is no finding. */
void blob_check(struct db *reader, struct blob_store *store, const struct blob_report *report);

/* --- copies ----------------------------------------------------------------------------------- */

/* Copies the contents that the rows of `db` name, synced, each read to be what its name says; those
 * the target has whole are not written again. `source` NULL: it has none. ERR_CONFLICT: one is
 * missing or damaged; ERR_READ_ONLY: the disk. */
enum err blob_copy_all(struct db *db, struct blob_store *source, struct blob_store *target)
    __attribute__((warn_unused_result));

#endif
