/* Threads that read: each with its own read-only connection; one bounded queue.
 *
 * A job reads one snapshot. One that has read what it needs before something slow (a hash, a mail)
 * ends it with db_rollback(), for a snapshot held keeps the WAL from being emptied.
 *
 * Two pools of this kind run: readers (queries, under a deadline) and workers (password hashes,
 * mail, tails: low priority). Threads: submit from any; `done` runs on the pool's thread. */
#ifndef BEFFROI_STORE_POOL_H
#define BEFFROI_STORE_POOL_H

#include "store/job.h"

struct pool_config {
    const char *path; /* database */
    const char *name; /* thread name, at most 15 bytes */
    int threads;
    int queue_max;       /* jobs waiting */
    int64_t deadline_ms; /* per job's reads; 0 = none */
    bool background;     /* lowered priority */
    struct gate *gate;   /* of the readers of this database; NULL: none */
    void *context;
    void (*done)(void *context, struct job *job); /* takes ownership */
};
struct pool;
struct pool *
pool_start(const struct pool_config *config);         /* NULL if a connection cannot be opened */
bool pool_submit(struct pool *pool, struct job *job); /* false: full or stopping */
void pool_stop(struct pool *pool);                    /* runs what is queued, joins; NULL is fine */
int pool_queue_length(struct pool *pool);

#endif
