#include "announce_fixture.h"

static const char *usual(struct cast *c, const char *first, int64_t id)
{
    return arena_printf(&c->f->arena,
                        "{\"%s\":%lld,\"kind\":\"seance\",\"title\":\"Séance d'automne\","
                        "\"scope\":\"clubs\",\"clubs\":[%lld],\"starts_at\":%lld,\"ends_at\":%lld,"
                        "\"zone\":\"Europe/Paris\",\"registration\":\"open\"}",
                        first, (long long)id, (long long)c->f->ain, (long long)SEANCE_START,
                        (long long)SEANCE_END);
}

enum err event_try_create(struct cast *c, int64_t person, const char *more)
{
    return fixture_run(c->f, person, "event.create", "%s",
                       form_with_nonce(c, usual(c, "club", c->f->ain), more));
}

enum err event_try_update(struct cast *c, int64_t person, int64_t event, const char *more)
{
    return fixture_run(c->f, person, "event.update", "%s",
                       form_with(c, usual(c, "event", event), more));
}

int64_t event_draft(struct cast *c, const char *more)
{
    fixture_ok(c->f, c->anne, "event.create", "%s",
               form_with_nonce(c, usual(c, "club", c->f->ain), more));
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
    fixture_ok(c->f, c->anne, "event.update", "%s", form_with(c, usual(c, "event", event), more));
}

enum err event_try_about(struct cast *c, int64_t person, const char *command, int64_t event)
{
    return fixture_run(c->f, person, command, "{\"event\":%lld}", (long long)event);
}

void event_about(struct cast *c, int64_t person, const char *command, int64_t event)
{
    fixture_ok(c->f, person, command, "{\"event\":%lld}", (long long)event);
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
