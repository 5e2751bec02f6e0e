/* The protocol told by itself: from the command table to OpenAPI, AsyncAPI, TypeScript and the
 * reference.
 *
 * Owns nothing. Threads: any. Never: a line written by hand about one command. */
#ifndef BEFFROI_CLUB_DESCRIBE_H
#define BEFFROI_CLUB_DESCRIBE_H

#include "base/buf.h"

/* Each appends one whole document. */
void describe_openapi(struct buf *buf);    /* 3.1, JSON: the commands over HTTP */
void describe_asyncapi(struct buf *buf);   /* 3.0, JSON: the WebSocket */
void describe_typescript(struct buf *buf); /* web/src/gen/protocol.ts */
void describe_reference(struct buf *buf);  /* docs/PROTOCOL.md */

#endif
