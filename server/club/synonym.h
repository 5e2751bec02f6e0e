/* Words that mean the same to who works here: acronyms and what they stand for.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_SYNONYM_H
#define BEFFROI_CLUB_SYNONYM_H

#include "club/command.h"
#include "store/french.h"

/* All terms there are, for french_match(); they live in the arena. */
struct french_synonyms synonyms_load(struct tx *tx);
/* Makes the groups every house begins with (synonyms.def), in an empty one. */
void synonyms_seed(struct tx *tx);

#endif
