/* WebSocket sessions: the listeners of live/ as libwebsockets carries them.
 *
 * Everything that waits for a socket leaves in one write at the end of the loop's turn; closing too
 * happens there, never inside a callback of that socket.
 *
 * Owns: queues of references to shared bytes. Threads: the loop's. Never: holds more than
 * LIMIT_SOCKET_QUEUE_BYTES for a peer that does not read. */
#ifndef BEFFROI_NET_SOCKET_H
#define BEFFROI_NET_SOCKET_H

#include "net/inside.h"

#define SOCKET_PROTOCOL "beffroi.v1"

/* End of a turn: writes, closes and frees what asked for it. */
void socket_turn(struct net *net);
/* The hand of the wheel moved to net->now_s: pings, hang-ups, half messages, paused readers. */
void socket_second(struct net *net);
/* Closes all, saying why. */
void socket_close_all(struct net *net, int code, const char *reason);
/* It has asked something and has no answer yet. NULL is fine. */
bool socket_waits(const struct socket *socket);
/* The connection is no more. */
void socket_gone(struct connection *connection);

#endif
