/* GET of a document: from a path to the query that answers with one, and from that to a file. */
#include "club/document.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "net/asset.h"
#include "net/disposition.h"
#include "net/exchange.h"
#include "wire/json.h"

enum { ETAG_BYTES = 16 };

/* --- which ------------------------------------------------------------------------------------ */

static const struct field *parameter(const struct command *command, const char *name, size_t bytes)
{
    const struct field *field = command->in;
    while (field->type != FIELD_TYPE_END &&
           (strlen(field->name) != bytes || strncmp(field->name, name, bytes) != 0)) {
        field++;
    }
    return field;
}

/* Writes the parameters that `path` gives a command with `shape`; false if it is not of that shape.
 * What stands for the parameter has no slash, and is a number where the parameter is one. */
static bool match(const struct command *command, const char *path, struct arena *arena,
                  struct buf *params)
{
    const char *open = strchr(command->path, '{');
    if (!open) {
        buf_text(params, "{}");
        return strcmp(command->path, path) == 0;
    }
    const char *close = strchr(open, '}');
    size_t before = (size_t)(open - command->path), after = strlen(close + 1);
    size_t length = strlen(path);
    if (length <= before + after || strncmp(path, command->path, before) != 0 ||
        strcmp(path + length - after, close + 1) != 0) {
        return false;
    }
    const struct field *field = parameter(command, open + 1, (size_t)(close - open - 1));
    const char *value = arena_memdup(arena, path + before, length - before - after);
    int64_t number = 0;
    buf_printf(params, "{\"%s\":", field->name);
    if (field->type == FIELD_TYPE_ID) {
        json_int(params, str_to_int(value, 1, INT64_MAX, &number) ? number : 0);
        buf_text(params, "}");
        return number > 0;
    }
    json_text(params, value);
    buf_text(params, "}");
    return utf8_valid(value, strlen(value)) && !strchr(value, '/');
}

static const struct command *find(struct exchange *exchange, struct buf *params)
{
    for (const struct command *const *command = commands; *command; command++) {
        buf_clear(params);
        if ((*command)->path && match(*command, exchange->head.path, &exchange->arena, params)) {
            return *command;
        }
    }
    return NULL;
}

/* --- the answer ------------------------------------------------------------------------------- */

static const char *etag_of(struct exchange *exchange, const char *body, size_t bytes)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    char digits[2 * ETAG_BYTES + 1];
    SHA256((const unsigned char *)body, bytes, hash);
    hex_encode(hash, ETAG_BYTES, digits);
    return arena_printf(&exchange->arena, "\"%s\"", digits);
}

static void send_document(struct exchange *exchange, const struct document *document)
{
    size_t bytes = strlen(document->body);
    const char *etag = etag_of(exchange, document->body, bytes);
    answer_send(exchange,
                &(struct answer){
                    .status = etag_matches(exchange->head.if_none_match, etag) ? 304 : 200,
                    .type = document->type,
                    .body = document->body,
                    .body_bytes = bytes,
                    .cache = document->is_public ? "public, max-age=300" : "private, no-cache",
                    .etag = etag,
                    .disposition = document->name
                                       ? disposition_text(&exchange->arena, true, document->name)
                                       : NULL,
                });
}

static void on_done(struct request *request)
{
    struct exchange *exchange = request->owner;
    exchange->request = NULL;
    if (request->err) {
        api_answer(exchange, request);
    } else {
        send_document(exchange, request->out);
    }
    http_end(exchange);
}

/* --- the question ----------------------------------------------------------------------------- */

static enum err decode(struct exchange *exchange, struct request *request,
                       const struct command *command, const struct buf *params)
{
    struct json *json = NULL;
    enum err err =
        head_credential_of_link(exchange->connection, &exchange->arena, &exchange->head,
                                &request->credential, &exchange->by_cookie, &request->problem);
    err = err ? err
              : json_parse(params->data, params->len, &request->arena, &json, &request->problem);
    err = err ? err : request_decode(request, command->name, json);
    json_release(json);
    return err;
}

static void ask(struct exchange *exchange, const struct command *command, const struct buf *params)
{
    struct request *request = api_request(exchange);
    if (exchange->connection->net->state != NET_RUNNING) {
        problem_set(&request->problem, ERR_BUSY, NULL, NULL);
    } else if (!decode(exchange, request, command, params)) {
        api_ask(exchange, request, on_done);
        return;
    }
    answer_problem(exchange, &request->problem);
    request_destroy(request);
}

bool document_get(struct exchange *exchange)
{
    struct buf params;
    buf_init(&params);
    const struct command *command =
        exchange->connection->kind == DOOR_PUBLIC ? find(exchange, &params) : NULL;
    if (command) {
        ask(exchange, command, &params);
    }
    buf_finish(&params);
    return command != NULL;
}
