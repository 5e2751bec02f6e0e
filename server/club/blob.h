/* A content, as the domain knows it: a row by its hash, its text, and its end.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_BLOB_H
#define BEFFROI_CLUB_BLOB_H

#include "club/command.h"

/* What is on the disk, synced and held until the commit (store/blob.h). */
struct content {
    const char *hash; /* 64 hexadecimal digits */
    int64_t bytes;
    const char *type;
    int64_t width, height; /* px, of an image; 0 */
};
extern const struct field content_fields[]; /* "Content" */

/* Its row, made where there is none yet; `thumbnail`: the row of its small picture, 0. 0: the hash
 * is none. */
int64_t blob_put(struct tx *tx, const struct content *content, int64_t thumbnail);
/* Nothing names it, or never did: its row and all that is known of it go where no file and no other
 * content names it, and its bytes after the commit. */
void blob_let_go(struct tx *tx, int64_t blob);
/* The same for one that has no row: its bytes leave the disk unless some row names it by then. */
void blob_leave(struct tx *tx, const struct content *content);

extern const struct command blob_forget_command;

#endif
