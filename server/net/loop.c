/* The event loop: libuv's, with libwebsockets as a guest on it; start, turn, stop. */
#include <arpa/inet.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "net/download.h"
#include "net/exchange.h"
#include "net/passing.h"
#include "net/socket.h"
#include "net/upload.h"

enum {
    SPARE_FILES = 512, /* for the database, workers' connections, the log */
    SLOW_NS = 50000000,
    CLOSE_RESTART = 1012, /* RFC 6455's registry: come back in a moment */
    CLOSE_ECHO_MS = 600,  /* time for the peers' half of the closing handshake */
    /* Requests whose headers are kept at once: a full pool would let a slow few keep out all. */
    HEADER_POOL = LIMIT_PASSING + LIMIT_UPLOADS + LIMIT_DOWNLOADS + 64,
    RECEIVE_BYTES = 1024, /* per WebSocket, kept for its life: most frames fit */
    WRITE_BYTES = 1048576 /* a turn's whole burst goes to the kernel in one call */
};

static const struct lws_protocols protocols[] = {
    {.name = "http", .callback = http_callback, .tx_packet_size = WRITE_BYTES},
    {.name = SOCKET_PROTOCOL,
     .callback = socket_callback,
     .rx_buffer_size = RECEIVE_BYTES,
     .tx_packet_size = WRITE_BYTES},
    {0},
};

/* Our wheel pings: libwebsockets' own timers walk a sorted list of all sockets at each sign of
 * life. */
static const lws_retry_bo_t no_validity_check = {0};

/* The log carries no text, so the library's words are only counted: they may quote a request. */
static struct net *complaining;

static void on_complaint(int level, const char *line)
{
    (void)line;
    if (complaining) {
        complaining->counters.complaints++;
    } else {
        log_event(LOG_LWS, LOG_N("level", level));
    }
}

/* --- making -------------------------------------------------------------------------------------
 */

/* libwebsockets takes the limit on open files as the size of its tables: enough, and not
 * "infinity". */
static int limit_files(void)
{
    struct rlimit limit = {0};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max < LIMIT_OPEN_FILES ? limit.rlim_max : LIMIT_OPEN_FILES;
    setrlimit(RLIMIT_NOFILE, &limit);
    return (int)limit.rlim_cur;
}

static struct lws_vhost *make_vhost(struct net *net, bool tls)
{
    struct lws_context_creation_info info = {
        .vhost_name = tls ? "tls" : "plain",
        .port = CONTEXT_PORT_NO_LISTEN_SERVER,
        .protocols = protocols,
        .timeout_secs = LIMIT_REQUEST_S,
        .retry_and_idle_policy = &no_validity_check,
        .headers = net->security, /* filled once the site is known */
    };
    if (tls) {
        tls_configure(&info, &net->config);
    }
    return lws_create_vhost(net->lws, &info);
}

static bool make_context(struct net *net)
{
    void *loops[] = {&net->loop};
    struct lws_context_creation_info info = {
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                   (net->config.tls_cert ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0),
        .foreign_loops = loops,
        .user = net,
        .pt_serv_buf_size = SERVICE_BYTES,
        .max_http_header_data = LIMIT_HEADER_BYTES,
        .max_http_header_pool = HEADER_POOL,
        .timeout_secs = LIMIT_REQUEST_S,
        .retry_and_idle_policy = &no_validity_check,
    };
    lws_set_log_level(LLL_ERR | LLL_WARN, on_complaint); /* NOTICE dumps cookies */
    net->lws = lws_create_context(&info);
    net->plain = net->lws ? make_vhost(net, false) : NULL;
    net->tls = net->plain && net->config.tls_cert ? make_vhost(net, true) : NULL;
    return net->plain && (net->tls || !net->config.tls_cert);
}

static bool fail(char *error, size_t error_bytes, const char *what, const char *why)
{
    snprintf(error, error_bytes, "%s: %s", what, why);
    return false;
}

static bool check_config(const struct net_config *config, char *error, size_t error_bytes)
{
    unsigned char address[16];
    const char *proxy = config->trusted_proxy;
    if (!config->tls_cert != !config->tls_key) {
        return fail(error, error_bytes, "TLS", "the certificate and its key go together");
    }
    const char *problem = config->tls_cert ? tls_problem(config->tls_cert, config->tls_key) : NULL;
    if (problem) {
        return fail(error, error_bytes, "TLS", problem);
    }
    if (proxy && inet_pton(AF_INET, proxy, address) != 1 &&
        inet_pton(AF_INET6, proxy, address) != 1) {
        return fail(error, error_bytes, "trusted_proxy",
                    "it must be a numeric address like 192.0.2.1");
    }
    return true;
}

/* Without a public URL we are where we listen; behind a unix socket that says nothing. */
static bool make_site(struct net *net, char *error, size_t error_bytes)
{
    char authority[80], url[100];
    const char *public_url = net->config.public_url;
    if (!public_url) {
        if (!listen_authority(net, authority, sizeof authority)) {
            return fail(error, error_bytes, "public_url",
                        "it must be given where the server does not listen on a port");
        }
        snprintf(url, sizeof url, "http%s://%s", net->tls ? "s" : "", authority);
        public_url = url;
    }
    return site_init(&net->site, public_url) ||
           fail(error, error_bytes, "public_url",
                "it must be like https://club.example.fr, without a path");
}

static void make_pages(struct net *net)
{
    const struct net_document *documents = net->config.documents;
    size_t count = 0;
    while (documents && documents[count].path) {
        count++;
    }
    net->pages = mem_alloc(mem_size(count + 1, sizeof *net->pages, 0));
    for (size_t i = 0; i < count; i++) {
        struct page *page = &net->pages[i];
        unsigned char hash[SHA256_DIGEST_LENGTH];
        char hex[17];
        page->path = documents[i].path;
        page->type = documents[i].type;
        buf_init(&page->body);
        documents[i].produce(&page->body);
        SHA256((const unsigned char *)page->body.data, page->body.len, hash);
        hex_encode(hash, 8, hex);
        snprintf(page->etag, sizeof page->etag, "\"%s\"", hex);
    }
}

/* --- running ------------------------------------------------------------------------------------
 */

void net_wake(void *context)
{
    struct net *net = context;
    uv_async_send(&net->wake);
}

static void turn_live(struct net *net)
{
    if (net->live) {
        live_turn(net->live);
    }
}

static void on_wake(uv_async_t *wake)
{
    turn_live(wake->data);
}

static void on_alarm(uv_timer_t *alarm)
{
    turn_live(alarm->data);
}

void net_wake_in(void *context, int64_t ms)
{
    struct net *net = context;
    uv_timer_start(&net->alarm, on_alarm, ms > 0 ? (uint64_t)ms : 0, 0);
}

static void measure_turn(struct net *net)
{
    net->turn_start_ns = uv_hrtime();
    net->turn_idle_ns = uv_metrics_idle_time(&net->loop);
}

/* Runs before each wait, so once per turn: its sockets are written to, and a turn that held the
 * loop is told. What epoll slept does not count. */
static void on_turn(uv_prepare_t *turn)
{
    struct net *net = turn->data;
    if (net->live) {
        live_hand_over(net->live); /* the writer begins while the sockets are written to */
    }
    socket_turn(net);
    uint64_t idle = uv_metrics_idle_time(&net->loop) - net->turn_idle_ns;
    uint64_t busy = uv_hrtime() - net->turn_start_ns - idle;
    if (busy > SLOW_NS) {
        net->counters.slow_turns++;
        log_event(LOG_SLOW, LOG_N("ms", busy / 1000000));
    }
    measure_turn(net);
}

static bool has_requests(const struct net *net)
{
    for (struct connection *connection = net->connections; connection;
         connection = connection->next) {
        if (connection->exchange || socket_waits(connection->socket)) {
            return true;
        }
    }
    return net->uploads != NULL;
}

static void tell(struct net *net, enum net_news news)
{
    if (net->config.tell) {
        net->config.tell(net->config.tell_context, news);
    }
}

static void close_sockets(struct net *net)
{
    net->state = NET_CLOSING;
    net->state_since_us = clock_mono_us();
    socket_close_all(net, CLOSE_RESTART, "restart");
}

/* Each tick of a stopping server: requests under way first, then the sockets, then the loop. */
static void stop_step(struct net *net)
{
    int64_t waited_ms = (clock_mono_us() - net->state_since_us) / 1000;
    if (net->state == NET_DRAINING && (!has_requests(net) || waited_ms >= LIMIT_DRAIN_MS)) {
        close_sockets(net);
    } else if (net->state == NET_CLOSING &&
               (net->counters.sockets_opened == 0 || waited_ms >= CLOSE_ECHO_MS)) {
        uv_stop(&net->loop);
    }
}

static void on_second(uv_timer_t *timer)
{
    struct net *net = timer->data;
    int64_t now_s = clock_mono_us() / 1000000;
    while (net->now_s < now_s) {
        net->now_s++;
        socket_second(net);
        passing_second(net);
        http_second(net);
        upload_second(net);
        download_second(net);
    }
    listen_resume(net);
    tell(net, NET_ALIVE);
    tls_second(net);
    if (net->state != NET_RUNNING) {
        stop_step(net);
    }
}

void net_stop(struct net *net)
{
    if (net->state != NET_RUNNING) {
        return;
    }
    tell(net, NET_STOPS);
    net->state = NET_DRAINING;
    net->state_since_us = clock_mono_us();
    listen_close(net);
    upload_stop(net);
    uv_timer_start(&net->second, on_second, 0, 50);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct net *net = handle->data;
    measure_turn(net); /* a wait cut short by a signal is not in libuv's idle time */
    if (number == SIGHUP) {
        tell(net, NET_RELOADS);
        tls_reload(net);
        tell(net, NET_RELOADED);
    } else {
        net_stop(net);
    }
}

static void make_handles(struct net *net)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    uv_async_init(&net->loop, &net->wake, on_wake);
    uv_timer_init(&net->loop, &net->second);
    uv_timer_init(&net->loop, &net->alarm);
    uv_prepare_init(&net->loop, &net->turn);
    net->wake.data = net;
    net->alarm.data = net;
    net->second.data = net;
    net->turn.data = net;
    for (int i = 0; i < 3; i++) {
        uv_signal_init(&net->loop, &net->signals[i]);
        net->signals[i].data = net;
        uv_signal_start(&net->signals[i], on_signal, numbers[i]);
    }
    uv_prepare_start(&net->turn, on_turn);
    net->now_s = clock_mono_us() / 1000000;
}

static bool build(struct net *net, char *error, size_t error_bytes)
{
    if (!check_config(&net->config, error, error_bytes)) {
        return false;
    }
    if (!make_context(net)) {
        return fail(error, error_bytes, "network",
                    "libwebsockets does not start (is libwebsockets-evlib-uv installed?)");
    }
    if (!listen_open(net, error, error_bytes) || !make_site(net, error, error_bytes)) {
        return false;
    }
    answer_secure(net);
    return true;
}

struct net *net_create(const struct net_config *config, char *error, size_t error_bytes)
{
    struct net *net = MEM_NEW(struct net);
    net->config = *config;
    net->connection_max = limit_files() - SPARE_FILES;
    map_init(&net->per_address);
    buf_init(&net->scratch);
    uv_loop_init(&net->loop);
    uv_loop_configure(&net->loop, UV_METRICS_IDLE_TIME);
    make_handles(net);
    make_pages(net);
    if (!build(net, error, error_bytes)) {
        net_destroy(net);
        return NULL;
    }
    complaining = net;
    return net;
}

const char *net_public_url(const struct net *net)
{
    return net->site.url;
}

void net_run(struct net *net, struct live *live)
{
    net->live = live;
    measure_turn(net);
    listen_begin(net);
    uv_timer_start(&net->second, on_second, 1000, 1000);
    uv_run(&net->loop, UV_RUN_DEFAULT);
    net->live = NULL; /* what still wakes the loop finds nothing to do */
}

/* --- ending -------------------------------------------------------------------------------------
 */

static void close_handles(struct net *net)
{
    uv_close((uv_handle_t *)&net->wake, NULL);
    uv_close((uv_handle_t *)&net->second, NULL);
    uv_close((uv_handle_t *)&net->alarm, NULL);
    uv_close((uv_handle_t *)&net->turn, NULL);
    for (int i = 0; i < 3; i++) {
        uv_close((uv_handle_t *)&net->signals[i], NULL);
    }
}

void net_destroy(struct net *net)
{
    if (!net) {
        return;
    }
    complaining = NULL;
    listen_close(net);
    close_handles(net);
    if (net->lws) {
        lws_context_destroy(net->lws); /* on a foreign loop the first call only begins */
    }
    uv_run(&net->loop, UV_RUN_DEFAULT);
    if (net->lws) {
        lws_context_destroy(net->lws);
    }
    uv_loop_close(&net->loop);
    for (struct page *page = net->pages; page->path; page++) {
        buf_finish(&page->body);
    }
    free(net->pages);
    map_finish(&net->per_address);
    buf_finish(&net->scratch);
    free(net->todo.sockets);
    free(net);
}
