/* A file somebody brought: known by an opaque key, seen by whoever sees the place it belongs to.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_FILE_H
#define BEFFROI_CLUB_FILE_H

#include "club/command.h"

/* As it is shown beside a message, an event or an edition: the same for all who see that. */
struct file {
    const char *key, *name, *type; /* type: of base/media.def */
    int64_t bytes;
    bool has_thumbnail;
    int64_t width, height; /* px, of an image; 0 */
};
extern const struct field file_fields[]; /* "File" */

enum file_place { FILE_OF_MESSAGE, FILE_OF_EVENT, FILE_OF_EDITION };

/* The files of a place in their order: a list of struct file. */
struct list files_of(struct tx *tx, enum file_place place, int64_t id);
/* Gives the files of these keys (a list of texts, in order) to a place, and takes away those it
 * had that are not among them. Each must be there whole, and be the actor's own without a place
 * yet, or be of that place already, or be readable by the actor, who then gets a copy of the row
 * (the same content). ERR_NOT_FOUND otherwise, about `field`. */
enum err files_place(struct tx *tx, enum file_place place, int64_t id, const struct list *keys,
                     const char *field);
/* Takes all files of a place away: rows go now, contents that no other file names soon after. */
void files_drop(struct tx *tx, enum file_place place, int64_t id);

/* FILE_SEEN_BY, a condition on f, a file, for ?1, a person, comes here: whoever reads the message,
 * sees the event or the resource; its bringer while it has no place. The one rule. */

#endif
