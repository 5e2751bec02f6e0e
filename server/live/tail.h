/* What a tail is made of: a thread with a reading connection of its own, which is rung when there
 * may be something to do, waits, and keeps each outcome by a command before it goes on.
 *
 * Owns: its thread and connection. Threads: tail_ring() and tail_stop() from any; tail_pause() and
 * tail_keep() are its own thread's. Never: stops the writer. */
#ifndef BEFFROI_LIVE_TAIL_H
#define BEFFROI_LIVE_TAIL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct live;
struct db;
struct sql;

/* What waits for a tail, as of its last look. */
struct tail_load {
    int64_t waiting;   /* things */
    int64_t oldest_ms; /* wall ms since when the first does; 0: none, or not known */
};

struct tail {
    struct live *live;
    struct db *db; /* reads only */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_bool stopping;
    /* Under the lock. */
    bool rung, answered;
    enum err outcome;
    struct tail_load load;
};

/* For a zeroed tail. false: it has no connection, said in the log; to be finished all the same. */
bool tail_init(struct tail *tail, struct live *live) __attribute__((warn_unused_result));
/* Runs `work(context)`, which returns once tail->stopping is set. */
void tail_start(struct tail *tail, const char *name, void *(*work)(void *context), void *context);
/* There may be something to do. */
void tail_ring(struct tail *tail);
/* Until it is rung or stopped, or `wait_ms` have passed. */
void tail_pause(struct tail *tail, int64_t wait_ms);
/* Takes note of what waits: `sql` gives a count, and the instant of the oldest or NULL. */
void tail_look(struct tail *tail, const struct sql *sql);
struct tail_load tail_load(struct tail *tail); /* any thread */
/* Runs a command of the system's and waits for its commit, however long the disk is full or the
 * writer busy. ERR_BUSY: the server stops before that is known. */
enum err tail_keep(struct tail *tail, const char *command, const struct buf *params);
/* Tells it to end, and waits until it has. */
void tail_stop(struct tail *tail);
/* Once the last answers were taken in. */
void tail_finish(struct tail *tail);

#endif
