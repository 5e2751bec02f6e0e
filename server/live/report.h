/* What one committed batch means to the sockets, in the order of the journal.
 *
 * Each run of facts for one audience is one piece: a shared buffer of ready-made WebSocket frames,
 * encoded once whatever the number of readers.
 *
 * Owns: its items. Threads: built on the writer's, then the loop's alone. */
#ifndef BEFFROI_LIVE_REPORT_H
#define BEFFROI_LIVE_REPORT_H

#include "base/buf.h"
#include "live/request.h"

struct report_item {
    enum effect_type type;
    int64_t audience;            /* EFFECT_FACT */
    struct shared_bytes *frames; /* EFFECT_FACT */
    int64_t person, session;     /* EFFECT_RIGHTS, EFFECT_CLOSE */
    int64_t *audiences;          /* EFFECT_RIGHTS */
    size_t audience_count;
};

struct report {
    struct report *next; /* in the ring */
    int64_t head;        /* highest number among its effects; 0: it only has flags */
    size_t bytes;        /* what keeping it costs */
    size_t count, capacity;
    struct report_item *items;
    bool mail, scrub, files; /* EFFECT_MAIL and so on: for the threads, not for listeners */
};

/* From the effects of a batch's requests, in order; NULL if they have none. */
struct report *report_create(const struct job *batch);
void report_destroy(struct report *report); /* NULL is fine */

#endif
