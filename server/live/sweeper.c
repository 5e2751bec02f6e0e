#include "live/sweeper.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "live/engine.h"
#include "live/tail.h"
#include "store/blob_rows.h"

#define AGAIN_MS 30000 /* what could not leave is tried again after this time */
#define AT_ONCE  64    /* contents of one look at the database */

struct sweeper {
    struct tail tail;
};

/* Its outcome need not be known: a row that stays is met again, and what is gone stays gone. */
static void forget(struct sweeper *sweeper, const struct blob_leaving *gone)
{
    char digits[BLOB_HEX_BYTES];
    struct buf params;
    hex_encode(gone->hash, BLOB_HASH_BYTES, digits);
    buf_init(&params);
    buf_printf(&params, "{\"hash\":\"%s\",\"at\":%lld}", digits, (long long)gone->at_ms);
    (void)tail_keep(&sweeper->tail, "blob.forget", &params);
    buf_finish(&params);
}

static void sweep(struct sweeper *sweeper)
{
    struct blob_leaving leaving[AT_ONCE];
    unsigned char last[BLOB_HASH_BYTES];
    struct blob_store *store = sweeper->tail.live->config.blobs;
    struct blob_names names = blob_named_by(sweeper->tail.db);
    size_t count = blob_leaving(sweeper->tail.db, NULL, leaving, AT_ONCE);
    while (count > 0 && !atomic_load(&sweeper->tail.stopping)) {
        for (size_t i = 0; i < count; i++) {
            if (blob_remove(store, leaving[i].hash, &names)) {
                forget(sweeper, &leaving[i]);
            }
        }
        memcpy(last, leaving[count - 1].hash, sizeof last);
        count = blob_leaving(sweeper->tail.db, last, leaving, AT_ONCE);
    }
    blob_sweep_coming(sweeper->tail.db, store);
}

static void *work(void *context)
{
    struct sweeper *sweeper = context;
    while (!atomic_load(&sweeper->tail.stopping)) {
        sweep(sweeper);
        tail_pause(&sweeper->tail, AGAIN_MS);
    }
    return NULL;
}

struct sweeper *sweeper_start(struct live *live)
{
    struct sweeper *sweeper = MEM_NEW(struct sweeper);
    if (!tail_init(&sweeper->tail, live)) {
        sweeper_destroy(sweeper);
        return NULL;
    }
    tail_start(&sweeper->tail, "sweeper", work, sweeper);
    return sweeper;
}

void sweeper_ring(struct sweeper *sweeper)
{
    if (sweeper) {
        tail_ring(&sweeper->tail);
    }
}

void sweeper_stop(struct sweeper *sweeper)
{
    if (sweeper) {
        tail_stop(&sweeper->tail);
    }
}

void sweeper_destroy(struct sweeper *sweeper)
{
    if (sweeper) {
        tail_finish(&sweeper->tail);
        free(sweeper);
    }
}
