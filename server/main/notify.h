/* Telling a service manager how the server is (sd_notify(3), without its library): datagrams to
 * NOTIFY_SOCKET. Without one nothing is told.
 *
 * Opened before the process shuts itself in, which makes no socket any more.
 *
 * Owns: the socket. Threads: the main one. */
#ifndef BEFFROI_MAIN_NOTIFY_H
#define BEFFROI_MAIN_NOTIFY_H

#include "net/net.h"

struct notify {
    int socket;        /* -1: nobody listens */
    int64_t period_us; /* of the sign of life that is wanted; 0: none */
    int64_t last_us;   /* when it was given, monotonic */
};

void notify_open(struct notify *notify);
void notify_ready(const struct notify *notify);
/* For net_config.tell; `context` is the struct notify. A sign of life is one of the loop, which
 * gives it each second: a loop that hangs is noticed. */
void notify_tell(void *context, enum net_news news);
void notify_close(struct notify *notify);

#endif
