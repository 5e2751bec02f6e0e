/* Slows guessing down: each failure of a throttled command holds the next ones back, longer and
 * longer.
 *
 * Two counts are kept: by network (an address, or an IPv6 /64), generous since a whole préfecture
 * shares one, and by network and account together. None is by account alone, so nobody can lock
 * somebody else out from afar; and a request is held back, never refused.
 *
 * Owns: a table of fixed size (the oldest entry gives way). Threads: the loop. */
#ifndef BEFFROI_LIVE_THROTTLE_H
#define BEFFROI_LIVE_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

struct live;
struct request;

#define THROTTLE_ENTRIES 4096

struct throttle {
    struct throttle_entry {
        uint64_t key;
        int64_t last_us; /* of the last failure; a minute forgives one */
        int32_t failures;
    } entries[THROTTLE_ENTRIES];
    uint64_t seed;           /* so that keys cannot be made to collide */
    int64_t (*now_us)(void); /* clock_mono_us(), or a test's */
};

void throttle_init(struct throttle *throttle);
/* true: the request was taken and will be dispatched by throttle_release() when its time comes. */
bool throttle_hold(struct live *live, struct request *request);
/* Dispatches what has waited long enough. */
void throttle_release(struct live *live);
/* Takes what was no failure off the counts. */
void throttle_note(struct live *live, const struct request *request);

#endif
