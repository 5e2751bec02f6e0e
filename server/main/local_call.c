#include "main/local_call.h"

#include <string.h>

#include "wire/json.h"

static enum err decode(const struct command *command, const char *params, struct arena *arena,
                       void *in, struct problem *problem)
{
    struct json *json = NULL;
    enum err err = json_parse(params, strlen(params), arena, &json, problem);
    err = err ? err : json_decode(json, command->in, arena, in, problem);
    json_release(json);
    return err;
}

enum err local_call(const struct local_call *call, const struct command *command,
                    const char *params, struct arena *arena, void **out, struct problem *problem)
{
    void *in = arena_alloc(arena, command->in_bytes + 1);
    *out = arena_alloc(arena, command->out_bytes + 1);
    enum err err = decode(command, params, arena, in, problem);
    struct tx tx = {
        .db = call->db,
        .arena = arena,
        .now_ms = call->now_ms,
        .lang = call->lang,
        .public_url = call->public_url,
        .ledger_path = call->ledger_path,
        .problem = problem,
    };
    struct effects effects = {0};
    if (!err && command->prepare) {
        err = execute_prepare(&tx, command, &call->credential, in);
    }
    return err ? err : execute(&tx, command, &call->credential, in, *out, &effects);
}
