/* Files coming in, by tus 1.0.0 (core and creation): POST /fichiers, then HEAD and PATCH
 * /fichiers/<key>.
 *
 * A body is taken in two halves of LIMIT_UPLOAD_BYTES: one fills from the socket while the other is
 * written by a thread of libuv's pool; where both are full the socket is not read. What is said to
 * have come is synced: each LIMIT_UPLOAD_SYNC bytes or LIMIT_UPLOAD_SYNC_S seconds, at the end of a
 * PATCH, when the client is gone, and at stop. An upload outlives its connection until its last
 * work is done.
 *
 * Owns: the uploads under way. Threads: the loop's; its work on the pool's. Never: waits for the
 * disk on the loop. */
#ifndef BEFFROI_NET_UPLOAD_H
#define BEFFROI_NET_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct net;

/* The text may be the key of a file. */
bool upload_is_key(const char *text);
/* True if its path is one of uploads: the request is taken care of. */
bool upload_route(struct exchange *exchange);
/* The whole (empty) body of a POST is there. */
void upload_create(struct exchange *exchange);
/* A piece of a body in EXCHANGE_TAKING, and its end. */
/* false: it cannot be taken, the connection is to end. */
bool upload_take(struct exchange *exchange, const void *data, size_t bytes);
void upload_take_end(struct exchange *exchange);
/* The connection is gone; nothing if it carried no upload. */
void upload_gone(struct exchange *exchange);

/* Each second: what drips in is cut. */
void upload_second(struct net *net);
/* The server stops: what came is made sure, and its connections are ended. */
void upload_stop(struct net *net);

#endif
