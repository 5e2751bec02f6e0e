/* The life of a resource from its proposal on: what its steps share.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_RESOURCE_LIFE_H
#define BEFFROI_CLUB_RESOURCE_LIFE_H

#include "club/card.h"
#include "club/notice.h"

extern const struct command resource_publish_command;

/* ERR_CONFLICT: the step does not follow from its state. */
enum err resource_misstep(struct tx *tx);
/* ERR_NO_CONTENT: of its kind it must be a file or a link, and is neither. */
enum err resource_needs_content(struct tx *tx, int64_t resource);
/* Gives its author a notice, unless they are the actor or nobody any more. */
void resource_tell_author(struct tx *tx, enum notice_kind kind, int64_t resource,
                          const char *detail);

/* Posts its card in the announcements of its Club and, from the national shelf, of the Clubs of the
 * territories it is about. */
void resource_card_post(struct tx *tx, int64_t resource);
/* Takes all its cards back. */
void resource_card_remove(struct tx *tx, int64_t resource);

#endif
