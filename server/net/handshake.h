/* Whether a request may become a WebSocket (RFC 6455 4.2.1): its form, who asks, from which site.
 *
 * Owns: nothing. Threads: the loop's. Never: answers. */
#ifndef BEFFROI_NET_HANDSHAKE_H
#define BEFFROI_NET_HANDSHAKE_H

#include "net/head.h"

/* The header that libwebsockets would not let us answer for later, or NULL. Only what passes may
 * go on there: its paths for h2c and foreign upgrades are not to be entered. */
const char *handshake_fault(struct lws *wsi);
/* All the rest. ERR_HEADER, ERR_ORIGIN, ERR_LOGIN... fill `problem`; what could be read is in
 * `head` even then. */
enum err handshake_check(struct connection *connection, struct arena *arena, struct head *head,
                         struct credential *credential, struct problem *problem);

#endif
