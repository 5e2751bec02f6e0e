#include "live/text_tail.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "helper/helper.h"
#include "live/engine.h"
#include "store/blob.h"
#include "wire/json.h"

#define IDLE_MS     60000 /* looks again at least this often */
#define RETRY_MS    1000  /* after the helper was gone, or the writer busy */
#define PIECE_BYTES 262144

struct text_tail {
    struct tail tail;
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
        err = tail_keep(&tail->tail, "blob.read", &params);
    } while (!err && from < reading->pages.count && !atomic_load(&tail->tail.stopping));
    buf_finish(&params);
    return err;
}

/* --- reading ---------------------------------------------------------------------------------- */

SQL(next_waiting, "SELECT id, hash, type FROM blob WHERE text = 'waiting' AND id > ?1"
                  " ORDER BY id LIMIT 1");

SQL(waiting, "SELECT count(*), NULL FROM blob WHERE text = 'waiting'");

/* The snapshot ends before anything is read. */
static bool take_next(struct text_tail *tail, int64_t after, struct reading *reading)
{
    bool found = false;
    if (db_begin_read(tail->tail.db) == ERR_NONE) {
        struct rows rows = db_select(tail->tail.db, &next_waiting, after);
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
    tail_look(&tail->tail, &waiting);
    db_rollback(tail->tail.db);
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
    int fd = blob_open(tail->tail.live->config.blobs, reading->hash);
    if (fd < 0) {
        return HELPER_UNREADABLE;
    }
    enum helper_outcome outcome = helper_text(tail->tail.live->config.helper, fd, reading->type,
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
        if (err && !atomic_load(&tail->tail.stopping)) { /* it would be refused each time */
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
    while (!atomic_load(&tail->tail.stopping)) {
        int64_t after = 0; /* what cannot be kept does not hold up the others */
        while (!atomic_load(&tail->tail.stopping) && read_next(tail, &after)) {
        }
        tail_pause(&tail->tail, one_waits(tail) ? RETRY_MS : IDLE_MS);
    }
    return NULL;
}

/* --- life ------------------------------------------------------------------------------------- */

struct text_tail *text_tail_start(struct live *live)
{
    if (!live->config.helper || !live->config.blobs) {
        return NULL;
    }
    struct text_tail *tail = MEM_NEW(struct text_tail);
    if (!tail_init(&tail->tail, live)) {
        text_tail_destroy(tail);
        return NULL;
    }
    tail_start(&tail->tail, "text", work, tail);
    return tail;
}

void text_tail_ring(struct text_tail *tail)
{
    if (tail) {
        tail_ring(&tail->tail);
    }
}

struct tail_load text_tail_load(struct text_tail *tail)
{
    return tail ? tail_load(&tail->tail) : (struct tail_load){0};
}

void text_tail_stop(struct text_tail *tail)
{
    if (tail) {
        tail_stop(&tail->tail);
    }
}

void text_tail_destroy(struct text_tail *tail)
{
    if (tail) {
        tail_finish(&tail->tail);
        free(tail);
    }
}
