/* The last reports, so that a listener joining with what a reader saw is brought up to now.
 *
 * Owns: the reports in it. Threads: the loop. Never: holds more than LIMIT_RING_BYTES, one report
 * apart. */
#ifndef BEFFROI_LIVE_RING_H
#define BEFFROI_LIVE_RING_H

#include "live/report.h"

struct ring {
    struct report *first, **last;
    size_t bytes;
    int64_t floor; /* nothing above this number is missing */
    int64_t head;  /* of the newest report */
};

/* `head`: where the journal stood at start. */
void ring_init(struct ring *ring, int64_t head);
void ring_finish(struct ring *ring);
/* Takes it over; one without a number is of no use to anybody and goes at once. */
void ring_add(struct ring *ring, struct report *report);
/* First report above `head`; walk by ->next. Only if head >= ring->floor. */
const struct report *ring_after(const struct ring *ring, int64_t head);

#endif
