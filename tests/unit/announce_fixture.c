#include "announce_fixture.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *form(struct cast *c, const char *first, int64_t id, const char *more)
{
    char *changes_text = arena_printf(&c->f->arena, "{%s}", more ? more : "");
    json_t *changes = json_loads(changes_text, 0, NULL);
    assert_non_null(changes);
    json_t *all =
        json_pack("{s:I, s:s, s:s, s:s, s:[I], s:I, s:I, s:s, s:s}", first, (json_int_t)id, "kind",
                  "seance", "title", "Séance d'automne", "scope", "clubs", "clubs",
                  (json_int_t)c->f->ain, "starts_at", (json_int_t)SEANCE_START, "ends_at",
                  (json_int_t)SEANCE_END, "zone", "Europe/Paris", "registration", "open");
    const char *name;
    json_t *value;
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

static const char *with_nonce(struct cast *c, const char *more)
{
    static long long nonce = 50000000;
    return arena_printf(&c->f->arena, "\"nonce\":\"%lld\"%s%s", nonce++, more && *more ? "," : "",
                        more ? more : "");
}

enum err event_try_create(struct cast *c, int64_t person, const char *more)
{
    return fixture_run(c->f, person, "event.create", "%s",
                       form(c, "club", c->f->ain, with_nonce(c, more)));
}

enum err event_try_update(struct cast *c, int64_t person, int64_t event, const char *more)
{
    return fixture_run(c->f, person, "event.update", "%s", form(c, "event", event, more));
}

int64_t event_draft(struct cast *c, const char *more)
{
    fixture_ok(c->f, c->anne, "event.create", "%s",
               form(c, "club", c->f->ain, with_nonce(c, more)));
    return fixture_int(c->f, "id");
}

int64_t event_published(struct cast *c, const char *more)
{
    int64_t event = event_draft(c, more);
    event_about(c, c->anne, "event.publish", event);
    return event;
}

void event_updated(struct cast *c, int64_t event, const char *more)
{
    fixture_ok(c->f, c->anne, "event.update", "%s", form(c, "event", event, more));
}

enum err event_try_about(struct cast *c, int64_t person, const char *command, int64_t event)
{
    return fixture_run(c->f, person, command, "{\"event\":%lld}", (long long)event);
}

void event_about(struct cast *c, int64_t person, const char *command, int64_t event)
{
    fixture_ok(c->f, person, command, "{\"event\":%lld}", (long long)event);
}

void event_refused(struct cast *c, enum err got, enum err err, const char *field)
{
    if (got != err) {
        fail_msg("%s and not %s", err_name(got), err_name(err));
    }
    assert_string_equal(c->f->problem.field, field);
}

void event_seat(struct cast *c, int64_t event, int64_t person)
{
    fixture_sql(c->f,
                "INSERT INTO registration (event, person, state, role, created_at, changed_at)"
                " VALUES (%lld, %lld, 'seated', 'elu', 0, 0)",
                (long long)event, (long long)person);
}

const char *event_ms(struct cast *c, int64_t ms)
{
    return arena_printf(&c->f->arena, "%lld", (long long)ms);
}
