/* What the files of this floor share: the loop's state, and a connection from accept to its end.
 *
 * Owns: nothing beyond what is said at each member. Threads: the loop's. Never: included elsewhere.
 */
#ifndef BEFFROI_NET_INSIDE_H
#define BEFFROI_NET_INSIDE_H

#include <libwebsockets.h>
#include <openssl/ssl.h>
#include <uv.h>

#include "base/limits.h"
#include "base/map.h"
#include "net/net.h"
#include "net/site.h"

struct exchange;
struct socket;
struct upload;
struct download;

#define SERVICE_BYTES 131072 /* libwebsockets reads this much at once */

#define SECURITY_HEADERS 7

enum door_kind { DOOR_PUBLIC, DOOR_ADMIN, DOOR_METRICS };

/* A listening socket. */
struct door {
    struct net *net;
    enum door_kind kind;
    int fd;
    bool is_unix;
    bool paused; /* no descriptor was left: tried again each second */
    struct lws_vhost *vhost;
    uv_poll_t poll;
    char path[108]; /* of a unix socket we made, removed at the end */
};
#define DOORS_MAX 8

/* One accepted connection. libwebsockets keeps the pointer as its opaque user data. */
struct connection {
    struct net *net;
    struct lws *wsi;
    struct exchange *exchange; /* HTTP request under way, or NULL */
    struct socket *socket;     /* WebSocket session, or NULL */
    enum door_kind kind;
    bool is_proxy;    /* its X-Forwarded-For counts */
    int64_t counted;  /* network in net->per_address; 0: not counted */
    char address[46]; /* numeric, as text; "" for a unix socket */
    struct connection *next, *previous;
    int64_t since_us;    /* it came, */
    int64_t answered_us; /* its request was answered; 0: not yet */
    bool passes;
    struct connection *older, *newer; /* in net->passing */
};

/* One place per second: a socket is looked at when the hand gets there. More than LIMIT_HANGUP_S.
 */
#define WHEEL_SECONDS 64

struct net_counters {
    int64_t accepted, refused, requests, sockets, sockets_opened, frames_in, writes, bytes_out,
        backed_up, slow_turns, complaints, dawdlers;
};

struct net {
    struct net_config config;
    struct site site;
    struct live *live;
    struct lws_context *lws;
    struct lws_vhost *plain, *tls; /* tls NULL: none */
    /* What libwebsockets puts on the few answers that it makes itself. */
    struct lws_protocol_vhost_options security[SECURITY_HEADERS + 1];
    SSL_CTX *tls_made;    /* of the vhost, borrowed */
    int64_t ticket_key_s; /* when its tickets' key was drawn, as now_s */

    uv_loop_t loop;
    uv_async_t wake;
    uv_signal_t signals[3];
    uv_timer_t second, alarm; /* alarm: live's own */
    uv_prepare_t turn;        /* end of each turn: what waits is written */
    uint64_t turn_start_ns, turn_idle_ns;

    struct door doors[DOORS_MAX];
    int door_count;
    struct connection *connections;
    int connection_count, connection_max;
    struct map per_address; /* connections of each network, as (void *)count */
    struct passing {        /* passing.h; in the order in which they came */
        struct connection *oldest, *newest;
        int count;
    } passing;

    struct socket *wheel[WHEEL_SECONDS];
    int64_t now_s; /* monotonic; moved by the second timer */
    struct todo {  /* sockets to write to, close or free at the end of the turn */
        struct socket **sockets;
        size_t count, capacity;
    } todo;
    struct buf scratch; /* where several pieces for one socket become one write */

    struct page {
        const char *path, *type;
        struct buf body;
        char etag[24];
    } * pages; /* config.documents, produced; ends with a NULL path */

    enum { NET_RUNNING, NET_DRAINING, NET_CLOSING } state;
    int64_t state_since_us;
    struct upload *uploads;     /* under way, those whose connection is gone included */
    struct download *downloads; /* the same */
    int upload_count, download_count;
    int finishing; /* uploads that are made files of just now */
    struct net_counters counters;
};

/* --- listen.c --- */
bool listen_open(struct net *net, char *error, size_t error_bytes);
void listen_begin(struct net *net);  /* starts to accept */
void listen_resume(struct net *net); /* tries paused doors again */
void listen_close(struct net *net);  /* stops accepting, removes the unix sockets */
/* Address and port of the first public door, as an authority ("127.0.0.1:8080"). */
bool listen_authority(const struct net *net, char *out, size_t bytes);

/* --- connection.c --- */
/* Hands an accepted descriptor to libwebsockets; closes it where that cannot be. */
void connection_adopt(struct door *door, int fd, const char *address);
void connection_destroy(struct connection *connection);
/* Counts it for this address; false: that address has its fill. Once per connection. */
bool connection_count(struct connection *connection, const char *address);

/* --- answer.c --- */
/* Fills net->security; the site is known. */
void answer_secure(struct net *net);

/* --- http.c, socket.c: what libwebsockets calls --- */
int http_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                  size_t len);
int socket_callback(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t len);

/* --- tls.c --- */
/* Tries the files apart from what runs, since libwebsockets reports nothing. NULL = fine, else why.
 */
const char *tls_problem(const char *cert, const char *key);
void tls_configure(struct lws_context_creation_info *info, const struct net_config *config);
/* libwebsockets has made the context of a vhost: what it has no setting for. -1: it cannot be. */
int tls_made(struct net *net, SSL_CTX *tls);
void tls_second(struct net *net);
void tls_reload(struct net *net);

#endif
