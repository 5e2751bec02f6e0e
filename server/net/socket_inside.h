/* A WebSocket session as its own files see it: its life (socket.c), its way out (socket_write.c).
 *
 * Owns: its queue, and what came of a message. Threads: the loop's. Never: included elsewhere. */
#ifndef BEFFROI_NET_SOCKET_INSIDE_H
#define BEFFROI_NET_SOCKET_INSIDE_H

#include "net/inside.h"
#include "net/pace.h"
#include "net/socket_queue.h"

/* Two lines of the cache hold what a delivery looks at: from the end of `listener` to `wsi`. */
struct socket {
    struct listener listener; /* first: live/ hands it back */
    int fd;
    uint16_t close_code; /* 0: stays */
    bool is_open : 1, pinged : 1, paused : 1, in_todo : 1, is_tls : 1;
    bool hears_no_more : 1; /* the peer has sent its close: what follows is not looked at */
    bool backed_up : 1;     /* libwebsockets holds bytes of it, as of look_ahead() */
    struct queue queue;
    struct net *net;
    struct connection *connection; /* NULL: gone, freed at the end of the turn */
    struct lws *wsi;

    struct credential credential;
    enum lang lang;
    struct buf incoming; /* a message that came in pieces, */
    size_t checked;      /* whole characters of it that were looked at */
    int64_t incoming_since_s;
    int fragments;
    struct pace pace;
    uint32_t came; /* bytes, when it was first looked at in silence; wraps */

    int64_t heard_s;       /* when it last sent anything */
    int64_t stuck_since_s; /* what is sent to it waits; 0: nothing does */
    int64_t stuck_at;      /* bytes it had confirmed then */
    const char *close_reason;

    struct socket *next, *previous; /* in its place of the wheel */
    struct socket **place;
};

/* Has it written to, closed or freed at the end of the turn. */
void socket_todo(struct socket *socket);
/* listener_ops.queue. */
bool socket_queue(struct listener *listener, struct shared_bytes *bytes);
/* Writes what waits, in one write; `backed_up`: libwebsockets still holds bytes of it. */
void socket_flush(struct socket *socket, bool backed_up);
/* Asks of the sockets of net->todo from here on whether they are backed up; up to which it did. */
size_t socket_look_ahead(const struct todo *todo, size_t from);

#endif
