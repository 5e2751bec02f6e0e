/* HTTP as libwebsockets tells it: one request per connection.
 *
 * A kept-alive connection would let a second request come in the same packet as the first. Where
 * that one has a body, libwebsockets 4.1.6 loses its place: it hands out the head as the body, then
 * parses the same bytes for ever, and the whole server with it. Nothing of its interface tells us
 * that bytes are waiting, so each connection ends with its answer; the live traffic is on
 * WebSockets. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/download.h"
#include "net/exchange.h"
#include "net/handshake.h"
#include "net/socket.h"
#include "net/upload.h"

enum { LINGER_S = 2, LINGER_US = LINGER_S * 1000000, BODY_US = LIMIT_BODY_S * 1000000 };

static void exchange_destroy(struct connection *connection)
{
    struct exchange *exchange = connection->exchange;
    if (!exchange) {
        return;
    }
    connection->exchange = NULL;
    if (exchange->request) {
        exchange->request->owner = NULL; /* it runs on; nobody waits for its answer */
    }
    upload_gone(exchange);
    download_gone(exchange);
    buf_finish(&exchange->body);
    buf_finish(&exchange->text);
    arena_finish(&exchange->arena);
    free(exchange);
}

static struct exchange *exchange_create(struct connection *connection)
{
    struct exchange *exchange = MEM_NEW(struct exchange);
    exchange->connection = connection;
    exchange->since_us = clock_mono_us();
    connection->exchange = exchange;
    arena_init(&exchange->arena);
    buf_init(&exchange->body);
    buf_init(&exchange->text);
    return exchange;
}

/* "100 Continue" is ours to say: without it curl waits a second before it sends. */
bool http_continue(struct exchange *exchange)
{
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
    return !exchange->head.expects_continue ||
           lws_write(exchange->connection->wsi, (unsigned char *)(uintptr_t)text, sizeof text - 1,
                     LWS_WRITE_HTTP) >= 0;
}

static int on_request(struct connection *connection)
{
    if (connection->exchange) {
        return -1;
    }
    struct exchange *exchange = exchange_create(connection);
    struct problem problem = {0};
    connection->net->counters.requests++;
    if (head_read(connection, &exchange->arena, &exchange->head, &problem)) {
        answer_problem(exchange, &problem);
    } else {
        route_head(exchange);
    }
    if (exchange->state == EXCHANGE_ANSWERED && !exchange->head.has_body) {
        return -1;
    }
    if (exchange->state == EXCHANGE_ANSWERED) {
        exchange->lingers = true; /* each piece of a body would set its timeout anew */
    }
    return exchange->state != EXCHANGE_READING || http_continue(exchange) ? 0 : -1;
}

/* A peer still sending its refused body would get a reset and lose our answer: what comes is thrown
 * away for a moment. A body that drips in is cut; that of a file has a rule of its own. */
static bool body_may_go_on(const struct exchange *exchange)
{
    int64_t allowed_us = exchange->state == EXCHANGE_ANSWERED ? LINGER_US : BODY_US;
    return exchange->received <= exchange->head.body_bytes &&
           (exchange->state == EXCHANGE_TAKING ||
            clock_mono_us() - exchange->since_us < allowed_us);
}

static int on_body(struct exchange *exchange, const void *data, size_t bytes)
{
    if (!exchange) {
        return -1;
    }
    if (exchange->state == EXCHANGE_ASKED) {
        return 0; /* another request behind this one: never read */
    }
    exchange->received += bytes;
    if (!body_may_go_on(exchange)) {
        return -1;
    }
    if (exchange->state == EXCHANGE_READING) {
        buf_add(&exchange->body, data, bytes);
    } else if (exchange->state == EXCHANGE_TAKING) {
        return upload_take(exchange, data, bytes) ? 0 : -1;
    }
    return 0;
}

/* Comes up to three times for one body when bytes of a next request follow it; for an empty body of
 * a PATCH, never. */
static int on_body_end(struct exchange *exchange)
{
    bool is_first = exchange && !exchange->body_ended;
    if (!exchange || (exchange->state == EXCHANGE_ASKED &&
                      !(is_first && exchange->upload && exchange->head.body_bytes == 0))) {
        return -1;
    }
    exchange->body_ended = true;
    if (exchange->state == EXCHANGE_READING) {
        route_body(exchange);
    } else if (exchange->state == EXCHANGE_TAKING) {
        exchange->state = EXCHANGE_ASKED;
        http_hold(exchange);
        upload_take_end(exchange);
    }
    return exchange->state == EXCHANGE_ANSWERED ? -1 : 0;
}

/* Bytes behind the body would be tried as more of it, again and again, while the answer is made. */
void http_hold(struct exchange *exchange)
{
    lws_rx_flow_control(exchange->connection->wsi, 0);
}

void http_go_on(struct exchange *exchange)
{
    lws_rx_flow_control(exchange->connection->wsi, 1);
}

void http_end_early(struct exchange *exchange)
{
    if (exchange->received >= exchange->head.body_bytes) {
        http_end(exchange);
        return;
    }
    exchange->lingers = true;
    lws_rx_flow_control(exchange->connection->wsi, 1);
    lws_set_timeout(exchange->connection->wsi, NO_PENDING_TIMEOUT, 0);
}

void http_second(struct net *net)
{
    int64_t now_us = clock_mono_us();
    struct connection *next = NULL;
    for (struct connection *connection = net->connections; connection; connection = next) {
        struct exchange *exchange = connection->exchange;
        next = connection->next;
        if (exchange && exchange->lingers && now_us - exchange->since_us >= LINGER_US) {
            exchange->lingers = false;
            http_end(exchange);
        }
    }
}

void http_end(struct exchange *exchange)
{
    struct lws *wsi = exchange->connection->wsi;
    lws_rx_flow_control(wsi, 1);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

/* What is not a WebSocket must not reach libwebsockets' h2c and foreign-upgrade paths, where a
 * second request frees what the first uses. */
static int on_upgrade(struct connection *connection)
{
    const char *fault = connection->exchange ? "Upgrade" : handshake_fault(connection->wsi);
    if (!fault) {
        return 0;
    }
    answer_refusal(connection, LANG_FR, &(struct problem){.err = ERR_HEADER, .arg = fault});
    return -1;
}

/* Without our subprotocol an upgrade lands here, on the first protocol. */
static int on_stray_upgrade(struct connection *connection)
{
    answer_refusal(connection, LANG_FR,
                   &(struct problem){.err = ERR_HEADER, .arg = "Sec-WebSocket-Protocol"});
    return -1;
}

static int on_connection(struct connection *connection, enum lws_callback_reasons reason, void *in,
                         size_t len)
{
    switch ((int)reason) {
    case LWS_CALLBACK_HTTP:
        return on_request(connection);
    case LWS_CALLBACK_HTTP_BODY:
        return on_body(connection->exchange, in, len);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return on_body_end(connection->exchange);
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return on_upgrade(connection);
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return on_stray_upgrade(connection);
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
    case LWS_CALLBACK_CLOSED_HTTP:
        exchange_destroy(connection);
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        exchange_destroy(connection);
        socket_gone(connection);
        connection_destroy(connection);
        return 0;
    default:
        return 0;
    }
}

int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                  size_t len)
{
    switch ((int)reason) {
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS: /* a virtual host begins */
        return user ? tls_made(lws_context_user(lws_get_context(wsi)), user) : 0;
    case LWS_CALLBACK_RAW_RX: /* CONNECT would open a raw connection without any limit */
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_WRITEABLE:
    case LWS_CALLBACK_RAW_SKT_BIND_PROTOCOL:
    case LWS_CALLBACK_RAW_CONNECTED:
    case LWS_CALLBACK_ESTABLISHED: /* a WebSocket without our subprotocol */
    case LWS_CALLBACK_RECEIVE:
        return -1;
    default:
        break;
    }
    struct connection *connection = wsi ? lws_get_opaque_user_data(wsi) : NULL;
    if (!connection) {
        return reason == LWS_CALLBACK_HTTP ? -1 : 0;
    }
    return on_connection(connection, reason, in, len);
}
