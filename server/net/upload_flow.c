/* The bytes of a file, from the socket to the disk. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/passing.h"
#include "net/upload_inside.h"

enum {
    HALF_BYTES = LIMIT_UPLOAD_BYTES / 2,
    SYNC_US = LIMIT_UPLOAD_SYNC_S * 1000000,
    STALL_US = LIMIT_REQUEST_S * 1000000,
    WINDOW_US = LIMIT_BODY_S * 1000000
};

/* --- life ------------------------------------------------------------------------------------- */

struct upload *upload_begin(struct exchange *exchange, const char *key)
{
    struct net *net = exchange->connection->net;
    struct upload *upload = MEM_NEW(struct upload);
    upload->net = net;
    upload->exchange = exchange;
    exchange->upload = upload;
    passing_leave(exchange->connection);
    upload->held = true; /* until its file is open */
    memcpy(upload->key, key, strlen(key) + 1);
    upload->filling = mem_alloc(HALF_BYTES);
    upload->writing = mem_alloc(HALF_BYTES);
    upload->next = net->uploads;
    if (upload->next) {
        upload->next->previous = upload;
    }
    net->uploads = upload;
    net->upload_count++;
    return upload;
}

static void destroy(struct upload *upload)
{
    struct net *net = upload->net;
    if (upload->previous) {
        upload->previous->next = upload->next;
    } else {
        net->uploads = upload->next;
    }
    if (upload->next) {
        upload->next->previous = upload->previous;
    }
    net->upload_count--;
    free(upload->filling);
    free(upload->writing);
    free(upload->name);
    free(upload);
}

static void close_writer(struct upload *upload)
{
    blob_writer_close(upload->writer);
    upload->writer = NULL;
}

void upload_end(struct upload *upload)
{
    upload->locked = false; /* what is left is to close it: who was answered may go on at once */
    if (upload->writer) {
        upload_run(upload, close_writer, destroy);
    } else {
        destroy(upload);
    }
}

static void on_pool(uv_work_t *work)
{
    struct upload *upload = work->data;
    upload->job(upload);
}

static void on_loop(uv_work_t *work, int status)
{
    struct upload *upload = work->data;
    (void)status; /* never cancelled */
    if (--upload->jobs == 0) {
        upload->working = false;
        upload->then(upload);
    }
}

void upload_run(struct upload *upload, void (*job)(struct upload *), void (*then)(struct upload *))
{
    upload->working = true;
    upload->jobs++;
    upload->job = job;
    upload->then = then;
    upload->work.data = upload;
    uv_queue_work(&upload->net->loop, &upload->work, on_pool, on_loop);
}

/* --- the file's row --------------------------------------------------------------------------- */

static void on_called(struct request *request)
{
    struct upload *upload = request->owner;
    upload->asking = false;
    upload->called(upload, request->err, request->out);
}

void upload_call(struct upload *upload, const char *command, const struct buf *params,
                 const struct credential *credential,
                 void (*called)(struct upload *upload, enum err err, const void *out))
{
    static const struct credential system = {.kind = CREDENTIAL_OPERATOR};
    if (!upload->net->live) { /* stopped: whoever comes back finds what was noted before */
        called(upload, ERR_BUSY, NULL);
        return;
    }
    upload->asking = true;
    upload->called = called;
    live_call(upload->net->live, credential ? credential : &system, command, params, on_called,
              upload);
}

static void note(struct upload *upload, int64_t received,
                 void (*called)(struct upload *upload, enum err err, const void *out))
{
    struct buf params;
    buf_init(&params);
    buf_printf(&params, "{\"file\":%lld,\"received\":%lld}", (long long)upload->file,
               (long long)received);
    upload->noted = received;
    upload_call(upload, "file.received", &params, NULL, called);
    buf_finish(&params);
}

void upload_answer(struct upload *upload, enum err err)
{
    struct exchange *exchange = upload->exchange;
    if (exchange) {
        upload->exchange = NULL;
        exchange->upload = NULL;
        if (err) {
            upload_answer_refused(exchange, err, upload->noted);
        } else {
            upload_answer_taken(exchange, upload->safe);
        }
    }
    upload_end(upload);
}

/* --- from the socket -------------------------------------------------------------------------- */

/* A piece may be as large as what libwebsockets reads at once. */
static bool is_full(const struct upload *upload)
{
    return HALF_BYTES - upload->filled < SERVICE_BYTES;
}

static void hold(struct upload *upload, bool held)
{
    if (!upload->exchange || upload->held == held || upload->ended) {
        return;
    }
    upload->held = held;
    if (held) {
        http_hold(upload->exchange);
    } else {
        upload->window_us = clock_mono_us();
        upload->taken_us = upload->window_us;
        upload->window_offset = upload->offset;
        http_go_on(upload->exchange);
    }
}

bool upload_take(struct exchange *exchange, const void *data, size_t bytes)
{
    struct upload *upload = exchange->upload;
    if (!upload || bytes > HALF_BYTES - upload->filled) {
        return false;
    }
    memcpy(upload->filling + upload->filled, data, bytes);
    upload->filled += bytes;
    upload->offset += (int64_t)bytes;
    upload->taken_us = clock_mono_us();
    if (is_full(upload)) {
        upload_go_on(upload);
    }
    if (is_full(upload)) { /* still: the other half is being written */
        hold(upload, true);
    }
    return true;
}

void upload_take_end(struct exchange *exchange)
{
    struct upload *upload = exchange->upload;
    if (upload) {
        upload->ended = true;
        upload_go_on(upload);
    }
}

void upload_gone(struct exchange *exchange)
{
    struct upload *upload = exchange->upload;
    if (upload) {
        exchange->upload = NULL;
        upload->exchange = NULL;
        upload_go_on(upload);
    }
}

/* --- to the disk ------------------------------------------------------------------------------ */

static void sync_now(struct upload *upload)
{
    upload->err = blob_writer_sync(upload->writer, &upload->safe);
    upload->unsynced = 0;
    upload->synced_us = clock_mono_us();
}

static void write_half(struct upload *upload)
{
    upload->err = blob_writer_add(upload->writer, upload->writing, upload->to_write);
    upload->unsynced += (int64_t)upload->to_write;
    bool is_due =
        upload->unsynced >= LIMIT_UPLOAD_SYNC || clock_mono_us() - upload->synced_us >= SYNC_US;
    if (!upload->err && is_due) {
        sync_now(upload);
    }
}

/* Beside the writing: either is half the work. */
static void hash_half(uv_work_t *work)
{
    struct upload *upload = work->data;
    blob_writer_hash(upload->writer, upload->writing, upload->to_write);
}

/* A file that is whole in its row's eyes has to be finished: until it is, its last bytes are not
 * said to have come, so that who comes back after a kill sends them, and it is finished then. */
static bool is_noteworthy(const struct upload *upload)
{
    return upload->safe > upload->noted && upload->safe < upload->bytes;
}

static void noted_midway(struct upload *upload, enum err err, const void *out)
{
    (void)err, (void)out; /* one that was lost is made good by the next */
    upload_go_on(upload);
}

static void wrote(struct upload *upload)
{
    if (!upload->err && !upload->asking && upload->net->live && is_noteworthy(upload)) {
        note(upload, upload->safe, noted_midway);
    }
    upload_go_on(upload);
}

static void begin_write(struct upload *upload)
{
    char *full = upload->filling;
    upload->filling = upload->writing;
    upload->writing = full;
    upload->to_write = upload->filled;
    upload->filled = 0;
    upload->jobs = 1;
    upload->hashing.data = upload;
    uv_queue_work(&upload->net->loop, &upload->hashing, hash_half, on_loop);
    upload_run(upload, write_half, wrote);
    hold(upload, false);
}

static void settled(struct upload *upload, enum err err, const void *out)
{
    (void)out;
    upload_answer(upload, err ? err : upload->stopping && !upload->ended ? ERR_BUSY : ERR_NONE);
}

static void synced(struct upload *upload)
{
    if (upload->err) {
        upload_answer(upload, upload->err);
    } else if (is_noteworthy(upload)) {
        note(upload, upload->safe, settled);
    } else {
        settled(upload, ERR_NONE, NULL);
    }
}

void upload_go_on(struct upload *upload)
{
    bool is_last = upload->ended || !upload->exchange || upload->stopping;
    if (upload->working || upload->waiting || (upload->asking && is_last)) {
        return;
    }
    if (upload->err) {
        if (!upload->asking) {
            upload_answer(upload, upload->err);
        }
    } else if (!upload->writer) {
        if (!upload->exchange && !upload->asking) {
            upload_end(upload);
        }
    } else if (is_full(upload) || (is_last && upload->filled > 0)) {
        begin_write(upload);
    } else if (is_last && upload->offset == upload->bytes) {
        upload_finish(upload);
    } else if (is_last) {
        upload_run(upload, sync_now, synced);
    } else {
        hold(upload, false);
    }
}

/* --- opening ---------------------------------------------------------------------------------- */

static void open_writer(struct upload *upload)
{
    upload->err =
        blob_writer_open(upload->net->config.blobs, upload->key, upload->safe, &upload->writer);
    upload->synced_us = clock_mono_us();
}

static void begun_anew(struct upload *upload, enum err err, const void *out)
{
    (void)out;
    upload_answer(upload, err ? err : ERR_UPLOAD_OFFSET);
}

static void opened(struct upload *upload)
{
    struct exchange *exchange = upload->exchange;
    if (upload->err == ERR_CONFLICT) { /* less is there than its row says: it begins anew */
        note(upload, 0, begun_anew);
    } else if (!upload->err && exchange && !upload->ended && !http_continue(exchange)) {
        upload->exchange = NULL; /* its connection ends by itself */
        exchange->upload = NULL;
        upload_end(upload);
    } else {
        upload_go_on(upload);
    }
}

void upload_open(struct upload *upload)
{
    upload->locked = true;
    upload_run(upload, open_writer, opened);
}

/* --- time ------------------------------------------------------------------------------------- */

static bool is_too_slow(struct upload *upload, int64_t now_us)
{
    if (now_us - upload->taken_us >= STALL_US) {
        return true;
    }
    if (now_us - upload->window_us < WINDOW_US) {
        return false;
    }
    int64_t came = upload->offset - upload->window_offset;
    upload->window_us = now_us;
    upload->window_offset = upload->offset;
    return came < (int64_t)LIMIT_UPLOAD_RATE * LIMIT_BODY_S;
}

/* While its socket is not read it cannot be slow: libwebsockets' own clock is stopped. */
void upload_second(struct net *net)
{
    int64_t now_us = clock_mono_us();
    struct upload *next = NULL;
    for (struct upload *upload = net->uploads; upload; upload = next) {
        next = upload->next;
        if (!upload->exchange) {
            continue;
        }
        struct lws *wsi = upload->exchange->connection->wsi;
        if (upload->held || upload->ended) {
            lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
        } else if (is_too_slow(upload, now_us)) {
            http_end(upload->exchange);
        }
    }
}

void upload_stop(struct net *net)
{
    struct upload *next = NULL;
    for (struct upload *upload = net->uploads; upload; upload = next) {
        next = upload->next;
        if (upload->exchange && !upload->ended) {
            http_hold(upload->exchange);
            upload->stopping = true;
            upload->held = true;
            upload_go_on(upload);
        }
    }
}
