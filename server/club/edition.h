/* Editions: the versions of a resource, each a file or a link with a note.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_EDITION_H
#define BEFFROI_CLUB_EDITION_H

#include "club/resource.h"

struct edition_new {
    int64_t resource;
    const char *note, *file, *link; /* file: its key; one of the two at most; NULL */
};

/* ERR_LINK where it is no https address; NULL is none. */
enum err edition_check_link(struct tx *tx, const char *field, const char *link);
/* Its row, with the next number; the one in force from now on. ERR_FILE_AND_LINK, ERR_LINK,
 * ERR_FULL past LIMIT_EDITIONS, or what files_place() says of the file. */
enum err edition_insert(struct tx *tx, const struct edition_new *edition, int64_t *number_out);
/* Has the edition in force a file or a link? */
bool edition_has_content(struct tx *tx, int64_t resource);
/* All editions of a resource, with their files. */
void editions_drop(struct tx *tx, int64_t resource);

#endif
