/* Telling several audiences one by one of an object that each of them holds, or holds no more.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_AUDIENCES_H
#define BEFFROI_CLUB_AUDIENCES_H

#include "club/audience.h"
#include "club/ids.h"

/* Adds the packed audience of each id. */
void audiences_add(struct tx *tx, enum audience_kind kind, const struct ids *ids, struct ids *out);
/* Notes the fact for each. */
void audiences_tell(struct tx *tx, const struct fact *fact, const struct ids *audiences,
                    int64_t entity);
/* Notes it for those of `before` which are not among `after`. */
void audiences_tell_gone(struct tx *tx, const struct fact *fact, const struct ids *before,
                         const struct ids *after, int64_t entity);

#endif
