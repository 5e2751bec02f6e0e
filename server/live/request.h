/* One command on its way: decoded by net/, run on the thread its kind asks for, answered on the
 * loop.
 *
 * Owns: its arena, its reply. Threads: one at a time, handed over whole. */
#ifndef BEFFROI_LIVE_REQUEST_H
#define BEFFROI_LIVE_REQUEST_H

#include "base/buf.h"
#include "club/execute.h"
#include "store/writer.h"
#include "wire/rpc.h"

struct live;

struct request {
    struct job job; /* first: the store hands jobs around */
    struct live *live;
    struct arena arena;
    const struct command *command;
    struct credential credential;
    const char *address, *user_agent; /* in the arena, NULL if unknown */
    enum lang lang;
    const char
        *rpc_id; /* JSON text of the id; NULL: asked over HTTP, the reply is the bare result */
    void *in, *out;

    /* The outcome. `reply`: a JSON-RPC object, or an HTTP body (the result, or problem details). */
    enum err err;
    struct problem problem;
    struct buf reply;
    struct effects effects;
    const char *set_cookie_token;   /* see tx; in the arena */
    int64_t opened_session, person; /* of the actor found */

    /* Called on the loop when all is done; then the request is destroyed. `owner` may be set to
     * NULL meanwhile (its socket went away): the callback is then not called. */
    void (*done)(struct request *request);
    void *owner;
    struct request *next_of_owner, **link_of_owner; /* in the listener's list */
    bool counted;                                   /* by the throttle, as an attempt */
    int64_t not_before_us;                          /* held back by the throttle until then */
};

struct request *request_create(struct live *live);
void request_destroy(struct request *request); /* NULL is fine */

/* Finds the command and decodes `params` (NULL = {}) into request->in. */
enum err request_decode(struct request *request, const char *method, const struct json *params);
/* Sets off. Always ends in `done`, refusals (ERR_BUSY...) included, never inside this call. Loop
 * only. */
void request_submit(struct request *request);
/* Ends a request that never set off (bad JSON, rate...): encodes its problem as the reply. */
void request_refuse(struct request *request);

#endif
