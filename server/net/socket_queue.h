/* What waits to be written to one socket: references, never copies.
 *
 * Owns: one reference of each. Threads: the loop's. Never: more than LIMIT_SOCKET_QUEUE_BYTES, one
 * larger answer apart, and LIMIT_SOCKET_QUEUE_FRAMES. */
#ifndef BEFFROI_NET_SOCKET_QUEUE_H
#define BEFFROI_NET_SOCKET_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Narrow, so that with the one piece of most turns it fits in the line a delivery looks at. */
struct queue {
    uint16_t count, capacity;
    bool has_large; /* its bytes are not counted */
    uint32_t bytes;
    struct shared_bytes *few[4]; /* most turns need no more: no memory is asked for */
    struct shared_bytes **items; /* NULL: they are in `few` */
};

/* false: no room, nothing is kept. */
bool queue_add(struct queue *queue, struct shared_bytes *bytes);
bool queue_is_empty(const struct queue *queue);
/* The one thing queued, or NULL if there are several. */
struct shared_bytes *queue_only(const struct queue *queue);
/* All of it end to end in `scratch`, in place of what was there. */
void queue_gather(const struct queue *queue, struct buf *scratch);
/* Lets go of everything. */
void queue_clear(struct queue *queue);

#endif
