#include "seat_fixture.h"

#include "club/due.h"

enum { IN_DAYS = 10 };

struct seats seats_of(void **state, int64_t capacity)
{
    struct cast c = cast_of(state);
    struct seats s = {.f = c.f, .anne = c.anne, .bob = c.bob, .chloe = c.chloe, .zoe = c.zoe};
    s.denis = fixture_member(c.f, "Denis", c.f->ain, ROLE_PARTENAIRE);
    fixture_sql(c.f,
                "INSERT INTO channel (club, kind, name, created_at) VALUES (%lld, 'event',"
                " 'Séance', 0)",
                (long long)c.f->ain);
    s.channel = db_last_id(c.f->db);
    fixture_sql(c.f,
                "INSERT INTO event (uid, club, kind, title, description, nodes, scope, starts_at,"
                " ends_at, zone, registration, capacity, state, channel, created_by, created_at,"
                " changed_at) VALUES ('u', %lld, 'seance', 'Séance du Club', '', '[]', 'clubs',"
                " %lld, %lld, 'Europe/Paris', 'open', nullif(%lld, 0), 'published', %lld, %lld, 0,"
                " 0)",
                (long long)c.f->ain, (long long)(c.f->now_ms + IN_DAYS * MS_PER_DAY),
                (long long)(c.f->now_ms + IN_DAYS * MS_PER_DAY + 2 * MS_PER_HOUR),
                (long long)capacity, (long long)s.channel, (long long)s.anne);
    s.event = db_last_id(c.f->db);
    fixture_sql(c.f, "INSERT INTO event_club VALUES (%lld, %lld)", (long long)s.event,
                (long long)c.f->ain);
    return s;
}

void seat_set(struct seats *s, const char *assignment)
{
    fixture_sql(s->f, "UPDATE event SET %s WHERE id = %lld", assignment, (long long)s->event);
}

enum err seat_try(struct seats *s, int64_t person, const char *command)
{
    return fixture_run(s->f, person, command, "{\"event\":%lld}", (long long)s->event);
}

void seat_do(struct seats *s, int64_t person, const char *command)
{
    fixture_ok(s->f, person, command, "{\"event\":%lld}", (long long)s->event);
}

enum err seat_try_for(struct seats *s, int64_t actor, const char *command, int64_t person)
{
    return fixture_run(s->f, actor, command, "{\"event\":%lld,\"person\":%lld}",
                       (long long)s->event, (long long)person);
}

void seat_do_for(struct seats *s, int64_t actor, const char *command, int64_t person)
{
    fixture_ok(s->f, actor, command, "{\"event\":%lld,\"person\":%lld}", (long long)s->event,
               (long long)person);
}

static long long next_nonce(void)
{
    static long long nonce = 20000000;
    return nonce++;
}

enum err seat_try_register(struct seats *s, int64_t person)
{
    return fixture_run(s->f, person, "event.register", "{\"event\":%lld,\"nonce\":\"%lld\"}",
                       (long long)s->event, next_nonce());
}

int64_t seat_register(struct seats *s, int64_t person)
{
    fixture_ok(s->f, person, "event.register", "{\"event\":%lld,\"nonce\":\"%lld\"}",
               (long long)s->event, next_nonce());
    return fixture_int(s->f, "id");
}

enum err seat_try_register_for(struct seats *s, int64_t actor, int64_t person)
{
    return fixture_run(s->f, actor, "event.register",
                       "{\"event\":%lld,\"person\":%lld,\"nonce\":\"%lld\"}", (long long)s->event,
                       (long long)person, next_nonce());
}

void seat_due(struct seats *s)
{
    const struct command *command;
    int64_t object = 0;
    while ((command = due_next(s->f->db, s->f->now_ms, &object)) != NULL) {
        due_forget(s->f->db, command, object);
        fixture_ok(s->f, FIXTURE_OPERATOR, command->name, "{\"%s\":%lld}", command->in->name,
                   (long long)object);
    }
}

SQL(state_of, "SELECT state FROM registration WHERE event = ?1 AND person = ?2");

const char *seat_state(struct seats *s, int64_t person)
{
    const char *state = db_text(s->f->db, &state_of, &s->f->arena, s->event, person);
    return state ? state : "none";
}

int64_t seat_letters(struct seats *s, int64_t person, const char *begins)
{
    return fixture_count(s->f,
                         "SELECT count(*) FROM mail WHERE person = %lld AND subject LIKE '%s%%'",
                         (long long)person, begins);
}
