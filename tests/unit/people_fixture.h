/* People of several places, for tests of profiles and of the directory: Anne runs the Club of the
 * Ain; Paul serves Nantua et Montréal-la-Cluse; Élise is an élue of the Ain; Zoé runs the Club of La
 * Réunion; Guy is a guest of Habitat in the Ain. */
#ifndef BEFFROI_TESTS_PEOPLE_FIXTURE_H
#define BEFFROI_TESTS_PEOPLE_FIXTURE_H

#include "club_fixture.h"

struct people {
    struct club_fixture *f;
    int64_t anne, paul, elise, zoe, guy;
};
struct people people_of(void **state);

/* profile.set; `themes` and `shows` are JSON lists. */
void people_say(struct people *p, int64_t person, const char *offer, const char *phone,
                const char *themes, const char *shows);

#endif
