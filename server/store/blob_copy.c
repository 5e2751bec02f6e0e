/* Contents copied from one store to another, and a store taken away: what backups are made of. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/blob_internal.h"
#include "store/blob_rows.h"

/* Reads all of `fd` into it. */
static enum err pour(int fd, struct blob_writer *writer)
{
    char *chunk = mem_alloc(BLOB_CHUNK);
    enum err err = ERR_NONE;
    ssize_t got = 0;
    while (!err && (got = read(fd, chunk, BLOB_CHUNK)) != 0) {
        if (got > 0) {
            err = blob_writer_add(writer, chunk, (size_t)got);
        } else if (errno != EINTR) {
            err = ERR_CONFLICT;
        }
    }
    free(chunk);
    return err;
}

static enum err copy_fd(int fd, struct blob_store *target, const unsigned char *hash)
{
    unsigned char read_hash[BLOB_HASH_BYTES];
    char key[BLOB_HEX_BYTES];
    struct blob_writer *writer = NULL;
    int64_t bytes = 0;
    hex_encode(hash, BLOB_HASH_BYTES, key);
    enum err err = blob_writer_open(target, key, 0, &writer);
    err = err ? err : pour(fd, writer);
    err = err ? err : blob_writer_keep(writer, read_hash, &bytes);
    blob_writer_close(writer);
    if (err) {
        blob_discard(target, key);
        return err;
    }
    blob_release(target, read_hash);
    return memcmp(read_hash, hash, BLOB_HASH_BYTES) == 0 ? ERR_NONE : ERR_CONFLICT;
}

enum err blob_copy(struct blob_store *source, struct blob_store *target,
                   const unsigned char hash[BLOB_HASH_BYTES])
{
    int fd = blob_open(source, hash);
    if (fd < 0) {
        return ERR_CONFLICT;
    }
    enum err err = copy_fd(fd, target, hash);
    blob_close(fd);
    return err;
}

/* Is it there, and what its name says? */
static bool is_whole(struct blob_store *store, const unsigned char *hash)
{
    unsigned char read_hash[BLOB_HASH_BYTES];
    int64_t bytes = 0;
    int fd = blob_open(store, hash);
    bool whole = fd >= 0 && blob_hash_fd(fd, read_hash, &bytes) &&
                 memcmp(read_hash, hash, sizeof read_hash) == 0;
    blob_close(fd);
    return whole;
}

SQL(all_hashes, "SELECT hash FROM blob ORDER BY id");

enum err blob_copy_all(struct db *db, struct blob_store *source, struct blob_store *target)
{
    enum err err = ERR_NONE;
    size_t bytes = 0;
    struct rows rows = db_select(db, &all_hashes);
    while (!err && rows_next(&rows)) {
        const unsigned char *hash = rows_blob(&rows, 0, &bytes);
        if (bytes != BLOB_HASH_BYTES) {
            err = ERR_CONFLICT;
        } else if (!is_whole(target, hash)) {
            err = source ? blob_copy(source, target, hash) : ERR_CONFLICT;
        }
    }
    rows_end(&rows);
    return err ? err : db_error(db);
}

/* --- taking a store away ---------------------------------------------------------------------- */

void blob_store_settle(struct blob_store *store)
{
    unlinkat(store->folder, BLOB_COMING, AT_REMOVEDIR);
}

static void unlink_content(void *context, const unsigned char *hash, int64_t bytes)
{
    const struct blob_store *store = context;
    char path[BLOB_PATH_BYTES];
    (void)bytes;
    blob_path(hash, path);
    unlinkat(store->folder, path, 0);
}

static void unlink_coming(void *context, const char *key, int64_t bytes)
{
    (void)bytes;
    blob_discard(context, key);
}

void blob_store_remove(struct blob_store *store, const char *path)
{
    char folder[3];
    struct blob_walk walk = {unlink_content, unlink_coming, NULL, store};
    if (blob_store_walk(store, &walk)) {
        for (unsigned i = 0; i < 256; i++) {
            snprintf(folder, sizeof folder, "%02x", i & 0xFF);
            unlinkat(store->folder, folder, AT_REMOVEDIR);
        }
        blob_store_settle(store);
        rmdir(path);
    }
}
