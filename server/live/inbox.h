/* What other threads bring to the loop: finished requests and committed reports, in order of
 * arrival.
 *
 * Owns: what was put and not yet taken. Threads: put from any, take on the loop. */
#ifndef BEFFROI_LIVE_INBOX_H
#define BEFFROI_LIVE_INBOX_H

#include <pthread.h>

#include "live/report.h"

/* One delivery: a report, a list of finished requests, or both. */
struct parcel {
    struct parcel *next;
    struct report *report; /* NULL: nothing was committed */
    struct job *requests;
};

struct inbox {
    pthread_mutex_t lock;
    struct parcel *first, **last;
    void (*wake)(void *context);
    void *context;
};

void inbox_init(struct inbox *inbox, void (*wake)(void *context), void *context);
void inbox_finish(struct inbox *inbox);
/* Takes both over and wakes the loop. */
void inbox_put(struct inbox *inbox, struct report *report, struct job *requests);
/* All parcels so far, oldest first; the caller frees each. */
struct parcel *inbox_take(struct inbox *inbox);

#endif
