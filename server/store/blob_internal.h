/* The inside of the store of contents, shared by its own files only.
 *
 * Owns: nothing. Threads: as store/blob.h says. Never: included elsewhere. */
#ifndef BEFFROI_STORE_BLOB_INTERNAL_H
#define BEFFROI_STORE_BLOB_INTERNAL_H

#include <pthread.h>

#include "store/blob.h"

#define BLOB_COMING "coming"
/* "ab/<64 digits>" or "coming/<key>", with room for the longest name of a file. */
#define BLOB_PATH_BYTES 300
#define BLOB_CHUNK      131072 /* bytes read at once */

struct held {
    unsigned char hash[BLOB_HASH_BYTES];
    int count;
};

struct blob_store {
    int folder; /* DIR/files; what is done in it is done by it, whatever DIR is called meanwhile */
    int coming;
    pthread_mutex_t lock;
    /* Under the lock. */
    struct held *held;
    size_t held_count, held_capacity;
};

/* "ab/ab12...", and "ab" where `folder_bytes` of it are taken. */
void blob_path(const unsigned char hash[BLOB_HASH_BYTES], char out[BLOB_PATH_BYTES]);
/* Makes `name` in the folder `at`, and sure that it is there; no harm if it was. */
bool blob_folder_make(int at, const char *name) __attribute__((warn_unused_result));

#endif
