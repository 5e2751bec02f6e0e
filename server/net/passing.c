#include "net/passing.h"

#include "base/clock.h"
#include "net/exchange.h"
#include "net/tcp.h"

void passing_leave(struct connection *connection)
{
    struct passing *passing = &connection->net->passing;
    if (!connection->passes) {
        return;
    }
    connection->passes = false;
    passing->count--;
    *(connection->older ? &connection->older->newer : &passing->oldest) = connection->newer;
    *(connection->newer ? &connection->newer->older : &passing->newest) = connection->older;
    connection->older = NULL;
    connection->newer = NULL;
}

/* It has left the list first: libwebsockets may keep it a moment to send what waits. */
static void cut(struct connection *connection)
{
    struct lws *wsi = connection->wsi;
    connection->net->counters.dawdlers++;
    passing_leave(connection);
    lws_rx_flow_control(wsi, 1);
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

void passing_enter(struct connection *connection)
{
    struct passing *passing = &connection->net->passing;
    if (passing->count >= LIMIT_PASSING) {
        cut(passing->oldest);
    }
    connection->passes = true;
    connection->since_us = clock_mono_us();
    connection->older = passing->newest;
    *(passing->newest ? &passing->newest->newer : &passing->oldest) = connection;
    passing->newest = connection;
    passing->count++;
}

#define SECONDS INT64_C(1000000)

/* Takes its answer more slowly than anybody who wants it. */
static bool sips(const struct connection *connection, int64_t since_us)
{
    int64_t read = tcp_confirmed(lws_get_socket_fd(connection->wsi));
    return since_us > LIMIT_ANSWER_S * SECONDS ||
           (since_us > LIMIT_ANSWER_GRACE_S * SECONDS && read >= 0 &&
            read < since_us / SECONDS * LIMIT_ANSWER_RATE);
}

static bool is_over(const struct connection *connection, int64_t now_us)
{
    const struct exchange *exchange = connection->exchange;
    if (connection->answered_us) {
        return sips(connection, now_us - connection->answered_us);
    }
    if (!exchange) {
        return now_us - connection->since_us > LIMIT_REQUEST_S * SECONDS;
    }
    return exchange->state == EXCHANGE_READING &&
           now_us - exchange->since_us > LIMIT_BODY_S * SECONDS;
}

void passing_second(struct net *net)
{
    int64_t now_us = clock_mono_us();
    struct connection *next = NULL;
    for (struct connection *it = net->passing.oldest; it; it = next) {
        next = it->newer;
        if (it->wsi && is_over(it, now_us)) {
            cut(it);
        }
    }
}
