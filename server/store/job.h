/* A piece of work for a thread of the store, and the bounded queue it waits in.
 *
 * Owns: a queue owns the jobs in it. Threads: put from any, take on the queue's threads. Never:
 * waits to put. */
#ifndef BEFFROI_STORE_JOB_H
#define BEFFROI_STORE_JOB_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

/* Embed as the first member. Ownership passes with the job: to the writer or pool at submit, to
 * `done` afterwards. */
struct job {
    struct job *next;
    /* Runs in the transaction of the writer, or in a read transaction (pool). false = undo what it
     * wrote. It may be called a second time, on the writer after all the first did to the database
     * was undone, on a pool with a deadline after the gate stopped it: it then begins anew. */
    bool (*run)(struct job *job, struct db *db);
    /* Set by the store: what the database said of its statements, or why its work was lost (the
     * commit failed, the disk is full). Unless ERR_NONE, nothing it did was kept, whatever `run`
     * returned. */
    enum err err;
};

/* Jobs in the order they came. */
struct job_list {
    struct job *first, **last; /* `last`: where the next one goes */
};
void job_list_init(struct job_list *list);
void job_list_add(struct job_list *list, struct job *job);
struct job *job_list_take(struct job_list *list); /* the first; NULL: none is left */

struct job_queue {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct job_list jobs;
    int length, max;
    bool stopping, woken;
};
void job_queue_init(struct job_queue *queue, int max);
void job_queue_finish(struct job_queue *queue);               /* empty by now */
bool job_queue_put(struct job_queue *queue, struct job *job); /* false: full or stopping */
/* Puts those of `jobs` in that there is room for, at once, and leaves it the others. */
void job_queue_put_all(struct job_queue *queue, struct job_list *jobs);
/* Waits for one job. NULL: stopping, and none is left. */
struct job *job_queue_take(struct job_queue *queue);
/* Takes all jobs, waiting up to `wait_ms` for a first one (-1: for ever). NULL: none came, woken,
 * or stopping and none is left. */
struct job *job_queue_take_all(struct job_queue *queue, int64_t wait_ms);
void job_queue_wake(struct job_queue *queue); /* ends one wait of job_queue_take_all() */
void job_queue_stop(struct job_queue *queue);
bool job_queue_stopping(struct job_queue *queue);
int job_queue_length(struct job_queue *queue);

/* Starts a thread that leaves every signal to the others. `name`: at most 15 bytes. Aborts where
 * the system has no thread left, which is at start only. */
void job_thread_start(pthread_t *thread, const char *name, void *(*main)(void *), void *context);

#endif
