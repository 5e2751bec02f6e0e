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
#define BLOB_HEX_BYTES  (2 * BLOB_HASH_BYTES + 1)

struct blob_store;

/* Opens (makes) DIR/files. NULL: it cannot be, said in the log. */
struct blob_store *blob_store_open(const char *data_dir);
/* The same of a folder by its whole path, as in a backup: a fresh one, to be filled, that must not
 * be there yet (ERR_EXISTS), or one to be read (ERR_NOT_FOUND). ERR_READ_ONLY: the disk. */
enum err blob_store_open_folder(const char *path, bool fresh, struct blob_store **out)
    __attribute__((warn_unused_result));
/* Of a fresh one that is filled: takes away what contents come in by. */
void blob_store_settle(struct blob_store *store);
/* Removes all that is in it, and the folder itself, which is at this path. */
void blob_store_remove(struct blob_store *store, const char *path);
void blob_store_close(struct blob_store *store); /* NULL is allowed */

/* --- coming in --- */

/* One content on its way in; one thread at a time. `key`: a file's, or one made from it, of
 * letters, digits, '-' and '.'. */
struct blob_writer;
/* Goes on at `offset` (bytes that were synced): what lies beyond is cut off. ERR_CONFLICT: fewer
 * bytes are there than that, and it has to begin anew; ERR_READ_ONLY: the disk. */
enum err blob_writer_open(struct blob_store *store, const char *key, int64_t offset,
                          struct blob_writer **out) __attribute__((warn_unused_result));
/* ERR_READ_ONLY: the disk is full or broken; what was not synced is gone, so that there is room,
 * and nothing more may be written. */
enum err blob_writer_add(struct blob_writer *writer, const void *data, size_t bytes)
    __attribute__((warn_unused_result));
/* Adds the same bytes to its hash, which may be done on another thread while they are written: in
 * their order, each once. What is not hashed so, the end of it or all, is read again at the end. */
void blob_writer_hash(struct blob_writer *writer, const void *data, size_t bytes);
/* Makes what was added last; `received_out`: how many bytes are safe. ERR_READ_ONLY: it failed, and
 * what came is gone: the content has to begin anew. */
enum err blob_writer_sync(struct blob_writer *writer, int64_t *received_out)
    __attribute__((warn_unused_result));
/* To look into it, or to write a new content by it instead of blob_writer_add(); borrowed. Its
 * position is at the beginning. */
int blob_writer_fd(const struct blob_writer *writer);
/* Syncs it, gives its hash, and puts it in its place; held until blob_release(), which an error
 * needs not. What was under the key is gone then. All the descriptor holds counts, what others
 * wrote by it included. Only blob_writer_close() may follow. */
enum err blob_writer_keep(struct blob_writer *writer, unsigned char hash_out[BLOB_HASH_BYTES],
                          int64_t *bytes_out) __attribute__((warn_unused_result));
/* Leaves what was synced for later. NULL is allowed. */
void blob_writer_close(struct blob_writer *writer);
/* Removes what came of it. */
void blob_discard(struct blob_store *store, const char *key);
/* After the row is committed, or was refused; once for each blob_writer_keep(). */
void blob_release(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES]);

/* --- going out --- */

/* A descriptor to read it by, -1 if it is not there. */
int blob_open(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES]);
void blob_close(int fd); /* -1 is allowed */
bool blob_is_there(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES]);
/* How much of it has come, -1: nothing is there. */
int64_t blob_coming_bytes(struct blob_store *store, const char *key);
/* Copies one, synced. ERR_CONFLICT: it is not there, or not what its name says; ERR_READ_ONLY: the
 * disk. */
enum err blob_copy(struct blob_store *source, struct blob_store *target,
                   const unsigned char hash[BLOB_HASH_BYTES]) __attribute__((warn_unused_result));
/* Reads all of it: its hash and how long it is; false: it cannot be read. */
bool blob_hash_fd(int fd, unsigned char hash_out[BLOB_HASH_BYTES], int64_t *bytes_out)
    __attribute__((warn_unused_result));

/* --- leaving --- */

/* Tells, under the lock of the set, so that nobody can begin to hold it, whether a row names it. */
struct blob_names {
    bool (*is_named)(void *context, const unsigned char *hash);
    void *context;
};
/* Removes it from the disk unless it is held or named. false: not now, for a backup is made of
 * what is there, or the disk refuses; ask again in a while. */
bool blob_remove(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES],
                 const struct blob_names *names);

/* As long as it is kept, nothing that is stored is removed, by any process. -1: it cannot be. */
int blob_store_keep(struct blob_store *store);
void blob_store_unkeep(int kept);

/* --- all that is there --- */

struct blob_walk {
    /* A content, by its name; `bytes` as the disk has it. NULL: only what is coming is told. */
    void (*content)(void *context, const unsigned char *hash, int64_t bytes);
    /* What is coming, by its key. */
    void (*coming)(void *context, const char *key, int64_t bytes);
    /* A file that is neither, by its path below DIR/files. NULL: passed over. */
    void (*stray)(void *context, const char *path);
    void *context;
};
/* Each file once, in no order; what comes and goes meanwhile may be told or not. false: the folder
 * cannot be read. */
bool blob_store_walk(struct blob_store *store, const struct blob_walk *walk)
    __attribute__((warn_unused_result));

#endif
