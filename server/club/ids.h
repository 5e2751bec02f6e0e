/* Lists of ids, as statements give them and take them.
 *
 * Threads: the tx's; they live in its arena. */
#ifndef BEFFROI_CLUB_IDS_H
#define BEFFROI_CLUB_IDS_H

#include "club/command.h"

struct ids {
    int64_t *items;
    size_t count, capacity;
};

/* Adds the first column of each row; ends the rows. */
void ids_read(struct tx *tx, struct rows rows, struct ids *out);
/* Adds those of a list that came in. */
void ids_add(struct tx *tx, const struct list *list, struct ids *out);
/* [1,2,3], for json_each(). */
const char *ids_json(struct tx *tx, const struct ids *ids);

/* Channels the actor reads now, of one Club where `club` is not 0. */
void ids_of_readable(struct tx *tx, int64_t club, struct ids *out);

#endif
