/* JSON-RPC 2.0 as we speak it, and problem details (RFC 9457).
 *
 * One object per WebSocket frame; arrays and requests without an id are refused. An error carries
 * the integer of enum err, its text, and the problem object as `data`. Threads: any. */
#ifndef BEFFROI_WIRE_RPC_H
#define BEFFROI_WIRE_RPC_H

#include "wire/json.h"

struct rpc_call {
    const char *method; /* in the arena */
    const char *id;     /* the id as JSON text, to be given back as it came; NULL if unreadable */
    const struct json *params; /* borrowed from `document` */
    struct json *document;     /* released with json_release() */
};

/* Reads one frame. On error `call->id` is still set where it could be read. */
enum err rpc_parse(const char *frame, size_t bytes, struct arena *arena, struct rpc_call *call,
                   struct problem *problem);

/* Append one whole JSON-RPC object. */
void rpc_result(struct buf *buf, const char *id, const struct field *fields, const void *out);
void rpc_error(struct buf *buf, const char *id, const struct problem *problem, enum lang lang);
/* {"jsonrpc":"2.0","method":"fact","params":{"seq":..,"fact":"..",<members>}} */
void rpc_fact(struct buf *buf, int64_t seq, const char *fact, const struct field *fields,
              const void *payload);
void rpc_notify(struct buf *buf, const char *method, const struct field *fields,
                const void *params);

/* {"type":"/errors/not_found","title":..,"status":404,"code":1105,"field":..,"detail":..} */
struct problem_details {
    const char *type, *title, *field, *detail;
    int64_t status, code;
};
extern const struct field problem_fields[];
void problem_encode(struct buf *buf, const struct problem *problem, enum lang lang);

/* Accept-Language (RFC 9110 12.5.4): English where it is preferred to French, else French. */
enum lang lang_of(const char *accept_language);

#endif
