/* A small world in memory that fuzzers run commands in: people in roles, channels, messages, an
 * event, resources and towns, as the unit tests make them. Each input begins in the same world.
 *
 * Owns: itself, for the life of the program. */
#ifndef BEFFROI_TESTS_WORLD_H
#define BEFFROI_TESTS_WORLD_H

#include "../unit/seat_fixture.h"

enum { WORLD_PEOPLE = 8 };

struct world {
    struct club_fixture *f;
    struct seats seats;
    int64_t people[WORLD_PEOPLE]; /* with an administrator; then FIXTURE_ANYBODY and _OPERATOR */
};

/* The world as it was made, whatever the last input did to it. */
struct world *world_begin(void);
/* What holds after any sequence of commands: references, search indexes, numbers of the journal. */
void world_check(struct world *world);
/* Of all rows but those of the search indexes. */
uint64_t world_hash(struct world *world);
/* Rows that were written since the program began. */
int64_t world_changes(struct world *world);

#endif
