#include "shelf_fixture.h"

static const char *usual(struct cast *c, const char *first, int64_t id, const char *link)
{
    return arena_printf(&c->f->arena,
                        "{\"%s\":%lld,\"kind\":\"guide\",\"title\":\"Guide de l'habitat\","
                        "\"licence\":\"lo_2_0\"%s}",
                        first, (long long)id, link);
}

static const char *new_one(struct cast *c, int64_t club, const char *more)
{
    static const char link[] = ",\"link\":\"https://exemple.fr/guide\"";
    return form_with_nonce(c, usual(c, "club", club, link), more);
}

enum err shelf_try_create(struct cast *c, int64_t person, int64_t club, const char *more)
{
    return fixture_run(c->f, person, "resource.create", "%s", new_one(c, club, more));
}

enum err shelf_try_update(struct cast *c, int64_t person, int64_t resource, const char *more)
{
    return fixture_run(c->f, person, "resource.update", "%s",
                       form_with(c, usual(c, "resource", resource, ""), more));
}

int64_t shelf_create(struct cast *c, int64_t person, int64_t club, const char *more)
{
    fixture_ok(c->f, person, "resource.create", "%s", new_one(c, club, more));
    return fixture_int(c->f, "id");
}

int64_t shelf_draft(struct cast *c, const char *more)
{
    return shelf_create(c, c->bob, c->f->ain, more);
}

int64_t shelf_proposed(struct cast *c, const char *more)
{
    int64_t resource = shelf_draft(c, more);
    shelf_do(c, c->bob, "resource.propose", resource, "");
    return resource;
}

int64_t shelf_published(struct cast *c, const char *more)
{
    int64_t resource = shelf_proposed(c, more);
    shelf_do(c, c->anne, "resource.publish", resource, "");
    return resource;
}

enum err shelf_try(struct cast *c, int64_t person, const char *command, int64_t resource,
                   const char *members)
{
    return fixture_run(c->f, person, command, "{\"resource\":%lld%s}", (long long)resource,
                       members);
}

void shelf_do(struct cast *c, int64_t person, const char *command, int64_t resource,
              const char *members)
{
    fixture_ok(c->f, person, command, "{\"resource\":%lld%s}", (long long)resource, members);
}

bool shelf_seen(struct cast *c, int64_t person, int64_t resource)
{
    enum err err = shelf_try(c, person, "resource.get", resource, "");
    assert_true(err == ERR_NONE || err == ERR_NOT_FOUND);
    return err == ERR_NONE;
}

void shelf_towns(struct cast *c)
{
    fixture_sql(c->f, "INSERT INTO town (id, key, name, folded) VALUES"
                      " (1, '21A', 'Nantua et Montréal-la-Cluse', 'nantua et montreal la cluse'),"
                      " (2, '97410', 'Saint-Benoît', 'saint benoit')");
    fixture_sql(c->f, "INSERT INTO commune (insee, name, departement, epci, epci_name, town) VALUES"
                      " ('01269', 'Nantua', '01', '200042935', 'CA Haut-Bugey', 1),"
                      " ('01265', 'Montréal-la-Cluse', '01', '200042935', 'CA Haut-Bugey', 1),"
                      " ('97410', 'Saint-Benoît', '974', '249740085', 'CIREST', 2)");
}
