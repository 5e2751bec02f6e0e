/* libFuzzer: a WebSocket frame as anybody may send it, decoded by a table with one field of every
 * type. What passes is written again, and that must be read as the same. */
#include <stdlib.h>
#include <string.h>

#include "../unit/sample.h"
#include "base/str.h"
#include "fuzz.h"
#include "wire/rpc.h"

/* An answer must be JSON that any client can read. */
static void check_readable(const struct buf *buf, struct arena *arena)
{
    struct json *json;
    struct problem problem;
    check(utf8_valid(buf->data, buf->len));
    check(json_parse(buf->data, buf->len, arena, &json, &problem) == ERR_NONE);
    json_release(json);
}

static void check_round_trip(const struct all *all, const char *id, struct arena *arena)
{
    struct buf once, twice;
    struct json *json;
    struct problem problem;
    struct all again = {0};
    buf_init(&once);
    buf_init(&twice);
    json_encode(&once, all_fields, all);
    check(json_parse(once.data, once.len, arena, &json, &problem) == ERR_NONE);
    check(json_decode(json, all_fields, arena, &again, &problem) == ERR_NONE);
    json_release(json);
    json_encode(&twice, all_fields, &again);
    check(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    buf_clear(&twice);
    rpc_result(&twice, id, all_fields, all);
    check_readable(&twice, arena);
    buf_finish(&once);
    buf_finish(&twice);
}

int fuzz_rpc(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct rpc_call call;
    struct problem problem = {0};
    struct all all = {0};
    arena_init(&arena);
    enum err err = rpc_parse((const char *)data, bytes, &arena, &call, &problem);
    if (!err) {
        err = json_decode(call.params, all_fields, &arena, &all, &problem);
    }
    check(err == problem.err);
    if (err) {
        struct buf reply;
        buf_init(&reply);
        rpc_error(&reply, call.id, &problem, bytes % 2 ? LANG_FR : LANG_EN);
        check_readable(&reply, &arena);
        buf_finish(&reply);
    } else {
        check_round_trip(&all, call.id, &arena);
    }
    json_release(call.document);
    char *header = arena_memdup(&arena, data, bytes);
    lang_of(header);
    arena_finish(&arena);
    return 0;
}
