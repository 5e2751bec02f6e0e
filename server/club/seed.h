/* What a new server starts with: the départements, the national Club, one Club per département.
 *
 * Threads: the tx's, before anybody is there: no fact is noted. */
#ifndef BEFFROI_CLUB_SEED_H
#define BEFFROI_CLUB_SEED_H

#include "club/command.h"

/* Adds what is missing; doing it again changes nothing. */
void club_seed(struct tx *tx);
/* The same for the national Club ("") or the one of a département ("01") alone, for tests. */
void club_seed_one(struct tx *tx, const char *departement);

#endif
