/* A command run in this process, on the writer's connection, without threads: for the command line
 * beside no server, and for the demonstration.
 *
 * Threads: the main one. Never: begins or ends the transaction. */
#ifndef BEFFROI_MAIN_LOCAL_CALL_H
#define BEFFROI_MAIN_LOCAL_CALL_H

#include "club/execute.h"

struct local_call {
    struct db *db;
    struct credential credential;
    int64_t now_ms;
    enum lang lang;
    const char *public_url, *ledger_path;
};

/* Decodes `params` (JSON), prepares, executes; `*out` is the command's out struct, in `arena` like
 * the problem's texts. The caller holds a write transaction and undoes it on error. */
enum err local_call(const struct local_call *call, const struct command *command,
                    const char *params, struct arena *arena, void **out, struct problem *problem);

#endif
