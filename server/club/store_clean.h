/* The daily upkeep, and the last step of every erasure.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_STORE_CLEAN_H
#define BEFFROI_CLUB_STORE_CLEAN_H

#include "club/command.h"

extern const struct command store_clean_command;

/* Words were erased: within CLEAN_AFTER_MS no file holds them any more (law 6). */
#define CLEAN_AFTER_MS MS_PER_HOUR
void store_clean_soon(struct tx *tx);

#endif
