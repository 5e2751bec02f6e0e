/* Territories by the codes others know them by: a PVD by its key, a commune by its INSEE code, an
 * EPCI by its SIREN, a département by its own.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_TERRITORY_H
#define BEFFROI_CLUB_TERRITORY_H

#include "club/ids.h"
#include "club/resource.h"

/* Of a resource, with their names: a list of struct territory. */
struct list territories_of(struct tx *tx, int64_t resource);
/* In place of those it had. */
void territories_store(struct tx *tx, int64_t resource, const struct list *territories);
/* ERR_TERRITORY with the one at fault where a code means nothing. */
enum err territories_check(struct tx *tx, const struct list *territories);
/* The Clubs of the départements that its territories are or lie in; none if it has none. */
void territories_clubs(struct tx *tx, int64_t resource, struct ids *out);

#endif
