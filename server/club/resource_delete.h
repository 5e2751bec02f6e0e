/* The end of a resource that was never published.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_RESOURCE_DELETE_H
#define BEFFROI_CLUB_RESOURCE_DELETE_H

#include "club/resource.h"

/* All its rows and files; nothing is told. */
void resource_drop(struct tx *tx, int64_t resource);
/* Of a person who is being erased: their drafts, which nobody else would ever see, go; what they
 * proposed or published stays without its author. */
void resources_erase(struct tx *tx, int64_t person);

#endif
