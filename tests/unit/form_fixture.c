#include "form_fixture.h"

#include <jansson.h>
#include <stdlib.h>

const char *form_with(struct cast *c, const char *usual, const char *more)
{
    json_t *all = json_loads(usual, 0, NULL);
    json_t *changes = json_loads(arena_printf(&c->f->arena, "{%s}", more ? more : ""), 0, NULL);
    const char *name;
    json_t *value;
    assert_non_null(all);
    assert_non_null(changes);
    json_object_foreach(changes, name, value)
    {
        if (json_is_null(value)) {
            json_object_del(all, name);
        } else {
            json_object_set(all, name, value);
        }
    }
    char *dump = json_dumps(all, JSON_COMPACT);
    char *text = arena_strdup(&c->f->arena, dump);
    free(dump);
    json_decref(changes);
    json_decref(all);
    return text;
}

const char *form_with_nonce(struct cast *c, const char *usual, const char *more)
{
    static long long nonce = 50000000;
    return form_with(c, usual,
                     arena_printf(&c->f->arena, "\"nonce\":\"%lld\"%s%s", nonce++,
                                  more && *more ? "," : "", more ? more : ""));
}

void form_refused(struct cast *c, enum err got, enum err err, const char *field)
{
    if (got != err) {
        fail_msg("%s and not %s", err_name(got), err_name(err));
    }
    assert_string_equal(c->f->problem.field, field);
}
