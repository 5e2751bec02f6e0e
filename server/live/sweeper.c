#include "live/sweeper.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "live/engine.h"
#include "store/blob_rows.h"
#include "store/job.h"

#define AGAIN_MS 30000 /* what could not leave is tried again after this time */
#define AT_ONCE  64    /* contents of one look at the database */

struct sweeper {
    struct live *live;
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool rung; /* under the lock */
    atomic_bool stopping;
};

/* Its outcome need not be known: a row that stays is met again, and what is gone stays gone. */
static void forget(struct sweeper *sweeper, const unsigned char *hash)
{
    static const struct credential system = {.kind = CREDENTIAL_OPERATOR};
    char digits[BLOB_HEX_BYTES];
    struct buf params;
    hex_encode(hash, BLOB_HASH_BYTES, digits);
    buf_init(&params);
    buf_printf(&params, "{\"hash\":\"%s\"}", digits);
    live_call(sweeper->live, &system, "blob.forget", &params, NULL, NULL);
    buf_finish(&params);
}

static void sweep(struct sweeper *sweeper)
{
    unsigned char hashes[AT_ONCE][BLOB_HASH_BYTES];
    unsigned char last[BLOB_HASH_BYTES];
    struct blob_store *store = sweeper->live->config.blobs;
    struct blob_names names = blob_named_by(sweeper->db);
    size_t count = blob_leaving(sweeper->db, NULL, hashes, AT_ONCE);
    while (count > 0 && !atomic_load(&sweeper->stopping)) {
        for (size_t i = 0; i < count; i++) {
            if (blob_remove(store, hashes[i], &names)) {
                forget(sweeper, hashes[i]);
            }
        }
        memcpy(last, hashes[count - 1], sizeof last);
        count = blob_leaving(sweeper->db, last, hashes, AT_ONCE);
    }
    blob_sweep_coming(sweeper->db, store);
}

/* Until it is rung or stopped, or it is time to try again. */
static void pause_for(struct sweeper *sweeper, int64_t wait_ms)
{
    int64_t until_us = clock_mono_us() + wait_ms * 1000;
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000 * 1000)};
    int code = 0;
    pthread_mutex_lock(&sweeper->lock);
    while (!sweeper->rung && !atomic_load(&sweeper->stopping) && code == 0) {
        code = pthread_cond_timedwait(&sweeper->changed, &sweeper->lock, &until);
    }
    sweeper->rung = false;
    pthread_mutex_unlock(&sweeper->lock);
}

static void *work(void *context)
{
    struct sweeper *sweeper = context;
    while (!atomic_load(&sweeper->stopping)) {
        sweep(sweeper);
        pause_for(sweeper, AGAIN_MS);
    }
    return NULL;
}

static void destroy(struct sweeper *sweeper)
{
    db_close(sweeper->db);
    pthread_cond_destroy(&sweeper->changed);
    pthread_mutex_destroy(&sweeper->lock);
    free(sweeper);
}

struct sweeper *sweeper_start(struct live *live)
{
    struct sweeper *sweeper = MEM_NEW(struct sweeper);
    pthread_condattr_t monotonic;
    sweeper->live = live;
    pthread_mutex_init(&sweeper->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&sweeper->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sweeper->db = db_open(live->database_path, DB_READER);
    if (!sweeper->db) {
        destroy(sweeper);
        return NULL;
    }
    job_thread_start(&sweeper->thread, "sweeper", work, sweeper);
    return sweeper;
}

void sweeper_ring(struct sweeper *sweeper)
{
    if (!sweeper) {
        return;
    }
    pthread_mutex_lock(&sweeper->lock);
    sweeper->rung = true;
    pthread_cond_broadcast(&sweeper->changed);
    pthread_mutex_unlock(&sweeper->lock);
}

void sweeper_stop(struct sweeper *sweeper)
{
    if (!sweeper) {
        return;
    }
    atomic_store(&sweeper->stopping, true);
    sweeper_ring(sweeper);
    pthread_join(sweeper->thread, NULL);
    destroy(sweeper);
}
