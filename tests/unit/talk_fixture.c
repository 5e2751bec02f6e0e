#include "talk_fixture.h"

struct cast cast_of(void **state)
{
    struct club_fixture *f = *state;
    return (struct cast){
        .f = f,
        .anne = fixture_member(f, "Anne", f->ain, ROLE_ANIMATEUR),
        .bob = fixture_member(f, "Bob", f->ain, ROLE_CHEF_DE_PROJET),
        .chloe = fixture_member(f, "Chloé", f->ain, ROLE_ELU),
        .zoe = fixture_member(f, "Zoé", f->reunion, ROLE_ANIMATEUR),
        .general = fixture_channel(f, f->ain, "Général"),
        .announces = fixture_channel(f, f->ain, "Annonces"),
    };
}

/* A number for a nonce, so that none serves twice. */
static long long next_nonce(void)
{
    static long long nonce = 10000000;
    return nonce++;
}

enum err talk_try(struct cast *c, int64_t person, int64_t channel, const char *body)
{
    return fixture_run(c->f, person, "message.post",
                       "{\"channel\":%lld,\"nonce\":\"%lld\",\"body\":\"%s\"}", (long long)channel,
                       next_nonce(), body);
}

int64_t talk_post(struct cast *c, int64_t person, int64_t channel, const char *body)
{
    assert_int_equal(talk_try(c, person, channel, body), ERR_NONE);
    return fixture_int(c->f, "id");
}

int64_t talk_reply(struct cast *c, int64_t person, int64_t thread, const char *body)
{
    int64_t channel =
        fixture_count(c->f, "SELECT channel FROM message WHERE id = %lld", (long long)thread);
    fixture_ok(c->f, person, "message.post",
               "{\"channel\":%lld,\"thread\":%lld,\"nonce\":\"%lld\",\"body\":\"%s\"}",
               (long long)channel, (long long)thread, next_nonce(), body);
    return fixture_int(c->f, "id");
}

enum err talk_try_reply(struct cast *c, int64_t person, int64_t channel, int64_t thread)
{
    return fixture_run(c->f, person, "message.post",
                       "{\"channel\":%lld,\"thread\":%lld,\"nonce\":\"%lld\",\"body\":\"a\"}",
                       (long long)channel, (long long)thread, next_nonce());
}

enum err talk_try_about(struct cast *c, int64_t person, const char *command, int64_t message)
{
    return fixture_run(c->f, person, command, "{\"message\":%lld}", (long long)message);
}

void talk_about(struct cast *c, int64_t person, const char *command, int64_t message)
{
    fixture_ok(c->f, person, command, "{\"message\":%lld}", (long long)message);
}

void talk_edit(struct cast *c, int64_t person, int64_t message, const char *body)
{
    fixture_ok(c->f, person, "message.edit", "{\"message\":%lld,\"body\":\"%s\"}",
               (long long)message, body);
}

enum err talk_try_edit(struct cast *c, int64_t person, int64_t message)
{
    return fixture_run(c->f, person, "message.edit", "{\"message\":%lld,\"body\":\"a\"}",
                       (long long)message);
}

const char *talk_name(struct cast *c, int64_t person)
{
    return arena_printf(&c->f->arena, "@[%lld]", (long long)person);
}

void talk_index_is_sound(struct cast *c)
{
    db_run_deferred(c->f->db);
    fixture_sql(c->f, "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)");
}
