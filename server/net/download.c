#include "net/download.h"

#include <errno.h>
#include <linux/sockios.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/media.h"
#include "base/mem.h"
#include "base/str.h"
#include "club/file_answer.h"
#include "net/asset.h"
#include "net/disposition.h"
#include "net/exchange.h"
#include "net/passing.h"
#include "net/range.h"
#include "net/upload.h"
#include "store/blob.h"
#include "wire/json.h"

#define FILES      "/fichier/"
#define THUMBNAILS "/vignette/"

enum {
    SLICE_BYTES = 4194304 /* sent in one job: then others have their turn on the pool */
};

struct download {
    struct net *net;
    struct exchange *exchange; /* NULL: its connection is gone */
    struct download *next, *previous;
    struct answer answer;
    unsigned char hash[BLOB_HASH_BYTES];
    int64_t size;    /* of the content */
    int64_t at, end; /* what is still to be sent of it */
    int file, socket;
    SSL *tls;     /* libwebsockets' own; NULL: plain */
    char *buffer; /* under TLS: read and not sent yet */
    size_t sent, filled;
    bool working, failed, polls;
    uv_work_t work;
    uv_poll_t poll;
    int64_t moved_us; /* when the peer last took something, as far as was seen */
    int64_t seen_at;
    int seen_queue;
};

/* --- life ------------------------------------------------------------------------------------- */

static struct download *begin(struct exchange *exchange)
{
    struct net *net = exchange->connection->net;
    struct download *download = MEM_NEW(struct download);
    download->net = net;
    download->exchange = exchange;
    exchange->download = download;
    passing_leave(exchange->connection);
    download->socket = -1;
    download->file = -1;
    download->moved_us = clock_mono_us();
    download->next = net->downloads;
    if (download->next) {
        download->next->previous = download;
    }
    net->downloads = download;
    net->download_count++;
    return download;
}

static void destroy(struct download *download)
{
    struct net *net = download->net;
    if (download->previous) {
        download->previous->next = download->next;
    } else {
        net->downloads = download->next;
    }
    if (download->next) {
        download->next->previous = download->previous;
    }
    net->download_count--;
    if (download->file >= 0) {
        close(download->file);
    }
    if (download->socket >= 0) {
        close(download->socket);
    }
    free(download->buffer);
    free(download);
}

static void on_closed(uv_handle_t *handle)
{
    destroy(handle->data);
}

/* Its exchange was answered or is gone, and no job runs. */
static void end(struct download *download)
{
    if (download->polls) {
        uv_close((uv_handle_t *)&download->poll, on_closed);
    } else {
        destroy(download);
    }
}

static struct exchange *detach(struct download *download)
{
    struct exchange *exchange = download->exchange;
    download->exchange = NULL;
    exchange->download = NULL;
    return exchange;
}

void download_gone(struct exchange *exchange)
{
    struct download *download = exchange->download;
    if (download) {
        detach(download);
        if (!download->working) {
            end(download);
        }
    }
}

/* All was sent, or no more can be: either way its connection ends. */
static void finish(struct download *download)
{
    struct exchange *exchange = download->exchange ? detach(download) : NULL;
    end(download);
    if (exchange) {
        http_end(exchange);
    }
}

/* --- sending ---------------------------------------------------------------------------------- */

static void go_on(struct download *download);

static void on_writable(uv_poll_t *poll, int status, int events)
{
    struct download *download = poll->data;
    (void)status, (void)events; /* an error is seen by the next write */
    uv_poll_stop(poll);
    go_on(download);
}

static void wait_writable(struct download *download)
{
    uv_poll_start(&download->poll, UV_WRITABLE, on_writable);
}

/* On the pool: as much as the socket takes. */
static void send_slice(uv_work_t *work)
{
    struct download *download = work->data;
    int64_t stop =
        download->at + SLICE_BYTES < download->end ? download->at + SLICE_BYTES : download->end;
    while (download->at < stop) {
        off_t at = (off_t)download->at;
        ssize_t sent =
            sendfile(download->socket, download->file, &at, (size_t)(stop - download->at));
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) { /* 0: the file is shorter than it was */
            download->failed = sent == 0 || errno != EAGAIN;
            break;
        }
        download->at += sent;
        download->sent += (size_t)sent;
    }
}

/* On the pool. */
static void read_piece(uv_work_t *work)
{
    struct download *download = work->data;
    int64_t left = download->end - download->at;
    size_t bytes = left < LIMIT_DOWNLOAD_BYTES ? (size_t)left : LIMIT_DOWNLOAD_BYTES;
    ssize_t got = 0;
    do {
        got = pread(download->file, download->buffer, bytes, (off_t)download->at);
    } while (got < 0 && errno == EINTR);
    download->failed = got <= 0;
    download->filled = got > 0 ? (size_t)got : 0;
    download->sent = 0;
    download->at += (int64_t)download->filled;
}

/* True: all that was read is sent. */
static bool write_tls(struct download *download)
{
    while (download->sent < download->filled) {
        int left = (int)(download->filled - download->sent);
        ERR_clear_error();
        int sent = SSL_write(download->tls, download->buffer + download->sent, left);
        if (sent <= 0) {
            download->failed = SSL_get_error(download->tls, sent) != SSL_ERROR_WANT_WRITE;
            return false;
        }
        download->sent += (size_t)sent;
    }
    return true;
}

static void moved(uv_work_t *work, int status)
{
    struct download *download = work->data;
    (void)status;
    download->working = false;
    if (!download->exchange || download->failed) {
        finish(download);
    } else if (download->tls || download->at == download->end || download->sent >= SLICE_BYTES) {
        go_on(download);
    } else {
        wait_writable(download);
    }
}

static void run(struct download *download, uv_work_cb job, uv_after_work_cb then)
{
    download->working = true;
    download->work.data = download;
    uv_queue_work(&download->net->loop, &download->work, job, then);
}

static void go_on(struct download *download)
{
    if (download->tls && !write_tls(download)) {
        if (download->failed) {
            finish(download);
        } else {
            wait_writable(download);
        }
    } else if (download->at == download->end) {
        finish(download);
    } else {
        download->sent = download->tls ? download->sent : 0;
        run(download, download->tls ? read_piece : send_slice, moved);
    }
}

/* A descriptor of our own for the same socket: libwebsockets has its own wait on the other. */
static bool take_socket(struct download *download)
{
    struct lws *wsi = download->exchange->connection->wsi;
    download->tls = lws_get_ssl(wsi);
    download->socket = dup(lws_get_socket_fd(wsi));
    if (download->socket < 0 ||
        uv_poll_init(&download->net->loop, &download->poll, download->socket) != 0) {
        return false;
    }
    download->polls = true;
    download->poll.data = download;
    if (download->tls) {
        SSL_set_mode(download->tls,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        download->buffer = mem_alloc(LIMIT_DOWNLOAD_BYTES);
    }
    return true;
}

/* --- the file --------------------------------------------------------------------------------- */

/* On the pool. */
static void open_file(uv_work_t *work)
{
    struct download *download = work->data;
    struct stat stat = {0};
    download->file = blob_open(download->net->config.blobs, download->hash);
    download->failed =
        download->file < 0 || fstat(download->file, &stat) != 0 || stat.st_size != download->size;
}

static void opened(uv_work_t *work, int status)
{
    struct download *download = work->data;
    struct exchange *exchange = download->exchange;
    (void)status;
    download->working = false;
    if (!exchange) {
        end(download);
        return;
    }
    if (download->failed) {
        detach(download);
        end(download);
        answer_problem(exchange, &(struct problem){.err = ERR_INTERNAL});
        http_end(exchange);
        return;
    }
    answer_send(exchange, &download->answer);
    if (exchange->cut || lws_partial_buffered(exchange->connection->wsi) ||
        !take_socket(download)) {
        finish(download);
    } else {
        go_on(download);
    }
}

/* --- the answer ------------------------------------------------------------------------------- */

/* A file may be hostile: what a browser shows of it runs nothing, asks for nothing, and belongs to
 * no site (its origin is opaque). Chromium shows a PDF so, in a tab and in a frame that has no
 * sandbox attribute of its own; sound and moving pictures it refuses to an opaque origin. */
#define POLICY_OPEN   "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
#define POLICY_CLOSED "sandbox; " POLICY_OPEN
#define POLICY_PLAYED POLICY_OPEN "; media-src 'self'"

static enum media_shown shown(const struct file_opened *file)
{
    return media_find(file->type)->shown;
}

static bool is_saved(struct exchange *exchange, const struct file_opened *file)
{
    return shown(file) == MEDIA_SAVED ||
           head_has_argument(exchange->connection->wsi, "telecharger=", "1");
}

static const char *etag_of(struct exchange *exchange, const struct file_opened *file)
{
    return arena_printf(&exchange->arena, "\"%s\"", file->hash);
}

/* Without its body; `range` where it is a part. */
static struct answer answer_of(struct exchange *exchange, const struct file_opened *file,
                               const char *etag, const struct range *range)
{
    struct answer answer = {
        .status = 200,
        .type = file->type,
        .body_bytes = (size_t)range->bytes,
        .cache = file->is_public ? "public, max-age=300" : "private, no-cache",
        .etag = etag,
        .disposition = disposition_text(&exchange->arena, is_saved(exchange, file), file->name),
        .policy = shown(file) == MEDIA_PLAYED ? POLICY_PLAYED : POLICY_CLOSED,
        .headers = "accept-ranges: bytes\r\n",
    };
    if (range->kind == RANGE_PART) {
        answer.status = 206;
        answer.headers = arena_printf(
            &exchange->arena, "accept-ranges: bytes\r\ncontent-range: bytes %lld-%lld/%lld\r\n",
            (long long)range->first, (long long)(range->first + range->bytes - 1),
            (long long)file->bytes);
    }
    return answer;
}

/* RFC 9110 14.2: a range is of a GET, and only where its If-Range holds. */
static struct range range_of(struct exchange *exchange, const struct file_opened *file,
                             const char *etag)
{
    const struct head *head = &exchange->head;
    bool counts = head->verb == VERB_GET && range_is_current(head->if_range, etag);
    return range_read(counts ? head->range : NULL, file->bytes);
}

static void send_beyond(struct exchange *exchange, const struct file_opened *file)
{
    exchange->headers =
        arena_printf(&exchange->arena, "content-range: bytes */%lld\r\n", (long long)file->bytes);
    answer_problem(exchange,
                   &(struct problem){
                       .err = ERR_BEYOND,
                       .arg = arena_printf(&exchange->arena, "%lld", (long long)file->bytes),
                   });
    http_end(exchange);
}

static void send_content(struct exchange *exchange, const struct file_opened *file,
                         const struct answer *answer, const struct range *range)
{
    struct download *download = begin(exchange);
    download->answer = *answer;
    download->size = file->bytes;
    download->at = range->first;
    download->end = range->first + range->bytes;
    if (!hex_decode(file->hash, download->hash, BLOB_HASH_BYTES)) {
        memset(download->hash, 0, sizeof download->hash); /* the hash of nothing we have */
    }
    run(download, open_file, opened);
}

static void send_opened(struct exchange *exchange, const struct file_opened *file)
{
    const char *etag = etag_of(exchange, file);
    struct range range = range_of(exchange, file, etag);
    struct answer answer = answer_of(exchange, file, etag, &range);
    if (etag_matches(exchange->head.if_none_match, etag)) {
        answer.status = 304;
        answer_send(exchange, &answer);
        http_end(exchange);
    } else if (range.kind == RANGE_BEYOND) {
        send_beyond(exchange, file);
    } else if (exchange->head.verb == VERB_HEAD) {
        answer_send(exchange, &answer);
        http_end(exchange);
    } else if (exchange->connection->net->download_count >= LIMIT_DOWNLOADS) {
        answer_problem(exchange, &(struct problem){.err = ERR_BUSY});
        http_end(exchange);
    } else {
        send_content(exchange, file, &answer, &range);
    }
}

/* --- the question ----------------------------------------------------------------------------- */

static void on_done(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    if (request->err) {
        api_answer(exchange, request);
        http_end(exchange);
    } else {
        /* The request goes now; what is sent lives as long as the exchange. */
        const struct file_opened *out = request->out;
        struct file_opened file = *out;
        file.type = arena_strdup(&exchange->arena, out->type);
        send_opened(exchange, &file);
    }
}

static enum err decode(struct exchange *exchange, struct request *request, const char *key,
                       bool thumbnail)
{
    struct json *json = NULL;
    struct buf params;
    enum err err =
        head_credential_of_link(exchange->connection, &exchange->arena, &exchange->head,
                                &request->credential, &exchange->by_cookie, &request->problem);
    buf_init(&params);
    buf_text(&params, "{\"key\":");
    json_text(&params, key);
    buf_printf(&params, ",\"thumbnail\":%s}", thumbnail ? "true" : "false");
    err =
        err ? err : json_parse(params.data, params.len, &request->arena, &json, &request->problem);
    err = err ? err : request_decode(request, "file.open", json);
    json_release(json);
    buf_finish(&params);
    return err;
}

static void ask(struct exchange *exchange, const char *key, bool thumbnail)
{
    struct request *request = api_request(exchange);
    if (exchange->connection->net->state != NET_RUNNING) {
        problem_set(&request->problem, ERR_BUSY, NULL, NULL);
    } else if (!decode(exchange, request, key, thumbnail)) {
        api_ask(exchange, request, on_done);
        return;
    }
    answer_problem(exchange, &request->problem);
    request_destroy(request);
}

bool download_get(struct exchange *exchange)
{
    const char *path = exchange->head.path;
    bool is_file = str_starts(path, FILES), is_thumbnail = str_starts(path, THUMBNAILS);
    if (exchange->connection->kind != DOOR_PUBLIC || !exchange->connection->net->config.blobs ||
        (!is_file && !is_thumbnail)) {
        return false;
    }
    const char *key = path + strlen(is_file ? FILES : THUMBNAILS);
    if (upload_is_key(key)) {
        ask(exchange, key, is_thumbnail);
    } else {
        answer_problem(exchange, &(struct problem){.err = ERR_NOT_FOUND});
    }
    return true;
}

/* --- time ------------------------------------------------------------------------------------- */

/* What the kernel still holds counts: a peer that reads slowly empties it long before we may write
 * again. */
void download_second(struct net *net)
{
    bool crowded = net->download_count > LIMIT_DOWNLOADS / 4;
    int64_t patience_us = INT64_C(1000000) * (crowded ? LIMIT_STALL_CROWDED_S : LIMIT_STALL_S);
    int64_t now_us = clock_mono_us();
    struct download *next = NULL;
    for (struct download *download = net->downloads; download; download = next) {
        int queue = 0;
        next = download->next;
        if (!download->exchange || download->working || download->socket < 0) {
            download->moved_us = now_us;
            continue;
        }
        ioctl(download->socket, SIOCOUTQ, &queue);
        if (download->at != download->seen_at || queue != download->seen_queue) {
            download->seen_at = download->at;
            download->seen_queue = queue;
            download->moved_us = now_us;
        } else if (now_us - download->moved_us > patience_us) {
            http_end(download->exchange);
        }
    }
}
