#include "live/tail.h"

#include <time.h>

#include "base/clock.h"
#include "live/engine.h"
#include "store/db.h"
#include "store/job.h"

#define AGAIN_MS 1000 /* between two tries to keep an outcome */

bool tail_init(struct tail *tail, struct live *live)
{
    pthread_condattr_t monotonic;
    tail->live = live;
    pthread_mutex_init(&tail->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&tail->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    tail->db = db_open(live->database_path, DB_READER);
    if (tail->db) {
        db_set_gate(tail->db, &live->gate);
    }
    return tail->db != NULL;
}

void tail_start(struct tail *tail, const char *name, void *(*work)(void *context), void *context)
{
    job_thread_start(&tail->thread, name, work, context);
}

void tail_ring(struct tail *tail)
{
    pthread_mutex_lock(&tail->lock);
    tail->rung = true;
    pthread_cond_broadcast(&tail->changed);
    pthread_mutex_unlock(&tail->lock);
}

/* Until `reason` is true, it is stopped, or `wait_ms` have passed. With the lock. */
static void wait_for(struct tail *tail, const bool *reason, int64_t wait_ms)
{
    int64_t until_us = clock_mono_us() + wait_ms * 1000;
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000 * 1000)};
    int code = 0;
    while (!*reason && !atomic_load(&tail->stopping) && code == 0) {
        code = pthread_cond_timedwait(&tail->changed, &tail->lock, &until);
    }
}

void tail_pause(struct tail *tail, int64_t wait_ms)
{
    pthread_mutex_lock(&tail->lock);
    wait_for(tail, &tail->rung, wait_ms);
    tail->rung = false;
    pthread_mutex_unlock(&tail->lock);
}

void tail_look(struct tail *tail, const struct sql *sql)
{
    struct rows rows = db_select(tail->db, sql);
    if (rows_next(&rows)) {
        pthread_mutex_lock(&tail->lock);
        tail->load = (struct tail_load){rows_int(&rows, 0), rows_int(&rows, 1)};
        pthread_mutex_unlock(&tail->lock);
        rows_end(&rows);
    }
}

struct tail_load tail_load(struct tail *tail)
{
    pthread_mutex_lock(&tail->lock);
    struct tail_load load = tail->load;
    pthread_mutex_unlock(&tail->lock);
    return load;
}

/* Whoever rings meanwhile is heard by the next tail_pause(). */
static void wait_to_try_again(struct tail *tail)
{
    static const bool never = false;
    pthread_mutex_lock(&tail->lock);
    wait_for(tail, &never, AGAIN_MS);
    pthread_mutex_unlock(&tail->lock);
}

/* On the loop: the outcome is in the database, or could not be written (or the server stops). */
static void recorded(struct request *request)
{
    struct tail *tail = request->owner;
    pthread_mutex_lock(&tail->lock);
    tail->answered = true;
    tail->outcome = request->err;
    pthread_cond_broadcast(&tail->changed);
    pthread_mutex_unlock(&tail->lock);
}

static enum err record(struct tail *tail, const char *command, const struct buf *params)
{
    static const struct credential system = {.kind = CREDENTIAL_OPERATOR};
    pthread_mutex_lock(&tail->lock);
    tail->answered = false;
    pthread_mutex_unlock(&tail->lock);
    live_call(tail->live, &system, command, params, recorded, tail);
    pthread_mutex_lock(&tail->lock);
    while (!tail->answered && !atomic_load(&tail->stopping)) {
        pthread_cond_wait(&tail->changed, &tail->lock);
    }
    enum err outcome = tail->answered ? tail->outcome : ERR_BUSY;
    pthread_mutex_unlock(&tail->lock);
    return outcome;
}

enum err tail_keep(struct tail *tail, const char *command, const struct buf *params)
{
    enum err err = record(tail, command, params);
    while ((err == ERR_BUSY || err == ERR_READ_ONLY) && !atomic_load(&tail->stopping)) {
        wait_to_try_again(tail);
        err = record(tail, command, params);
    }
    return err;
}

void tail_stop(struct tail *tail)
{
    atomic_store(&tail->stopping, true);
    tail_ring(tail);
    pthread_join(tail->thread, NULL);
}

void tail_finish(struct tail *tail)
{
    db_close(tail->db);
    pthread_cond_destroy(&tail->changed);
    pthread_mutex_destroy(&tail->lock);
}
