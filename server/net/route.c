/* Who answers which path. */
#include <string.h>

#include "base/str.h"
#include "net/asset.h"
#include "net/download.h"
#include "net/exchange.h"
#include "net/upload.h"
#include "wire/json.h"

static void refuse(struct exchange *exchange, enum err err, const char *arg)
{
    answer_problem(exchange, &(struct problem){.err = err, .arg = arg});
}

static bool is_read(const struct exchange *exchange)
{
    return exchange->head.verb == VERB_GET || exchange->head.verb == VERB_HEAD;
}

/* --- what the server says of itself --- */

static void send_health(struct exchange *exchange)
{
    buf_text(&exchange->text, "{\"status\":\"ok\"}");
    answer_json(exchange, 200);
}

/* Ready: new people are welcome. With a full disk reading goes on, and that is told. */
static void send_ready(struct exchange *exchange)
{
    const struct net *net = exchange->connection->net;
    bool ready = net->state == NET_RUNNING;
    buf_printf(&exchange->text, "{\"ready\":%s,\"writable\":%s}", ready ? "true" : "false",
               live_read_only(net->live) ? "false" : "true");
    answer_json(exchange, ready ? 200 : 503);
}

static void send_version(struct exchange *exchange)
{
    buf_text(&exchange->text, "{\"name\":\"beffroi\",\"version\":");
    json_text(&exchange->text, exchange->connection->net->config.version);
    buf_text(&exchange->text, "}");
    answer_json(exchange, 200);
}

static void send_metrics(struct exchange *exchange)
{
    if (exchange->connection->kind == DOOR_PUBLIC) {
        refuse(exchange, ERR_NOT_FOUND, NULL);
        return;
    }
    metrics_write(exchange->connection->net, &exchange->text);
    answer_send(exchange, &(struct answer){.status = 200,
                                           .type = "text/plain; version=0.0.4; charset=utf-8",
                                           .body = exchange->text.data,
                                           .body_bytes = exchange->text.len});
}

/* --- files and documents --- */

static void send_file(struct exchange *exchange, struct answer *answer)
{
    answer->status = etag_matches(exchange->head.if_none_match, answer->etag) ? 304 : 200;
    answer_send(exchange, answer);
}

static void send_asset(struct exchange *exchange, const struct asset *asset)
{
    enum asset_encoding encoding = asset_choose(asset, exchange->head.accept_encoding);
    const struct asset_bytes *bytes = &asset->bytes[encoding];
    send_file(exchange,
              &(struct answer){.type = asset->type,
                               .body = bytes->start,
                               .body_bytes = (size_t)(bytes->end - bytes->start),
                               .cache = asset->immutable ? "public, max-age=31536000, immutable"
                                                         : "no-cache",
                               .etag = asset->etag[encoding],
                               .encoding = asset_encoding_name(encoding),
                               .vary = asset->bytes[ASSET_GZIP].start != NULL});
}

static bool send_page(struct exchange *exchange)
{
    const struct page *page = exchange->connection->net->pages;
    while (page->path && strcmp(page->path, exchange->head.path) != 0) {
        page++;
    }
    if (!page->path) {
        return false;
    }
    send_file(exchange, &(struct answer){.type = page->type,
                                         .body = page->body.data,
                                         .body_bytes = page->body.len,
                                         .cache = "no-cache",
                                         .etag = page->etag});
    return true;
}

/* The client draws its own pages: a person who asks for one by its address gets the client. */
static const struct asset *find_asset(const struct head *head)
{
    const char *path = head->path;
    const struct asset *asset = asset_find(strcmp(path, "/") == 0 ? "/index.html" : path);
    bool is_page = !asset && !strchr(path, '.') && !str_starts(path, "/api/") && head->accept &&
                   strstr(head->accept, "text/html");
    return is_page ? asset_find("/index.html") : asset;
}

static void send_web(struct exchange *exchange)
{
    const struct asset *asset =
        exchange->connection->kind == DOOR_PUBLIC ? find_asset(&exchange->head) : NULL;
    if (asset) {
        send_asset(exchange, asset);
    } else {
        refuse(exchange, ERR_NOT_FOUND, NULL);
    }
}

static void route_read(struct exchange *exchange)
{
    static const struct {
        const char *path;
        void (*send)(struct exchange *exchange);
    } routes[] = {{"/healthz", send_health},
                  {"/readyz", send_ready},
                  {"/version", send_version},
                  {"/metrics", send_metrics}};
    const char *path = exchange->head.path;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (strcmp(path, routes[i].path) == 0) {
            routes[i].send(exchange);
            return;
        }
    }
    if (str_starts(path, API_PREFIX)) {
        refuse(exchange, ERR_VERB, "POST");
    } else if (strcmp(path, "/ws") == 0) {
        refuse(exchange, ERR_VERB, "WebSocket");
    } else if (!send_page(exchange) && !download_get(exchange) && !document_get(exchange)) {
        send_web(exchange);
    }
}

/* --- commands --- */

static bool type_is_json(const char *type)
{
    size_t bytes = type ? strcspn(type, "; \t") : 0;
    return bytes == strlen("application/json") && strncasecmp(type, "application/json", bytes) == 0;
}

static void route_post(struct exchange *exchange)
{
    const struct connection *connection = exchange->connection;
    bool is_admin = connection->kind == DOOR_ADMIN;
    size_t limit = is_admin ? LIMIT_ADMIN_BODY_BYTES : LIMIT_HTTP_BODY_BYTES;
    size_t bytes = exchange->head.body_bytes;
    if (connection->kind == DOOR_METRICS) {
        refuse(exchange, ERR_NOT_FOUND, NULL);
    } else if (!str_starts(exchange->head.path, API_PREFIX)) {
        refuse(exchange, ERR_VERB, "GET, HEAD");
    } else if (connection->net->state != NET_RUNNING) {
        refuse(exchange, ERR_BUSY, NULL);
    } else if (bytes > limit) {
        refuse(exchange, ERR_BODY_SIZE, arena_printf(&exchange->arena, "%zu", limit));
    } else if (bytes > 0 && !type_is_json(exchange->head.content_type)) {
        refuse(exchange, ERR_MEDIA, NULL);
    } else if (!exchange->head.has_length) { /* libwebsockets would wait for a body */
        route_body(exchange);
    }
}

void route_head(struct exchange *exchange)
{
    if (upload_route(exchange)) {
        return;
    }
    if (is_read(exchange)) {
        route_read(exchange);
    } else if (exchange->head.verb == VERB_POST) {
        route_post(exchange);
    } else {
        refuse(exchange, ERR_VERB,
               str_starts(exchange->head.path, API_PREFIX) ? "POST" : "GET, HEAD");
    }
}

void route_body(struct exchange *exchange)
{
    if (str_starts(exchange->head.path, API_PREFIX)) {
        api_call(exchange);
    } else {
        upload_create(exchange);
    }
}
