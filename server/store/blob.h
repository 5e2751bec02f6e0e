/* Contents on the disk, stored by what they are: DIR/files/ab/ab12..., and DIR/files/coming/<key>
 * while they come in.
 *
 * A content is written, synced, renamed to the name of its hash and its directory synced; only then
 * is its row committed. From before the rename until after the commit its hash is held, and what no
 * row names is removed only where nobody holds it: so no row is ever without its bytes. A failed
 * sync is never retried: the content is refused.
 *
 * Owns: the folder, the set of hashes held. Threads: any but the loop (all of it waits for the
 * disk). Never: SQL. */
#ifndef BEFFROI_STORE_BLOB_H
#define BEFFROI_STORE_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define BLOB_HASH_BYTES 32

struct blob_store;

/* Opens (makes) DIR/files. NULL: it cannot be, said in the log. */
struct blob_store *blob_store_open(const char *data_dir);
void blob_store_close(struct blob_store *store);

/* --- coming in --- */

/* One content on its way in; one thread at a time. */
struct blob_writer;
/* Goes on at `offset` (bytes that were synced): what lies beyond is cut off, what lies before is
 * hashed again. ERR_CONFLICT: fewer bytes are there than that; ERR_READ_ONLY: the disk. */
enum err blob_writer_open(struct blob_store *store, const char *key, int64_t offset,
                          struct blob_writer **out) __attribute__((warn_unused_result));
/* ERR_READ_ONLY: the disk is full or broken; nothing more may be written. */
enum err blob_writer_add(struct blob_writer *writer, const void *data, size_t bytes)
    __attribute__((warn_unused_result));
/* Makes what was added last; `received_out`: how many bytes are safe. */
enum err blob_writer_sync(struct blob_writer *writer, int64_t *received_out)
    __attribute__((warn_unused_result));
/* To look into it; borrowed. */
int blob_writer_fd(const struct blob_writer *writer);
/* Syncs it, gives its hash, and puts it in its place; held until blob_release(). What was under the
 * key is gone then. */
enum err blob_writer_keep(struct blob_writer *writer, unsigned char hash_out[BLOB_HASH_BYTES],
                          int64_t *bytes_out) __attribute__((warn_unused_result));
/* Leaves what was synced for later. NULL is allowed. */
void blob_writer_close(struct blob_writer *writer);
/* Removes what came of it. */
void blob_discard(struct blob_store *store, const char *key);
/* After the row is committed, or was refused. */
void blob_release(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES]);

/* --- going out --- */

/* A descriptor to read it by, -1 if it is not there. The caller closes it. */
int blob_open(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES]);

/* --- leaving --- */

/* Removes it from the disk unless it is held, or `is_named` (called with the set locked, so that
 * nobody can begin to hold it) says that a row names it. */
void blob_remove(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES],
                 bool (*is_named)(void *context, const unsigned char *hash), void *context);

#endif
