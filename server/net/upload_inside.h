/* One upload under way, from the first look at its file to the last work for it.
 *
 * upload.c speaks tus, upload_flow.c takes the bytes in, upload_finish.c makes a file of them.
 *
 * Owns: its halves, its writer. Threads: the loop's, but for what a job on the pool is using:
 * nothing of it is touched while `working`. Never: included elsewhere. */
#ifndef BEFFROI_NET_UPLOAD_INSIDE_H
#define BEFFROI_NET_UPLOAD_INSIDE_H

#include "club/file.h"
#include "net/exchange.h"
#include "net/upload.h"
#include "store/blob.h"

/* A content that is in its place, held until its row is committed. */
struct upload_content {
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t bytes;
    const char *type; /* constant */
    int width, height;
};

struct upload {
    struct net *net;
    struct exchange *exchange; /* NULL: its connection is gone, or was answered */
    struct upload *next, *previous;
    char key[FILE_KEY_CHARS + 1];
    int64_t file; /* its row */
    char *name;
    struct credential credential;
    int64_t bytes;  /* of the whole file */
    int64_t offset; /* taken in, memory included */
    int64_t safe;   /* synced */
    int64_t noted;  /* in the file's row */
    struct blob_writer *writer;

    char *filling, *writing; /* halves */
    size_t filled, to_write;
    int64_t unsynced, synced_us; /* bytes; when it was synced last */

    bool locked;  /* nobody else may bring this file */
    bool working; /* a job is on the pool */
    bool asking;  /* a command is on its way */
    bool held;    /* its socket is not read */
    bool ended;   /* the body is whole */
    bool stopping;
    bool waiting; /* to be finished: others are at it */
    enum err err;

    int64_t taken_us;                 /* when its last piece came, or its socket was read again */
    int64_t window_us, window_offset; /* where the present measure of its rate began */

    uv_work_t work, hashing;
    int jobs;                            /* of those two that run */
    void (*job)(struct upload *upload);  /* on the pool */
    void (*then)(struct upload *upload); /* on the loop */
    /* The outcome of a command; `out` is NULL where there was none. */
    void (*called)(struct upload *upload, enum err err, const void *out);

    struct upload_content content, thumbnail;
    bool has_thumbnail, is_kept;
};

/* --- upload_flow.c --- */
struct upload *upload_begin(struct exchange *exchange, const char *key);
/* Frees it, its writer closed before on the pool. Its exchange was answered, or is gone. */
void upload_end(struct upload *upload);
/* The file is known, and ours to bring: opens what there is of it and takes the body. */
void upload_open(struct upload *upload);
/* Does what is next. */
void upload_go_on(struct upload *upload);
/* Runs `job` on the pool, then `then` on the loop. */
void upload_run(struct upload *upload, void (*job)(struct upload *), void (*then)(struct upload *));
/* A command with these JSON parameters, as the system or, where `credential` is given, as who
 * brings the file; then `called`. */
void upload_call(struct upload *upload, const char *command, const struct buf *params,
                 const struct credential *credential,
                 void (*called)(struct upload *upload, enum err err, const void *out));
/* Answers (if anybody still waits) and ends it. */
void upload_answer(struct upload *upload, enum err err);

/* --- upload.c --- */
/* 204 with how far it is. */
void upload_answer_taken(struct exchange *exchange, int64_t offset);
void upload_answer_refused(struct exchange *exchange, enum err err, int64_t offset);

/* --- upload_finish.c --- */
void upload_finish(struct upload *upload);

#endif
