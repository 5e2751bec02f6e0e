/* tus 1.0.0, core and creation: who asks for what, and the answers. */
#include "net/upload.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "club/file_answer.h"
#include "club/file_coming.h"
#include "net/tus.h"
#include "net/upload_inside.h"
#include "wire/json.h"

#define UPLOADS     "/fichiers"
#define UPLOAD_TYPE "application/offset+octet-stream"
#define RESUMABLE   "tus-resumable: " TUS_VERSION "\r\n"

/* --- answers ---------------------------------------------------------------------------------- */

static void refuse(struct exchange *exchange, enum err err, const char *arg)
{
    answer_problem(exchange, &(struct problem){.err = err, .arg = arg});
}

static const char *number(struct exchange *exchange, int64_t value)
{
    return arena_printf(&exchange->arena, "%lld", (long long)value);
}

static const char *offset_line(struct exchange *exchange, int64_t offset)
{
    return arena_printf(&exchange->arena, RESUMABLE "upload-offset: %lld\r\n", (long long)offset);
}

void upload_answer_taken(struct exchange *exchange, int64_t offset)
{
    answer_send(exchange,
                &(struct answer){.status = 204, .headers = offset_line(exchange, offset)});
    http_end(exchange);
}

void upload_answer_refused(struct exchange *exchange, enum err err, int64_t offset)
{
    exchange->headers = offset_line(exchange, offset);
    refuse(exchange, err, number(exchange, offset));
    if (exchange->connection->net->state == NET_RUNNING) {
        http_end_early(exchange);
    } else {
        http_end(exchange);
    }
}

/* The outcome of a command, as it is. */
static void answer_refusal_of(struct exchange *exchange, struct request *request)
{
    api_answer(exchange, request);
    http_end_early(exchange);
}

static void send_options(struct exchange *exchange)
{
    answer_send(exchange, &(struct answer){
                              .status = 204,
                              .headers = arena_printf(&exchange->arena,
                                                      RESUMABLE "tus-version: " TUS_VERSION "\r\n"
                                                                "tus-extension: creation\r\n"
                                                                "tus-max-size: %lld\r\n",
                                                      (long long)LIMIT_FILE_BYTES)});
}

/* --- what every request has ------------------------------------------------------------------- */

static struct lws *wsi_of(struct exchange *exchange)
{
    return exchange->connection->wsi;
}

static const char *custom(struct exchange *exchange, const char *name)
{
    return head_custom(wsi_of(exchange), &exchange->arena, name);
}

static bool speaks_tus(struct exchange *exchange)
{
    if (str_equal(custom(exchange, "tus-resumable:"), TUS_VERSION)) {
        exchange->headers = RESUMABLE;
        return true;
    }
    exchange->headers = RESUMABLE "tus-version: " TUS_VERSION "\r\n";
    refuse(exchange, ERR_TUS_VERSION, NULL);
    return false;
}

/* The request `command` with these parameters, as who asks. NULL: refused, and that is answered. */
static struct request *request_as(struct exchange *exchange, const char *command,
                                  const struct buf *params)
{
    struct request *request = api_request(exchange);
    struct json *json = NULL;
    enum err err = head_credential(exchange->connection, &exchange->arena, &exchange->head,
                                   &request->credential, &exchange->by_cookie, &request->problem);
    err = err ? err
              : json_parse(params->data, params->len, &request->arena, &json, &request->problem);
    err = err ? err : request_decode(request, command, json);
    json_release(json);
    if (err) {
        answer_problem(exchange, &request->problem);
        request_destroy(request);
        return NULL;
    }
    return request;
}

/* Who brings this file now; NULL: nobody. */
static struct upload *upload_of(struct net *net, const char *key)
{
    struct upload *upload = net->uploads;
    while (upload && !(upload->locked && strcmp(upload->key, key) == 0)) {
        upload = upload->next;
    }
    return upload;
}

/* What is read of a file while it comes may be old by the time it is told, even where the upload
 * has ended in between: so whether one is under way is asked here too. */
static struct request *ask_state(struct exchange *exchange, const char *key)
{
    struct buf params;
    exchange->meets_upload = upload_of(exchange->connection->net, key) != NULL;
    buf_init(&params);
    buf_text(&params, "{\"key\":");
    json_text(&params, key);
    buf_text(&params, "}");
    struct request *request = request_as(exchange, "file.get", &params);
    buf_finish(&params);
    return request;
}

/* --- POST: a file is announced ---------------------------------------------------------------- */

static void created(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    if (request->err) {
        answer_refusal_of(exchange, request);
        return;
    }
    const struct file_created *out = request->out;
    answer_send(exchange,
                &(struct answer){.status = 201,
                                 .headers = arena_printf(&exchange->arena,
                                                         RESUMABLE "location: " UPLOADS "/%s\r\n",
                                                         out->key)});
    http_end(exchange);
}

void upload_create(struct exchange *exchange)
{
    int64_t bytes = 0;
    struct buf params;
    const char *name =
        tus_metadata(custom(exchange, "upload-metadata:"), "filename", &exchange->arena);
    if (!tus_number(custom(exchange, "upload-length:"), &bytes)) {
        refuse(exchange, ERR_HEADER, "Upload-Length");
        return;
    }
    if (bytes > LIMIT_FILE_BYTES) {
        refuse(exchange, ERR_BODY_SIZE, number(exchange, LIMIT_FILE_BYTES));
        return;
    }
    if (!name) {
        refuse(exchange, ERR_HEADER, "Upload-Metadata");
        return;
    }
    buf_init(&params);
    buf_text(&params, "{\"name\":");
    json_text(&params, file_name_safe(&exchange->arena, name));
    buf_printf(&params, ",\"bytes\":%lld}", (long long)bytes);
    struct request *request = request_as(exchange, "file.create", &params);
    buf_finish(&params);
    if (request) {
        api_ask(exchange, request, created);
    }
}

static void post(struct exchange *exchange)
{
    if (!speaks_tus(exchange)) {
        return;
    }
    if (exchange->head.body_bytes > 0) { /* creation-with-upload is not offered */
        refuse(exchange, ERR_BODY_SIZE, "0");
    } else if (!exchange->head.has_length) { /* libwebsockets would wait for a body */
        upload_create(exchange);
    }
}

/* --- HEAD: how far it is ---------------------------------------------------------------------- */

static void told(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    const struct file_got *got = request->out;
    if (request->err) {
        answer_refusal_of(exchange, request);
    } else if (exchange->meets_upload || upload_of(exchange->connection->net, got->file->key)) {
        refuse(exchange, ERR_UPLOAD_LOCKED, NULL); /* how far it is changes as we speak */
        http_end(exchange);
    } else {
        const char *headers = arena_printf(
            &exchange->arena, RESUMABLE "upload-offset: %lld\r\nupload-length: %lld\r\n",
            (long long)(got->whole ? got->file->bytes : got->received),
            (long long)got->file->bytes);
        answer_send(exchange, &(struct answer){.status = 200, .headers = headers});
        http_end(exchange);
    }
}

static void tell(struct exchange *exchange, const char *key)
{
    struct request *request = speaks_tus(exchange) ? ask_state(exchange, key) : NULL;
    if (request) {
        api_ask(exchange, request, told);
    }
}

/* --- PATCH: bytes ----------------------------------------------------------------------------- */

/* Why these bytes cannot be taken; `offset_out`: where the file is. */
static enum err check_patch(const struct upload *upload, const struct file_got *got,
                            size_t body_bytes)
{
    if (!got->whole && !got->id) {
        return ERR_NOT_FOUND;
    }
    if (upload->exchange->meets_upload || upload_of(upload->net, upload->key)) {
        return ERR_UPLOAD_LOCKED;
    }
    int64_t received = got->whole ? got->file->bytes : got->received;
    if (got->whole || upload->noted != received) {
        return ERR_UPLOAD_OFFSET;
    }
    return (int64_t)body_bytes > got->file->bytes - received ? ERR_BODY_SIZE : ERR_NONE;
}

static void begin_patch(struct exchange *exchange, const struct file_got *got)
{
    struct upload *upload = exchange->upload;
    enum err err = check_patch(upload, got, exchange->head.body_bytes);
    int64_t received = got->whole ? got->file->bytes : got->received;
    if (!err) {
        upload->file = got->id;
        upload->bytes = got->file->bytes;
        upload->name = mem_strdup(got->file->name);
        upload_open(upload);
        return;
    }
    exchange->upload = NULL;
    upload->exchange = NULL;
    upload_end(upload);
    exchange->headers = offset_line(exchange, received);
    refuse(exchange, err,
           number(exchange, err == ERR_BODY_SIZE ? got->file->bytes - received : received));
    http_end_early(exchange);
}

static void known(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    if (!request->err) {
        exchange->upload->credential = request->credential;
        begin_patch(exchange, request->out);
        return;
    }
    struct upload *upload = exchange->upload;
    exchange->upload = NULL;
    upload->exchange = NULL;
    upload_end(upload);
    answer_refusal_of(exchange, request);
}

static bool is_upload_type(const char *type)
{
    size_t bytes = type ? strcspn(type, "; \t") : 0;
    return bytes == strlen(UPLOAD_TYPE) && strncasecmp(type, UPLOAD_TYPE, bytes) == 0;
}

/* What the head alone says against it. */
static bool check_head(struct exchange *exchange, int64_t *offset)
{
    const struct net *net = exchange->connection->net;
    if (!is_upload_type(exchange->head.content_type)) {
        refuse(exchange, ERR_UPLOAD_MEDIA, NULL);
    } else if (!tus_number(custom(exchange, "upload-offset:"), offset)) {
        refuse(exchange, ERR_HEADER, "Upload-Offset");
    } else if (!exchange->head.has_length) {
        refuse(exchange, ERR_HEADER, "Content-Length");
    } else if ((int64_t)exchange->head.body_bytes > LIMIT_FILE_BYTES) {
        refuse(exchange, ERR_BODY_SIZE, number(exchange, LIMIT_FILE_BYTES));
    } else if (net->upload_count >= LIMIT_UPLOADS) {
        refuse(exchange, ERR_BUSY, NULL);
    } else {
        return true;
    }
    return false;
}

static void patch(struct exchange *exchange, const char *key)
{
    int64_t offset = 0;
    if (!speaks_tus(exchange) || !check_head(exchange, &offset)) {
        return;
    }
    struct request *request = ask_state(exchange, key);
    if (request) {
        struct upload *upload = upload_begin(exchange, key);
        upload->offset = offset;
        upload->safe = offset;
        upload->noted = offset;
        api_ask(exchange, request, known);
        exchange->state = EXCHANGE_TAKING; /* what came with the head is taken already */
        if (exchange->head.body_bytes == 0) {
            exchange->state = EXCHANGE_ASKED;
            upload_take_end(exchange);
        }
    }
}

/* --- which ------------------------------------------------------------------------------------ */

bool upload_is_key(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    return strlen(text) == FILE_KEY_CHARS && strspn(text, letters) == FILE_KEY_CHARS;
}

static void route_file(struct exchange *exchange, const char *key)
{
    if (!upload_is_key(key)) {
        refuse(exchange, ERR_NOT_FOUND, NULL);
    } else if (exchange->head.verb == VERB_HEAD) {
        tell(exchange, key);
    } else if (exchange->head.verb == VERB_PATCH) {
        patch(exchange, key);
    } else {
        refuse(exchange, ERR_VERB, "HEAD, PATCH, OPTIONS");
    }
}

bool upload_route(struct exchange *exchange)
{
    const struct net *net = exchange->connection->net;
    const char *path = exchange->head.path;
    size_t bytes = strlen(UPLOADS);
    bool is_ours = str_starts(path, UPLOADS) && (path[bytes] == '\0' || path[bytes] == '/');
    if (!is_ours || exchange->connection->kind != DOOR_PUBLIC || !net->config.blobs) {
        return false;
    }
    if (exchange->head.verb == VERB_OPTIONS) {
        send_options(exchange);
    } else if (net->state != NET_RUNNING) {
        refuse(exchange, ERR_BUSY, NULL);
    } else if (path[bytes] == '/') {
        route_file(exchange, path + bytes + 1);
    } else if (exchange->head.verb == VERB_POST) {
        post(exchange);
    } else {
        refuse(exchange, ERR_VERB, "POST, OPTIONS");
    }
    return true;
}
