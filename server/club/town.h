/* Towns: a "petite ville de demain" is one commune or several, even of two départements.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_TOWN_H
#define BEFFROI_CLUB_TOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"

struct town {
    int64_t id;
    const char *name;         /* "Nantua et Montréal-la-Cluse" */
    const char *departements; /* "Ain", "Corrèze, Creuse" */
    bool left;                /* no longer on the official list */
};
extern const struct field town_fields[];

bool town_find(struct tx *tx, int64_t id, struct town *out);
/* Towns that the words typed may mean, at most `limit`: those that begin so first, then those with
 * a word that does; a commune's name, an INSEE code or a list's key serve too. */
struct list town_look_up(struct tx *tx, const char *typed, int limit);
/* Is one of its communes in the département of this Club? */
bool town_is_of_club(struct tx *tx, int64_t town, int64_t club);

/* "A", "A et B", "A, B et C"; a name that comes twice is said once. */
const char *town_name_of(struct tx *tx, const char *const *communes, size_t count);

#endif
