/* How fast a WebSocket may send: frames, the bytes in them, pongs.
 *
 * A bucket of tokens, kept as the instant up to which what was sent is paid: it may lag behind by a
 * whole burst, never more. A frame costs one token and one for each 4 KiB, since that is what
 * parsing costs.
 *
 * Owns: nothing. Threads: the loop's. */
#ifndef BEFFROI_NET_PACE_H
#define BEFFROI_NET_PACE_H

#include <stddef.h>
#include <stdint.h>

struct pace {
    int64_t paid_us;
    int32_t refused; /* tokens asked for in vain since the bucket was last full */
};

enum pace_word {
    PACE_GOES,
    PACE_REFUSED, /* too fast: an error is owed */
    PACE_FLOOD    /* and does not listen: it is cut */
};

void pace_init(struct pace *pace);
enum pace_word pace_frame(struct pace *pace, size_t bytes);
/* Of its own, or an answer to ours: more than a frame's worth of them is a flood. */
enum pace_word pace_pong(struct pace *pace);

#endif
