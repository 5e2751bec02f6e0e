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

#define FILE_KEY_CHARS 26

enum file_place { FILE_OF_MESSAGE, FILE_OF_EVENT, FILE_OF_EDITION };

/* Where a statement that reads files begins; what follows may use f, the file, and b, its content,
 * NULL while it is coming. */
#define FILE_SELECT                                                                                \
    "SELECT f.key, f.name, coalesce(b.type, 'application/octet-stream'), f.bytes,"                 \
    " b.thumbnail IS NOT NULL, b.width, b.height, f.message FROM file f"                           \
    " LEFT JOIN blob b ON b.id = f.blob "
/* The row such a statement is at. */
struct file file_read(struct tx *tx, const struct rows *rows);
#define FILE_COLUMN_MESSAGE 7 /* the message it belongs to, from the same row */

/* The files of a place in their order: a list of struct file. */
struct list files_of(struct tx *tx, enum file_place place, int64_t id);
/* Gives the files of these keys (a list of texts, in order) to a place, and takes away those it
 * had that are not among them. Each must be there whole, and be the actor's own without a place
 * yet, or be of that place already, or be readable by the actor, who then gets a copy of the row
 * (the same content). ERR_NOT_FOUND, ERR_FILE_COMING, ERR_FILE_TWICE,
 * ERR_FILE_QUOTA otherwise, about `field`. */
enum err files_place(struct tx *tx, enum file_place place, int64_t id, const struct list *keys,
                     const char *field);
/* Takes all files of a place away: rows go now, contents that no other file names soon after. */
void files_drop(struct tx *tx, enum file_place place, int64_t id);
/* Gives the files of one event to another too, under keys of their own. */
void files_copy_event(struct tx *tx, int64_t from, int64_t to);

/* Takes one file away, wherever it belongs. */
void file_drop(struct tx *tx, int64_t file);
/* Takes away what a person brought and gave to no place. */
void files_drop_unplaced(struct tx *tx, int64_t person);
/* Bytes a person brought, each content once, and announced. */
int64_t files_used(struct tx *tx, int64_t person);

/* The place of f, a file, is shown to everybody, without a session. */
#define FILE_PUBLIC                                                                                \
    "EXISTS (SELECT 1 FROM resource_edition v JOIN resource r ON r.id = v.resource"                \
    " WHERE v.id = f.edition AND r.state = 'published' AND r.public = 1)"
/* A condition on f, a file, for ?1, a person: whoever reads the message, sees the event or the
 * resource; its bringer while it has no place. The one rule. It is made of what access.h, event.h
 * and resource.h say: who uses it includes them. */
#define FILE_SEEN_BY                                                                               \
    "(" FILE_PUBLIC " OR EXISTS (SELECT 1 FROM person WHERE id = ?1 AND state = 'active') AND"     \
    " CASE WHEN f.message IS NOT NULL THEN EXISTS (SELECT 1 FROM message fm"                       \
    " WHERE fm.id = f.message AND " CHANNEL_READ_BY(                                               \
        "fm.channel") ")"                                                                          \
                      " WHEN f.event IS NOT NULL THEN EXISTS (SELECT 1 FROM event e WHERE e.id = " \
                      "f.event"                                                                    \
                      " AND " EVENT_SEEN_BY                                                        \
                      ") WHEN f.edition IS NOT NULL THEN EXISTS (SELECT 1 FROM"                    \
                      " resource_edition v JOIN resource r ON r.id = v.resource WHERE v.id = "     \
                      "f.edition"                                                                  \
                      " AND " RESOURCE_SEEN_BY ") ELSE f.person = ?1 END)"

#endif
