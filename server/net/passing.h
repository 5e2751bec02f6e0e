/* Connections that only pass through: a handshake, a request, its answer. Each has little time, and
 * together they are few: when there is one too many the one that has stayed longest goes, so that
 * who dawdles keeps nobody else out, from however many addresses.
 *
 * Not in it: open WebSockets, and files coming in or going out, which have rules of their own.
 *
 * Owns: the order of arrival. Threads: the loop's. */
#ifndef BEFFROI_NET_PASSING_H
#define BEFFROI_NET_PASSING_H

#include "net/inside.h"

/* It has just come; outside every callback of libwebsockets, since another may have to go. */
void passing_enter(struct connection *connection);
/* It has become more, or has gone. */
void passing_leave(struct connection *connection);
/* Each second: cuts those whose time is over. */
void passing_second(struct net *net);

#endif
