#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "net/exchange.h"
#include "wire/rpc.h"

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {201, "Created"},
                   {204, "No Content"},
                   {206, "Partial Content"},
                   {304, "Not Modified"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {409, "Conflict"},
                   {410, "Gone"},
                   {412, "Precondition Failed"},
                   {413, "Content Too Large"},
                   {415, "Unsupported Media Type"},
                   {416, "Range Not Satisfiable"},
                   {422, "Unprocessable Content"},
                   {423, "Locked"},
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

/* On every answer, errors included: what a browser may do with it (OWASP ASVS 4.0, V14.4). The
 * first is the page's own, the last goes with https alone. */
static const struct {
    const char *name, *value;
} security[SECURITY_HEADERS] = {
    {"content-security-policy:", NULL},
    {"x-content-type-options:", "nosniff"},
    {"referrer-policy:", "strict-origin"},
    {"cross-origin-opener-policy:", "same-origin"},
    {"cross-origin-resource-policy:", "same-origin"},
    {"permissions-policy:",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
     "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
    {"strict-transport-security:", "max-age=63072000"},
};

static int security_count(const struct site *site)
{
    return site->https ? SECURITY_HEADERS : SECURITY_HEADERS - 1;
}

static void add_security(struct buf *out, const struct site *site, const char *policy)
{
    for (int i = 0; i < security_count(site); i++) {
        const char *value = security[i].value;
        const char *page = policy ? policy : site->policy;
        buf_printf(out, "%s %s\r\n", security[i].name, value ? value : page);
    }
}

void answer_secure(struct net *net)
{
    for (int i = 0; i < security_count(&net->site); i++) {
        const char *value = security[i].value;
        net->security[i] = (struct lws_protocol_vhost_options){
            .next = &net->security[i + 1],
            .name = security[i].name,
            .value = value ? value : net->site.policy,
        };
    }
    net->security[security_count(&net->site)] = (struct lws_protocol_vhost_options){
        .name = "cache-control:",
        .value = "no-store",
    };
}

static void add_head(struct buf *out, const struct site *site, const struct answer *answer)
{
    buf_printf(out, "HTTP/1.1 %d %s\r\n", answer->status, reason_of(answer->status));
    add_date(out);
    add_security(out, site, answer->policy);
    add_header(out, "content-type", answer->type);
    if (answer->status != 304 && answer->status != 204) { /* RFC 9110 8.6 */
        buf_printf(out, "content-length: %zu\r\n", answer->body_bytes);
    }
    add_header(out, "cache-control", answer->cache ? answer->cache : "no-store");
    add_header(out, "etag", answer->etag);
    add_header(out, "content-encoding", answer->encoding);
    add_header(out, "vary", answer->vary ? "accept-encoding" : NULL);
    add_header(out, "allow", answer->allow);
    add_header(out, "set-cookie", answer->set_cookie);
    add_header(out, "content-disposition", answer->disposition);
    add_header(out, "www-authenticate", answer->status == 401 ? "Bearer" : NULL);
    if (answer->retry_after_s > 0) {
        buf_printf(out, "retry-after: %d\r\n", answer->retry_after_s);
    }
    buf_text(out, answer->headers ? answer->headers : "");
    buf_text(out, "connection: close\r\n\r\n");
}

static bool write_raw(struct connection *connection, const struct buf *out)
{
    return lws_write(connection->wsi, (unsigned char *)out->data, out->len, LWS_WRITE_HTTP) >= 0;
}

static bool is_bodiless(const struct exchange *exchange, const struct answer *answer)
{
    return exchange->head.verb == VERB_HEAD || answer->status == 304;
}

/* Head and body leave in one write. What the kernel does not take at once libwebsockets keeps, for
 * the time it takes the peer to read it or LIMIT_ANSWER_S. */
void answer_send(struct exchange *exchange, const struct answer *answer)
{
    struct connection *connection = exchange->connection;
    struct buf *out = &connection->net->scratch;
    if (exchange->state == EXCHANGE_ANSWERED) {
        return;
    }
    exchange->state = EXCHANGE_ANSWERED;
    connection->answered_us = clock_mono_us();
    exchange->since_us = connection->answered_us;
    buf_clear(out);
    struct answer whole = *answer;
    whole.headers = answer->headers ? answer->headers : exchange->headers;
    add_head(out, &connection->net->site, &whole);
    if (answer->body && !is_bodiless(exchange, answer)) {
        buf_add(out, answer->body, answer->body_bytes);
    }
    if (!write_raw(connection, out)) {
        exchange->cut = true; /* its connection ends anyway */
        return;
    }
    if (lws_partial_buffered(connection->wsi)) {
        lws_set_timeout(connection->wsi, PENDING_TIMEOUT_HTTP_CONTENT, LIMIT_ANSWER_S);
    }
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
    answer_send(exchange,
                &(struct answer){.status = status,
                                 .type = "application/problem+json",
                                 .body = exchange->text.data,
                                 .body_bytes = exchange->text.len,
                                 .allow = status == 405 ? problem->arg : NULL,
                                 .retry_after_s = status == 503 || status == 423 ? 2 : 0});
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
                              .body_bytes = body.len});
    buf_add(&out, body.data, body.len);
    if (!write_raw(connection, &out)) {
        connection->net->counters.refused++; /* it had gone already */
    }
    buf_finish(&body);
    buf_finish(&out);
}
