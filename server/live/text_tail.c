#include "live/text_tail.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "helper/helper.h"
#include "live/engine.h"
#include "store/blob.h"
#include "store/job.h"
#include "wire/json.h"

#define IDLE_MS     60000 /* looks again at least this often */
#define RETRY_MS    1000  /* after the helper was gone, or the writer busy */
#define PIECE_BYTES 262144

struct text_tail {
    struct live *live;
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock. */
    bool rung, answered;
    enum err outcome;
    atomic_bool stopping;
};

/* A content that waits, and what was found in it. */
struct reading {
    int64_t blob;
    unsigned char hash[BLOB_HASH_BYTES];
    const char *type;
    struct arena arena;
    enum text_unit unit;
    struct {
        struct text_page *items;
        size_t count, capacity;
    } pages;
};

/* --- waiting ---------------------------------------------------------------------------------- */

/* Until it is rung, or stopped, or `wait_ms` have passed. */
static void pause_for(struct text_tail *tail, int64_t wait_ms)
{
    int64_t until_us = clock_mono_us() + wait_ms * 1000;
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000 * 1000)};
    int code = 0;
    pthread_mutex_lock(&tail->lock);
    while (!tail->rung && !atomic_load(&tail->stopping) && code == 0) {
        code = pthread_cond_timedwait(&tail->changed, &tail->lock, &until);
    }
    tail->rung = false;
    pthread_mutex_unlock(&tail->lock);
}

/* On the loop: a piece is committed, or could not be. */
static void recorded(struct request *request)
{
    struct text_tail *tail = request->owner;
    pthread_mutex_lock(&tail->lock);
    tail->answered = true;
    tail->outcome = request->err;
    pthread_cond_broadcast(&tail->changed);
    pthread_mutex_unlock(&tail->lock);
}

/* --- recording -------------------------------------------------------------------------------- */

static void write_page(struct buf *buf, const struct text_page *page)
{
    buf_text(buf, "{\"number\":");
    json_int(buf, page->number);
    if (*page->name) {
        buf_text(buf, ",\"name\":");
        json_text(buf, page->name);
    }
    buf_text(buf, ",\"text\":");
    json_text(buf, page->text);
    buf_text(buf, "}");
}

/* The parameters of blob.read for as many pages as a piece holds; returns how many. */
static size_t write_piece(struct buf *buf, const struct reading *reading, size_t from,
                          bool unreadable)
{
    static const char *const units[] = {"none", "page", "slide", "sheet"};
    size_t to = from;
    buf_printf(buf, "{\"blob\":%lld,\"unit\":\"%s\",\"first\":%s,\"pages\":[",
               (long long)reading->blob, units[reading->unit], from == 0 ? "true" : "false");
    while (to < reading->pages.count && buf->len < PIECE_BYTES) {
        buf_text(buf, to > from ? "," : "");
        write_page(buf, &reading->pages.items[to++]);
    }
    buf_printf(buf, "],\"last\":%s%s}", to == reading->pages.count ? "true" : "false",
               unreadable ? ",\"unreadable\":true" : "");
    return to - from;
}

/* ERR_NONE, or why it was not committed; ERR_BUSY too where the server stops before that is known.
 */
static enum err record(struct text_tail *tail, const struct buf *params)
{
    static const struct credential operator_ = {.kind = CREDENTIAL_OPERATOR};
    pthread_mutex_lock(&tail->lock);
    tail->answered = false;
    pthread_mutex_unlock(&tail->lock);
    live_call(tail->live, &operator_, "blob.read", params, recorded, tail);
    pthread_mutex_lock(&tail->lock);
    while (!tail->answered && !atomic_load(&tail->stopping)) {
        pthread_cond_wait(&tail->changed, &tail->lock);
    }
    enum err outcome = tail->answered ? tail->outcome : ERR_BUSY;
    pthread_mutex_unlock(&tail->lock);
    return outcome;
}

/* However long the disk is full or the writer busy. */
static enum err record_until_kept(struct text_tail *tail, const struct buf *params)
{
    enum err err = record(tail, params);
    while ((err == ERR_BUSY || err == ERR_READ_ONLY) && !atomic_load(&tail->stopping)) {
        pause_for(tail, RETRY_MS);
        err = record(tail, params);
    }
    return err;
}

static enum err record_pieces(struct text_tail *tail, const struct reading *reading,
                              bool unreadable)
{
    struct buf params;
    buf_init(&params);
    size_t from = 0;
    enum err err = ERR_NONE;
    do {
        buf_clear(&params);
        from += write_piece(&params, reading, from, unreadable);
        err = record_until_kept(tail, &params);
    } while (!err && from < reading->pages.count && !atomic_load(&tail->stopping));
    buf_finish(&params);
    return err;
}

/* --- reading ---------------------------------------------------------------------------------- */

SQL(next_waiting, "SELECT id, hash, type FROM blob WHERE text = 'waiting' AND id > ?1"
                  " ORDER BY id LIMIT 1");

/* The snapshot ends before anything is read. */
static bool take_next(struct text_tail *tail, int64_t after, struct reading *reading)
{
    bool found = false;
    if (db_begin_read(tail->db) == ERR_NONE) {
        struct rows rows = db_select(tail->db, &next_waiting, after);
        size_t bytes = 0;
        found = rows_next(&rows);
        if (found) {
            reading->blob = rows_int(&rows, 0);
            const void *hash = rows_blob(&rows, 1, &bytes);
            memcpy(reading->hash, hash, bytes < BLOB_HASH_BYTES ? bytes : BLOB_HASH_BYTES);
            reading->type = rows_copy(&rows, 2, &reading->arena);
            rows_end(&rows);
        }
    }
    db_rollback(tail->db);
    return found;
}

static void keep_page(void *context, const struct text_page *page)
{
    struct reading *reading = context;
    struct text_page copy = {page->number, arena_strdup(&reading->arena, page->name),
                             arena_strdup(&reading->arena, page->text)};
    ARENA_PUSH(&reading->arena, &reading->pages, copy);
}

/* A content whose bytes are not there is beyond reading; `beffroi check` says so too. */
static enum helper_outcome look_inside(struct text_tail *tail, struct reading *reading)
{
    int fd = blob_open(tail->live->config.blobs, reading->hash);
    if (fd < 0) {
        return HELPER_UNREADABLE;
    }
    enum helper_outcome outcome = helper_text(tail->live->config.helper, fd, reading->type,
                                              &reading->unit, keep_page, reading);
    close(fd);
    return outcome;
}

/* Reads the next content that waits, after that of `after`; false: none does, or it has to be
 * tried later. */
static bool read_next(struct text_tail *tail, int64_t *after)
{
    struct reading reading = {0};
    arena_init(&reading.arena);
    bool found = take_next(tail, *after, &reading);
    enum helper_outcome outcome = found ? look_inside(tail, &reading) : HELPER_GONE;
    if (outcome == HELPER_UNREADABLE) {
        reading.pages.count = 0;
        log_event(LOG_TEXT_UNREADABLE, LOG_N("blob", reading.blob), LOG_W("type", reading.type));
    }
    if (outcome != HELPER_GONE) {
        enum err err = record_pieces(tail, &reading, outcome == HELPER_UNREADABLE);
        if (err && !atomic_load(&tail->stopping)) { /* it would be refused each time */
            log_event(LOG_TEXT_NOT_KEPT, LOG_N("blob", reading.blob), LOG_N("code", err));
            reading.pages.count = 0;
            record_pieces(tail, &reading, true);
        }
        *after = reading.blob;
    }
    arena_finish(&reading.arena);
    return found && outcome != HELPER_GONE;
}

static bool one_waits(struct text_tail *tail)
{
    struct reading reading = {0};
    arena_init(&reading.arena);
    bool waits = take_next(tail, 0, &reading);
    arena_finish(&reading.arena);
    return waits;
}

static void *work(void *context)
{
    struct text_tail *tail = context;
    while (!atomic_load(&tail->stopping)) {
        int64_t after = 0; /* what cannot be kept does not hold up the others */
        while (!atomic_load(&tail->stopping) && read_next(tail, &after)) {
        }
        pause_for(tail, one_waits(tail) ? RETRY_MS : IDLE_MS);
    }
    return NULL;
}

/* --- life ------------------------------------------------------------------------------------- */

void text_tail_destroy(struct text_tail *tail)
{
    if (!tail) {
        return;
    }
    db_close(tail->db);
    pthread_cond_destroy(&tail->changed);
    pthread_mutex_destroy(&tail->lock);
    free(tail);
}

struct text_tail *text_tail_start(struct live *live)
{
    if (!live->config.helper || !live->config.blobs) {
        return NULL;
    }
    struct text_tail *tail = MEM_NEW(struct text_tail);
    tail->live = live;
    pthread_mutex_init(&tail->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&tail->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    tail->db = db_open(live->database_path, DB_READER);
    if (!tail->db) {
        text_tail_destroy(tail);
        return NULL;
    }
    job_thread_start(&tail->thread, "text", work, tail);
    return tail;
}

void text_tail_ring(struct text_tail *tail)
{
    if (!tail) {
        return;
    }
    pthread_mutex_lock(&tail->lock);
    tail->rung = true;
    pthread_cond_broadcast(&tail->changed);
    pthread_mutex_unlock(&tail->lock);
}

void text_tail_stop(struct text_tail *tail)
{
    if (!tail) {
        return;
    }
    atomic_store(&tail->stopping, true);
    text_tail_ring(tail);
    pthread_join(tail->thread, NULL);
}
