/* The one thread that writes. Jobs that queued while the last commit ran share the next transaction
 * (group commit): BEGIN IMMEDIATE, the jobs, COMMIT with its one fsync; only then are they done.
 * Should one fail after it wrote, all is rolled back and run again with a savepoint each.
 *
 * Owns: the writing connection, the queue. Threads: submit from any, hooks run on the writer's.
 * Never: answers anybody before the commit; retries a failed fsync. */
#ifndef BEFFROI_STORE_WRITER_H
#define BEFFROI_STORE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/job.h"

/* `next_due`, `due` and `mode` may be NULL. */
struct writer_hooks {
    void *context;
    /* After COMMIT (or its failure, jobs then bear `err`): the batch, in order. Takes ownership. */
    void (*done)(void *context, struct job *batch);
    /* Next instant (wall ms) at which `due` wants to run; INT64_MAX for none. After each batch. */
    int64_t (*next_due)(void *context, struct db *db);
    /* A job to run for what is due now, or NULL. Called until NULL, inside the transaction, each
     * job being run before the next is asked for. A job that fails ends the round; the next one
     * comes some seconds later, so it had better put its own row off. */
    struct job *(*due)(void *context, struct db *db, int64_t now_ms);
    /* writer_read_only() is another than it was. */
    void (*mode)(void *context);
    struct gate *gate; /* of the readers of this database; NULL: the log is not bounded */
};

struct writer;
/* Takes the connection, migrated. Starts the thread. */
struct writer *writer_start(struct db *db, const struct writer_hooks *hooks);
/* false = the queue is full or the writer stops: the job stays the caller's. */
bool writer_submit(struct writer *writer, struct job *job);
/* The same for several, which share a transaction. What is left in `jobs` stays the caller's. */
void writer_submit_all(struct writer *writer, struct job_list *jobs);
/* Runs what is queued, checkpoints, closes the connection, joins. NULL is fine. */
void writer_stop(struct writer *writer);

/* Asks for a clean-up when there is nothing else to do: the full-text index is merged whole, so
 * that no deleted word is left in it, then all is copied into the database file and the WAL
 * emptied. Any thread, hooks included. `scrubs` counts those that are done. */
void writer_scrub(struct writer *writer);

/* The disk is full or fails: whatever is submitted is refused. Any thread. */
bool writer_read_only(const struct writer *writer);

struct writer_counters {
    int64_t batches, reruns, jobs, commits_failed, checkpoints, renewals, scrubs, queue_length;
    bool read_only;
};
void writer_counters(struct writer *writer, struct writer_counters *out);

#endif
