/* Which bytes of a content a request wants (RFC 9110 14), from its headers.
 *
 * Owns nothing. Threads: any. Never: allocates. */
#ifndef BEFFROI_NET_RANGE_H
#define BEFFROI_NET_RANGE_H

#include <stdbool.h>
#include <stdint.h>

enum range_kind {
    RANGE_WHOLE, /* none asked for, or one we need not follow: several, another unit, nonsense */
    RANGE_PART,
    RANGE_BEYOND /* 416: it has no byte of the content */
};
struct range {
    enum range_kind kind;
    int64_t first, bytes; /* of PART and WHOLE */
};

/* `range`: value of the Range header, or NULL; `size` of the content, in bytes. */
struct range range_read(const char *range, int64_t size);
/* If-Range (RFC 9110 13.1.5; NULL = none) allows a part: it is this very tag. We give no date. */
bool range_is_current(const char *if_range, const char *etag);

#endif
