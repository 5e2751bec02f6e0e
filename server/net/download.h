/* Files going out: GET and HEAD of /fichier/<key> and of its thumbnail, /vignette/<key>.
 *
 * file.open decides who may, on every request. The bytes go from the file to the socket by
 * sendfile(2), on a thread of libuv's pool; under TLS they are read there and written on the loop.
 * The connection is libwebsockets' to close, but it is not asked to write: holding back its reading
 * (see http.c) would hold back its writing too, so we wait on a descriptor of our own.
 *
 * Owns: the downloads under way. Threads: the loop's; its work on the pool's. Never: waits for the
 * disk on the loop. */
#ifndef BEFFROI_NET_DOWNLOAD_H
#define BEFFROI_NET_DOWNLOAD_H

#include <stdbool.h>

struct exchange;
struct net;

/* GET or HEAD of a file: true if the path is of one, and the answer is on its way. */
bool download_get(struct exchange *exchange);
/* The connection is gone; nothing if it carried no download. */
void download_gone(struct exchange *exchange);
/* Each second: who reads nothing for LIMIT_ANSWER_S is cut. */
void download_second(struct net *net);

#endif
