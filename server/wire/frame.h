/* Ready-made WebSocket frames of a server (RFC 6455 5.2: never masked, never fragmented).
 *
 * Threads: any. */
#ifndef BEFFROI_WIRE_FRAME_H
#define BEFFROI_WIRE_FRAME_H

#include "base/buf.h"

/* Appends a text frame around `data`. */
void frame_text(struct buf *buf, const void *data, size_t bytes);
/* Appends a close frame with its code and reason (at most 123 bytes). */
void frame_close(struct buf *buf, int code, const char *reason);

#endif
