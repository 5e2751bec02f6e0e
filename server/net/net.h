/* The way in and out: listening, HTTP, WebSocket sessions, the web client's files, the admin
 * socket.
 *
 * libwebsockets on libuv lives on this floor and nowhere else; it is never trusted to be strict, so
 * what it lets through is checked here (each check is named in tests/protocol).
 *
 * Owns: the event loop, every socket. Threads: net_wake() from any, the rest from the one that
 * calls net_run(). Never: SQLite, the disk (a certificate apart), a name of the domain. */
#ifndef BEFFROI_NET_NET_H
#define BEFFROI_NET_NET_H

#include <stddef.h>

#include "base/buf.h"
#include "live/live.h"

struct blob_store;
struct helper;

/* A page that the server writes about itself: "/api/openapi.json". */
struct net_document {
    const char *path, *type;
    void (*produce)(struct buf *out); /* called once, at start */
};

/* What the loop has to tell of itself; NET_ALIVE each second. */
enum net_news { NET_ALIVE, NET_RELOADS, NET_RELOADED, NET_STOPS };

/* What is about listening is needed during net_create() only; the proxy, the TLS files and the
 * version are borrowed for the life of the net. NULL = not wanted, unless said otherwise. */
struct net_config {
    const char *listen; /* "ADDR:PORT" (port 0: the kernel picks) or "unix:PATH"; sockets handed
                         * over by systemd (LISTEN_FDS) go before it */
    const char *admin_socket;       /* path; mode 0600, its callers are the operator */
    const char *metrics_listen;     /* "ADDR:PORT" for /metrics alone */
    const char *public_url;         /* "https://club.example.fr", no path; NULL: as listened to */
    const char *trusted_proxy;      /* numeric address whose X-Forwarded-For counts */
    const char *tls_cert, *tls_key; /* PEM files, both or none; read again on SIGHUP */
    const char *version;            /* of the program, for /version; never NULL */
    const struct net_document *documents; /* ends with a NULL path */
    struct blob_store *blobs;             /* contents of files; NULL: there are none */
    struct helper *helper;                /* NULL: nothing that comes in can be looked into */
    void (*tell)(void *context, enum net_news news); /* on the loop */
    void *tell_context;
};

struct net;

/* Binds and listens; nobody is answered before net_run(). NULL: `error` says what to do.
 */
struct net *net_create(const struct net_config *config, char *error, size_t error_bytes);
/* Where people come, as configured or as listened to: the base of links and the exact Origin. */
const char *net_public_url(const struct net *net);
/* For live_config.wake: live_turn() is wanted. Any thread; `net` is the struct net. */
void net_wake(void *net);
/* For live_config.wake_in: live_turn() is wanted in `ms` milliseconds, once. */
void net_wake_in(void *net, int64_t ms);
/* Serves until SIGTERM, SIGINT or net_stop(), then: stops accepting, lets the requests under way
 * finish, closes the WebSockets with 1012. When it returns no listener is joined and live may be
 * stopped. */
void net_run(struct net *net, struct live *live);
/* As SIGTERM does. On the loop. */
void net_stop(struct net *net);
/* After live_stop(). NULL is fine. */
void net_destroy(struct net *net);

#endif
