/* Messages a person keeps for later.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_SAVED_H
#define BEFFROI_CLUB_SAVED_H

#include "club/command.h"

extern const struct fact saved_changed_fact;

/* Nobody keeps this message any more; those who did are told. */
void saved_forget(struct tx *tx, int64_t message);

#endif
