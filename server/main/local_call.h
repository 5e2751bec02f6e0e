/* A command run in this process, on the writer's connection, without threads: for the command line
 * beside no server, and for the demonstration.
 *
 * Threads: the main one. Never: begins or ends the transaction. */
#ifndef BEFFROI_MAIN_LOCAL_CALL_H
#define BEFFROI_MAIN_LOCAL_CALL_H

#include "base/buf.h"
#include "club/execute.h"

struct local_call {
    struct db *db;
    struct credential credential;
    int64_t now_ms;
    enum lang lang;
    const char *public_url, *ledger_path;
};

/* Decodes `params` (JSON), prepares, executes; appends the result (JSON) to `result`. The caller holds a
 * write transaction and undoes it on error; `problem`'s texts live in `arena`. */
enum err local_call(const struct local_call *call, const char *command, const char *params,
                    struct arena *arena, struct buf *result, struct problem *problem);

#endif
