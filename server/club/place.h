/* Where a page of a list ended: "<key>-<id>" of its last item, as it was placed then. The next page
 * goes on from there, even where that item has moved or is no more.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_PLACE_H
#define BEFFROI_CLUB_PLACE_H

#include "club/command.h"

struct place {
    int64_t key, id;
};

/* NULL: `first`. ERR_TYPE about "cursor" for what no page gave. */
enum err place_read(struct tx *tx, const char *cursor, struct place first, struct place *out);
const char *place_write(struct tx *tx, struct place place);

#endif
