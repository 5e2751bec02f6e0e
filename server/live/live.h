/* From commit to sockets: runs requests on their threads, turns each committed batch into frames,
 * and tells every listener what it may hear, in one order.
 *
 * A batch crosses to the loop as one report. Each run of facts for one audience is one shared
 * buffer of ready-made WebSocket frames; listeners queue references to it, and write all that waits
 * at the end of the turn. Recent reports stay in a ring (LIMIT_RING_BYTES): a
 * listener that joins or resumes with what a reader saw at head h is first given what the ring
 * holds above h, rights and closings included; so nothing is held back and there is no hole.
 *
 * Owns: writer, readers, workers, hub, ring, breaths, tails. Threads: everything declared here is
 * for the loop, `wake` (in the config) is called from any. Never: libwebsockets, SQL. */
#ifndef BEFFROI_LIVE_LIVE_H
#define BEFFROI_LIVE_LIVE_H

#include "base/buf.h"
#include "live/request.h"

struct live_config {
    const char *data_dir; /* holds beffroi.db */
    const char *public_url;
    struct db *db;               /* writer connection, migrated; taken over */
    int readers, workers;        /* threads */
    struct helper *helper;       /* borrowed; NULL: what it would look into waits */
    struct blob_store *blobs;    /* borrowed; NULL: there are no contents */
    struct post *post;           /* borrowed; NULL: mail becomes DIR/mail/NNN.eml */
    const char *mail_from;       /* "Beffroi <club@example.fr>" */
    void (*wake)(void *context); /* asks for a live_turn() on the loop; any thread */
    /* Asks for a live_turn() in `ms`; the loop only; a later call replaces an earlier one. */
    void (*wake_in)(void *context, int64_t ms);
    void *wake_context; /* of both */
};

struct live *live_start(const struct live_config *config); /* NULL on failure, said in the log */
/* Takes in what the other threads brought: answers requests, fans facts out, flushes listeners. */
void live_turn(struct live *live);
/* At the end of each turn of the loop, before it waits: what came in it goes to the writer, as one
 * batch. Handed over one by one, the first would be committed alone while the others came. */
void live_hand_over(struct live *live);
/* Drains and joins every thread; requests still on their way are answered within. */
void live_stop(struct live *live);
bool live_read_only(const struct live *live);

/* --- listeners -------------------------------------------------------------------------------- */

struct listener;
struct listener_ops {
    /* Queue these bytes (ready-made frames; retain to keep): all that a turn brings leaves at its
     * end, in one write. false: the queue is past its bound. */
    bool (*queue)(struct listener *listener, struct shared_bytes *bytes);
    /* Say why and close: 4401 session over, 1013 too slow, 1012 restart. */
    void (*close)(struct listener *listener, int code, const char *reason);
};

struct subscription; /* hub's own */
struct listener {
    struct live *live;
    int64_t person, session;
    struct subscription *subscriptions; /* owned by the hub */
    size_t subscription_count;
    struct listener *next_of_person, *next_to_close;
    struct request *requests; /* on their way for it */
    int64_t open_channel;     /* channel on screen, for typing; 0 none */
    uint16_t request_count;
    bool joined;

    /* What each delivery looks at, for thousands of listeners in a row, lies together (ADR 16). */
    const struct listener_ops *ops;
    int64_t cursor; /* it has what came up to this number; reports above are news to it */
    int close_code; /* to be closed with, at the end of the turn; 0 none */
    bool resuming, is_to_close;
};

/* Lets a listener (zeroed, but for `ops`) in: its credential is checked on a reader, its audiences
 * are read, it is given `hello` and then hears. If refused: ops->close(4401, 4429 or 1013).
 * Asynchronous; listener_leave() ends it at any time. */
void listener_join(struct live *live, struct listener *listener,
                   const struct credential *credential, enum lang lang);
void listener_leave(struct listener *listener);
/* A frame from a joined listener: decodes, answers or refuses through ops->queue; session.resume
 * and breaths are handled here. false: the caller should stop reading until something is queued
 * (busy). */
bool listener_receive(struct listener *listener, const char *frame, size_t bytes, enum lang lang);

/* --- the server's own commands ---------------------------------------------------------------- */

/* Sends off a command with these parameters (a JSON object, taken at once), decided by the rights
 * of `credential`: of the system (CREDENTIAL_OPERATOR) or of whom it is done for. `done` is called
 * on the loop with the outcome, as in request.h, and never inside this call; where `owner` is NULL
 * nobody asks. Any thread for what is written, the loop for a query. */
void live_call(struct live *live, const struct credential *credential, const char *command,
               const struct buf *params, void (*done)(struct request *request), void *owner);

/* --- counters for /metrics ----------------------------------------------------------------------
 */

/* Appends Prometheus text. */
void live_metrics(struct live *live, struct buf *out);

#endif
