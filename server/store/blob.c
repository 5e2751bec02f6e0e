#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/blob_internal.h"

#define KEY_MAX    100 /* bytes */
#define PUSH_BYTES 4194304

/* --- the folder ------------------------------------------------------------------------------- */

bool blob_folder_make(int at, const char *name)
{
    if (mkdirat(at, name, 0700) == 0) {
        return fsync(at) == 0;
    }
    return errno == EEXIST;
}

static int folder_open(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void refuse(const char *step)
{
    log_event(LOG_FILES, LOG_W("step", step), LOG_N("errno", errno));
}

/* Takes the folder over; NULL where it is none, or nothing can come to it and something should. The
 * folders in it are made sure of: one that was killed may have left them unsynced, and
 * blob_folder_make() does nothing about those that are there. */
static struct blob_store *store_of(int folder, bool to_read)
{
    struct blob_store *store = MEM_NEW(struct blob_store);
    store->folder = folder;
    store->coming = -1;
    pthread_mutex_init(&store->lock, NULL);
    if (folder >= 0 && !to_read && blob_folder_make(folder, BLOB_COMING) && fsync(folder) == 0) {
        store->coming = folder_open(folder, BLOB_COMING);
    }
    if (folder < 0 || (store->coming < 0 && !to_read)) {
        refuse("open");
        blob_store_close(store);
        return NULL;
    }
    return store;
}

struct blob_store *blob_store_open(const char *data_dir)
{
    int folder = -1;
    int dir = folder_open(AT_FDCWD, data_dir);
    if (dir >= 0 && blob_folder_make(dir, "files") && fsync(dir) == 0) {
        folder = folder_open(dir, "files");
    }
    blob_close(dir);
    return store_of(folder, false);
}

enum err blob_store_open_folder(const char *path, bool fresh, struct blob_store **out)
{
    *out = NULL;
    if (fresh && mkdir(path, 0700) != 0) {
        return errno == EEXIST ? ERR_EXISTS : ERR_READ_ONLY;
    }
    int folder = folder_open(AT_FDCWD, path);
    if (folder < 0 && errno == ENOENT) {
        return ERR_NOT_FOUND;
    }
    *out = store_of(folder, !fresh);
    return *out ? ERR_NONE : ERR_READ_ONLY;
}

void blob_store_close(struct blob_store *store)
{
    if (!store) {
        return;
    }
    if (store->coming >= 0) {
        close(store->coming);
    }
    if (store->folder >= 0) {
        close(store->folder);
    }
    pthread_mutex_destroy(&store->lock);
    free(store->held);
    free(store);
}

void blob_path(const unsigned char hash[BLOB_HASH_BYTES], char out[BLOB_PATH_BYTES])
{
    char digits[BLOB_HEX_BYTES];
    hex_encode(hash, BLOB_HASH_BYTES, digits);
    snprintf(out, BLOB_PATH_BYTES, "%.2s/%s", digits, digits);
}

/* --- who is held ------------------------------------------------------------------------------ */

/* Under the lock. */
static struct held *held_find(struct blob_store *store, const unsigned char *hash)
{
    for (size_t i = 0; i < store->held_count; i++) {
        if (memcmp(store->held[i].hash, hash, BLOB_HASH_BYTES) == 0) {
            return &store->held[i];
        }
    }
    return NULL;
}

static void hold(struct blob_store *store, const unsigned char *hash)
{
    pthread_mutex_lock(&store->lock);
    struct held *held = held_find(store, hash);
    if (!held) {
        if (store->held_count == store->held_capacity) {
            store->held_capacity = store->held_capacity ? 2 * store->held_capacity : 8;
            store->held =
                mem_resize(store->held, mem_size(store->held_capacity, sizeof *store->held, 0));
        }
        held = &store->held[store->held_count++];
        memcpy(held->hash, hash, BLOB_HASH_BYTES);
        held->count = 0;
    }
    held->count++;
    pthread_mutex_unlock(&store->lock);
}

void blob_release(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES])
{
    pthread_mutex_lock(&store->lock);
    struct held *held = held_find(store, hash);
    if (held && --held->count == 0) {
        *held = store->held[--store->held_count];
    }
    pthread_mutex_unlock(&store->lock);
}

/* --- coming in -------------------------------------------------------------------------------- */

struct blob_writer {
    struct blob_store *store;
    EVP_MD_CTX *digest;
    int64_t size, hashed; /* hashed: of its first bytes; the others are read again at the end */
    int64_t pushed;       /* bytes whose way to the disk has begun, */
    int64_t safe;         /* and those that a sync has made sure */
    int fd;
    bool from_start;    /* nothing had come before it was opened */
    bool broken, named; /* named: its entry in `coming` is sure to be there */
    char key[];
};

static bool key_is_safe(const char *key)
{
    static const char letters[] =
        ".-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t length = strspn(key, letters);
    return length > 0 && length <= KEY_MAX && key[length] == '\0' && key[0] != '.';
}

/* OpenSSL fails only without SHA-256 or memory: nothing could be stored by its content then. */
static void digest_begin(EVP_MD_CTX *digest)
{
    if (EVP_DigestInit_ex(digest, EVP_sha256(), NULL) != 1) {
        abort();
    }
}

static void digest_add(EVP_MD_CTX *digest, const void *data, size_t bytes)
{
    if (EVP_DigestUpdate(digest, data, bytes) != 1) {
        abort();
    }
}

static void digest_end(EVP_MD_CTX *digest, unsigned char hash_out[BLOB_HASH_BYTES])
{
    if (EVP_DigestFinal_ex(digest, hash_out, NULL) != 1) {
        abort();
    }
}

static struct blob_writer *writer_create(struct blob_store *store, const char *key, int fd)
{
    struct blob_writer *writer = mem_alloc(sizeof *writer + strlen(key) + 1);
    writer->store = store;
    writer->fd = fd;
    memcpy(writer->key, key, strlen(key) + 1);
    writer->digest = EVP_MD_CTX_new();
    if (!writer->digest) {
        abort();
    }
    digest_begin(writer->digest);
    return writer;
}

enum err blob_writer_open(struct blob_store *store, const char *key, int64_t offset,
                          struct blob_writer **out)
{
    struct stat stat = {0};
    *out = NULL;
    if (!key_is_safe(key)) {
        return ERR_NOT_FOUND;
    }
    int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (offset == 0 ? O_CREAT : 0);
    int fd = openat(store->coming, key, flags, 0600);
    if (fd < 0) {
        if (errno == ENOENT) {
            return ERR_CONFLICT;
        }
        refuse("create");
        return ERR_READ_ONLY;
    }
    bool known = fstat(fd, &stat) == 0;
    if (known && stat.st_size < offset) {
        close(fd);
        return ERR_CONFLICT;
    }
    if (!known || ftruncate(fd, offset) != 0) {
        close(fd);
        refuse("resume");
        return ERR_READ_ONLY;
    }
    *out = writer_create(store, key, fd);
    (*out)->size = (*out)->pushed = (*out)->safe = offset;
    (*out)->from_start = offset == 0;
    return ERR_NONE;
}

static bool write_all(int fd, const char *data, size_t bytes, int64_t offset)
{
    while (bytes > 0) {
        ssize_t written = pwrite(fd, data, bytes, (off_t)offset);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        data += written;
        bytes -= (size_t)written;
        offset += written;
    }
    return true;
}

/* The disk works while more comes in: a sync finds little left to do. What this cannot do, the sync
 * does. */
static void push(struct blob_writer *writer)
{
    int64_t bytes = writer->size - writer->pushed;
    if (bytes >= PUSH_BYTES) {
        sync_file_range(writer->fd, (off_t)writer->pushed, (off_t)bytes, SYNC_FILE_RANGE_WRITE);
        writer->pushed = writer->size;
    }
}

/* A full disk would otherwise stay full of what nobody was told is kept, and the database could not
 * even note that it is dropped. */
static void make_room(struct blob_writer *writer)
{
    if (ftruncate(writer->fd, (off_t)writer->safe) == 0) {
        writer->size = writer->safe;
    }
}

enum err blob_writer_add(struct blob_writer *writer, const void *data, size_t bytes)
{
    if (writer->broken) {
        return ERR_READ_ONLY;
    }
    if (!write_all(writer->fd, data, bytes, writer->size)) {
        refuse("write");
        make_room(writer);
        return ERR_READ_ONLY;
    }
    writer->size += (int64_t)bytes;
    push(writer);
    return ERR_NONE;
}

void blob_writer_hash(struct blob_writer *writer, const void *data, size_t bytes)
{
    if (writer->from_start) {
        digest_add(writer->digest, data, bytes);
        writer->hashed += (int64_t)bytes;
    }
}

/* What the kernel keeps of a file after a failed sync is unknown, what was safe before included: a
 * page may hold some of both. It begins anew. */
static enum err break_off(struct blob_writer *writer, const char *step)
{
    refuse(step);
    writer->broken = true;
    unlinkat(writer->store->coming, writer->key, 0);
    return ERR_READ_ONLY;
}

enum err blob_writer_sync(struct blob_writer *writer, int64_t *received_out)
{
    *received_out = 0;
    if (writer->broken) {
        return ERR_READ_ONLY;
    }
    if (fdatasync(writer->fd) != 0 || (!writer->named && fsync(writer->store->coming) != 0)) {
        return break_off(writer, "sync");
    }
    writer->named = true;
    *received_out = writer->safe = writer->size;
    return ERR_NONE;
}

int blob_writer_fd(const struct blob_writer *writer)
{
    return writer->fd;
}

/* From `offset` to the end. */
static bool digest_rest(EVP_MD_CTX *digest, int fd, int64_t *offset)
{
    char *chunk = mem_alloc(BLOB_CHUNK);
    ssize_t got = 0;
    while ((got = pread(fd, chunk, BLOB_CHUNK, (off_t)*offset)) > 0 ||
           (got < 0 && errno == EINTR)) {
        if (got > 0) {
            digest_add(digest, chunk, (size_t)got);
            *offset += got;
        }
    }
    free(chunk);
    return got == 0;
}

bool blob_hash_fd(int fd, unsigned char hash_out[BLOB_HASH_BYTES], int64_t *bytes_out)
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    if (!digest) {
        abort();
    }
    digest_begin(digest);
    *bytes_out = 0;
    bool read = digest_rest(digest, fd, bytes_out);
    digest_end(digest, hash_out);
    EVP_MD_CTX_free(digest);
    return read;
}

/* It is always our own bytes that go there, in the place of those of an equal content: so it does
 * not matter whether another is being removed. */
static bool put_in_place(struct blob_writer *writer, const unsigned char *hash)
{
    struct blob_store *store = writer->store;
    char path[BLOB_PATH_BYTES];
    char folder[3];
    blob_path(hash, path);
    memcpy(folder, path, 2);
    folder[2] = '\0';
    if (!blob_folder_make(store->folder, folder)) {
        return false;
    }
    int at = folder_open(store->folder, folder);
    bool done =
        at >= 0 && renameat(store->coming, writer->key, store->folder, path) == 0 && fsync(at) == 0;
    if (at >= 0) {
        close(at);
    }
    return done;
}

enum err blob_writer_keep(struct blob_writer *writer, unsigned char hash_out[BLOB_HASH_BYTES],
                          int64_t *bytes_out)
{
    if (writer->broken) {
        return ERR_READ_ONLY;
    }
    if (fdatasync(writer->fd) != 0) {
        return break_off(writer, "sync");
    }
    if (!digest_rest(writer->digest, writer->fd, &writer->hashed)) {
        return break_off(writer, "read");
    }
    digest_end(writer->digest, hash_out);
    *bytes_out = writer->hashed;
    hold(writer->store, hash_out);
    writer->broken = true; /* nothing more may come */
    if (!put_in_place(writer, hash_out)) {
        refuse("place");
        blob_release(writer->store, hash_out);
        return ERR_READ_ONLY;
    }
    return ERR_NONE;
}

void blob_writer_close(struct blob_writer *writer)
{
    if (!writer) {
        return;
    }
    EVP_MD_CTX_free(writer->digest);
    close(writer->fd);
    free(writer);
}

void blob_discard(struct blob_store *store, const char *key)
{
    if (key_is_safe(key)) {
        unlinkat(store->coming, key, 0);
    }
}

/* --- going out and leaving -------------------------------------------------------------------- */

int blob_open(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES])
{
    char path[BLOB_PATH_BYTES];
    blob_path(hash, path);
    return openat(store->folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

void blob_close(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

bool blob_is_there(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES])
{
    char path[BLOB_PATH_BYTES];
    blob_path(hash, path);
    return faccessat(store->folder, path, F_OK, 0) == 0;
}

int64_t blob_coming_bytes(struct blob_store *store, const char *key)
{
    struct stat stat;
    bool known = key_is_safe(key) && fstatat(store->coming, key, &stat, AT_SYMLINK_NOFOLLOW) == 0;
    return known ? stat.st_size : -1;
}

/* A lock belongs to an open file description: each taker needs one of its own. */
static int lock_folder(struct blob_store *store, int how)
{
    int fd = folder_open(store->folder, ".");
    if (fd >= 0 && flock(fd, how) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int blob_store_keep(struct blob_store *store)
{
    return lock_folder(store, LOCK_SH);
}

void blob_store_unkeep(int kept)
{
    if (kept >= 0) {
        close(kept);
    }
}

bool blob_remove(struct blob_store *store, const unsigned char hash[BLOB_HASH_BYTES],
                 const struct blob_names *names)
{
    char path[BLOB_PATH_BYTES];
    blob_path(hash, path);
    int lock = lock_folder(store, LOCK_EX | LOCK_NB);
    if (lock < 0) {
        return false;
    }
    pthread_mutex_lock(&store->lock);
    bool gone = true;
    if (!held_find(store, hash) && !names->is_named(names->context, hash)) {
        gone = unlinkat(store->folder, path, 0) == 0 || errno == ENOENT;
    }
    pthread_mutex_unlock(&store->lock);
    close(lock);
    return gone;
}
