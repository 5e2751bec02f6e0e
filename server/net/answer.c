#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "net/exchange.h"
#include "wire/rpc.h"

/* Room for one write; more waits for the peer to take it. */
enum { PIECE_BYTES = 30000, LINGER_S = 2 };

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {304, "Not Modified"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {409, "Conflict"},
                   {410, "Gone"},
                   {413, "Content Too Large"},
                   {415, "Unsupported Media Type"},
                   {429, "Too Many Requests"},
                   {500, "Internal Server Error"},
                   {503, "Service Unavailable"},
                   {507, "Insufficient Storage"}};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].status == status) {
            return reasons[i].reason;
        }
    }
    return ""; /* RFC 9112 4: may be empty */
}

static void add_header(struct buf *out, const char *name, const char *value)
{
    if (value) {
        buf_printf(out, "%s: %s\r\n", name, value);
    }
}

static void add_date(struct buf *out)
{
    char text[40];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    add_header(out, "date", text);
}

/* On every answer, errors included: what a browser may do with it (OWASP ASVS 4.0, V14.4). */
static void add_security(struct buf *out, const struct site *site)
{
    add_header(out, "content-security-policy", site->policy);
    buf_text(out, "x-content-type-options: nosniff\r\n"
                  "referrer-policy: strict-origin\r\n"
                  "cross-origin-opener-policy: same-origin\r\n"
                  "cross-origin-resource-policy: same-origin\r\n"
                  "permissions-policy: accelerometer=(), camera=(), display-capture=(), "
                  "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
                  "payment=(), usb=()\r\n");
    if (site->https) {
        buf_text(out, "strict-transport-security: max-age=63072000\r\n");
    }
}

static void add_head(struct buf *out, const struct site *site, const struct answer *answer,
                     bool closes)
{
    buf_printf(out, "HTTP/1.1 %d %s\r\n", answer->status, reason_of(answer->status));
    add_date(out);
    add_security(out, site);
    add_header(out, "content-type", answer->type);
    if (answer->status != 304) {
        buf_printf(out, "content-length: %zu\r\n", answer->body_bytes);
    }
    add_header(out, "cache-control", answer->cache ? answer->cache : "no-store");
    add_header(out, "etag", answer->etag);
    add_header(out, "content-encoding", answer->encoding);
    add_header(out, "vary", answer->vary ? "accept-encoding" : NULL);
    add_header(out, "allow", answer->allow);
    add_header(out, "set-cookie", answer->set_cookie);
    add_header(out, "www-authenticate", answer->status == 401 ? "Bearer" : NULL);
    if (answer->retry_after_s > 0) {
        buf_printf(out, "retry-after: %d\r\n", answer->retry_after_s);
    }
    add_header(out, "connection", closes ? "close" : NULL);
    buf_text(out, "\r\n");
}

void answer_send(struct exchange *exchange, const struct answer *answer)
{
    if (exchange->state >= EXCHANGE_ANSWERING) {
        return;
    }
    exchange->state = EXCHANGE_ANSWERING;
    exchange->answer = *answer;
    exchange->closes |= exchange->connection->net->state != NET_RUNNING;
    lws_callback_on_writable(exchange->connection->wsi);
}

void answer_json(struct exchange *exchange, int status)
{
    answer_send(exchange, &(struct answer){.status = status,
                                           .type = "application/json",
                                           .body = exchange->text.data,
                                           .body_bytes = exchange->text.len});
}

void answer_problem(struct exchange *exchange, const struct problem *problem)
{
    buf_clear(&exchange->text);
    problem_encode(&exchange->text, problem, exchange->head.lang);
    int status = err_status(problem->err);
    answer_send(exchange, &(struct answer){.status = status,
                                           .type = "application/problem+json",
                                           .body = exchange->text.data,
                                           .body_bytes = exchange->text.len,
                                           .allow = status == 405 ? problem->arg : NULL,
                                           .retry_after_s = status == 503 ? 2 : 0});
}

void answer_refusal(struct connection *connection, enum lang lang, const struct problem *problem)
{
    struct buf body, out;
    buf_init(&body);
    buf_init(&out);
    problem_encode(&body, problem, lang);
    add_head(&out, &connection->net->site,
             &(struct answer){.status = err_status(problem->err),
                              .type = "application/problem+json",
                              .body_bytes = body.len},
             true);
    buf_add(&out, body.data, body.len);
    if (lws_write(connection->wsi, (unsigned char *)out.data, out.len, LWS_WRITE_HTTP) < 0) {
        connection->net->counters.refused++; /* it had gone already */
    }
    buf_finish(&body);
    buf_finish(&out);
}

static bool write_bytes(struct exchange *exchange, const char *data, size_t bytes)
{
    return bytes == 0 ||
           lws_write(exchange->connection->wsi, (unsigned char *)(uintptr_t)data, bytes,
                     LWS_WRITE_HTTP) >= 0;
}

/* Head and first piece of the body leave together. */
static bool write_first(struct exchange *exchange, size_t piece)
{
    struct buf *out = &exchange->connection->net->scratch;
    buf_clear(out);
    add_head(out, &exchange->connection->net->site, &exchange->answer, exchange->closes);
    buf_add(out, exchange->answer.body, piece);
    exchange->head_written = true;
    return write_bytes(exchange, out->data, out->len);
}

static size_t next_piece(const struct exchange *exchange)
{
    const struct answer *answer = &exchange->answer;
    bool bodiless = exchange->head.verb == VERB_HEAD || answer->status == 304;
    size_t left = bodiless ? 0 : answer->body_bytes - exchange->written;
    return left < PIECE_BYTES ? left : PIECE_BYTES;
}

/* A peer still sending its refused body would get a reset and lose our answer: what comes is read and
 * thrown away for a moment. */
static int finish(struct exchange *exchange)
{
    struct lws *wsi = exchange->connection->wsi;
    bool lingers = exchange->closes && exchange->received < exchange->head.body_bytes;
    exchange->state = EXCHANGE_DONE;
    if (lingers) {
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LINGER_S);
        return 0;
    }
    return exchange->closes || lws_http_transaction_completed(wsi) ? -1 : 0;
}

int answer_write(struct exchange *exchange)
{
    struct lws *wsi = exchange->connection->wsi;
    if (lws_partial_buffered(wsi)) {
        lws_callback_on_writable(wsi);
        return 0;
    }
    size_t piece = next_piece(exchange);
    bool sent = exchange->head_written
                    ? write_bytes(exchange, exchange->answer.body + exchange->written, piece)
                    : write_first(exchange, piece);
    if (!sent) {
        return -1;
    }
    exchange->written += piece;
    if (next_piece(exchange) > 0) {
        lws_callback_on_writable(wsi);
        return 0;
    }
    return finish(exchange);
}
