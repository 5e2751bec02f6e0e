/* Posts and who holds them: chef de projet of a town, animateur of a Club, from a date to a date.
 *
 * A tenure brings its person into Clubs while it is active: a chef de projet into those of the
 * town's départements and the national one; an animateur into their Club and, as a partenaire, the
 * national one. Its state follows time through due commands only.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_TENURE_H
#define BEFFROI_CLUB_TENURE_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"
#include "club/member.h"

/* The post of a town, or else of a Club; 0 until its first use. */
int64_t post_find(struct tx *tx, int64_t town, int64_t club);
/* The same, made on first use; 0 if there is no such town or Club. */
int64_t post_of(struct tx *tx, int64_t town, int64_t club);
/* Gives the town's post the town's present name, if there is one. */
void post_rename(struct tx *tx, int64_t town, const char *town_name);
/* Does the person hold the post, or will they? */
bool post_is_held_by(struct tx *tx, int64_t post, int64_t person);

/* `ends_at` 0: open. Begins at once unless `starts_at` is to come. */
int64_t tenure_start(struct tx *tx, int64_t post, int64_t person, int64_t starts_at,
                     int64_t ends_at);
/* Puts the state right for tx->now_ms, the memberships with it, and sets the next due time. To be
 * called whenever dates, the town's communes or the post's name changed. */
void tenure_settle(struct tx *tx, int64_t tenure);
/* All active tenures of a town's post. */
void tenure_settle_town(struct tx *tx, int64_t town);
/* Ends all tenures of a person now. */
void tenure_end_all(struct tx *tx, int64_t person);

#endif
