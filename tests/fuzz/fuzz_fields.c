/* libFuzzer: the parameters of every command, as JSON. What is refused names its error; what passes
 * is written again, read again, and must be the same. The first byte says which command. */
#include <string.h>

#include "base/str.h"
#include "club/command.h"
#include "fuzz.h"
#include "wire/rpc.h"

/* A number whose absence means another than 0 is not written as it was given. */
static bool comes_in_only(const struct field *fields)
{
    for (; fields->type != FIELD_TYPE_END; fields++) {
        if (fields->absent != 0 || (fields->fields && comes_in_only(fields->fields))) {
            return true;
        }
    }
    return false;
}

static void check_text(const struct field *field, const char *text)
{
    if (text && (field->type == FIELD_TYPE_LINE || field->type == FIELD_TYPE_TEXT)) {
        size_t chars = utf8_chars(text);
        check(utf8_valid(text, strlen(text)));
        check(chars >= (size_t)field->min && chars <= (size_t)field->max);
        check(field->type == FIELD_TYPE_TEXT || !strpbrk(text, "\r\n\t"));
        check(!strchr(text, '\r'));
    }
}

static void check_bounds(const struct field *fields, const void *in)
{
    for (; fields->type != FIELD_TYPE_END; fields++) {
        const void *at = (const char *)in + fields->offset;
        if (fields->type == FIELD_TYPE_ID) {
            check(*(const int64_t *)at > 0 || (fields->optional && *(const int64_t *)at == 0));
        }
        if (fields->type == FIELD_TYPE_LINE || fields->type == FIELD_TYPE_TEXT) {
            check_text(fields, *(const char *const *)at);
        }
        if (fields->type == FIELD_TYPE_LIST || fields->type == FIELD_TYPE_IDS) {
            check(((const struct list *)at)->count <= (size_t)fields->max);
        }
    }
}

static void check_round_trip(const struct command *command, const void *in, struct arena *arena)
{
    struct buf once, twice;
    struct json *json = NULL;
    struct problem problem = {0};
    void *again = arena_alloc(arena, command->in_bytes);
    buf_init(&once);
    buf_init(&twice);
    json_encode(&once, command->in, in);
    check(json_parse(once.data, once.len, arena, &json, &problem) == ERR_NONE);
    check(json_decode(json, command->in, arena, again, &problem) == ERR_NONE);
    json_release(json);
    json_encode(&twice, command->in, again);
    check(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    buf_finish(&once);
    buf_finish(&twice);
}

int fuzz_fields(const uint8_t *data, size_t bytes)
{
    size_t count = 0;
    while (commands[count]) {
        count++;
    }
    if (bytes < 2) {
        return 0;
    }
    const struct command *command = commands[data[0] % count];
    struct arena arena;
    struct json *json = NULL;
    struct problem problem = {0};
    arena_init(&arena);
    void *in = arena_alloc(&arena, command->in_bytes);
    enum err err = json_parse((const char *)data + 1, bytes - 1, &arena, &json, &problem);
    err = err ? err : json_decode(json, command->in, &arena, in, &problem);
    check(err == problem.err && err != ERR_INTERNAL);
    if (err) {
        char text[300];
        problem_text(&problem, data[1] % 2 ? LANG_FR : LANG_EN, text, sizeof text);
        check(*text && utf8_valid(text, strlen(text)));
    } else {
        check_bounds(command->in, in);
        if (!comes_in_only(command->in)) {
            check_round_trip(command, in, &arena);
        }
    }
    json_release(json);
    arena_finish(&arena);
    return 0;
}
