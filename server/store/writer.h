/* The one thread that writes. Jobs that queued while the last commit ran share the next transaction
 * (group commit): BEGIN IMMEDIATE, a savepoint each, COMMIT with its one fsync; only then are they done.
 *
 * Owns: the writing connection, the queue. Threads: submit from any, hooks run on the writer's. Never:
 * answers anybody before the commit; retries a failed fsync. */
#ifndef BEFFROI_STORE_WRITER_H
#define BEFFROI_STORE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

/* Embed as the first member. Ownership passes with the job: to the writer or pool at submit, to
 * `done` afterwards. */
struct job {
    struct job *next;
    /* Runs inside the savepoint (writer) or a read transaction (pool). false = undo what it wrote. */
    bool (*run)(struct job *job, struct db *db);
    enum err err; /* set by the store when the work was lost (commit failed, stopping) */
};

struct writer_hooks {
    void *context;
    /* After COMMIT (or its failure, jobs then bear `err`): the batch, in order. Takes ownership. */
    void (*done)(void *context, struct job *batch);
    /* Next instant (wall ms) at which `due` wants to run; INT64_MAX for none. After each batch. */
    int64_t (*next_due)(void *context, struct db *db);
    /* A job to run for what is due now, or NULL. Called until NULL. */
    struct job *(*due)(void *context, struct db *db, int64_t now_ms);
};

struct writer;
/* Takes the connection. Starts the thread. */
struct writer *writer_start(struct db *db, const struct writer_hooks *hooks);
/* false = the queue is full or the writer stops: the job stays the caller's. */
bool writer_submit(struct writer *writer, struct job *job);
/* Runs what is queued, checkpoints, closes the connection, joins. NULL is fine. */
void writer_stop(struct writer *writer);

struct writer_counters {
    int64_t batches, jobs, commits_failed, checkpoints, queue_length;
    bool read_only;
};
void writer_counters(const struct writer *writer, struct writer_counters *out);

#endif
