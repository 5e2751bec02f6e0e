#include "people_fixture.h"

#include <stdio.h>

/* With a session, under the address <word>@example.fr. */
static int64_t add(struct club_fixture *f, const char *word, const char *name, const char *more)
{
    int64_t person = fixture_person(f, word);
    fixture_ok(f, person, "profile.update", "{\"name\":\"%s\"}", name);
    fixture_ok(f, FIXTURE_OPERATOR, "member.add",
               "{\"name\":\"%s\",\"email\":\"%s@example.fr\",%s}", name, word, more);
    return person;
}

struct people people_of(void **state)
{
    struct club_fixture *f = *state;
    struct people p = {.f = f};
    fixture_ok(f, FIXTURE_OPERATOR, "town.import",
               "{\"csv\":\"id_pvd;insee_com;lib_com\\npvd-1;01269;Nantua\\n"
               "pvd-1;01265;Montréal-la-Cluse\\n\"}");
    p.anne = add(f, "anne", "Anne", "\"role\":\"animateur\",\"departement\":\"01\"");
    p.paul = add(f, "paul", "Paul Ménard", "\"role\":\"chef_de_projet\",\"insee\":\"01269\"");
    p.elise = add(f, "elise", "Élise",
                  "\"role\":\"elu\",\"departement\":\"01\",\"organisation\":\"Commune de Belley\"");
    p.zoe = add(f, "zoe", "Zoé", "\"role\":\"animateur\",\"departement\":\"974\"");
    p.guy = fixture_person(f, "Guy");
    fixture_guest(f, p.guy, fixture_channel(f, f->ain, "Habitat"), ROLE_PARTENAIRE);
    return p;
}

void people_say(struct people *p, int64_t person, const char *offer, const char *phone,
                const char *themes, const char *shows)
{
    fixture_ok(p->f, person, "profile.set",
               "{\"offer\":\"%s\",\"phone\":\"%s\",\"themes\":%s,\"shows\":%s}", offer, phone,
               themes, shows);
}
