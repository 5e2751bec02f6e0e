/* What the commands about files answer to the server itself, which takes contents in and gives them
 * out.
 *
 * Threads: constant. */
#ifndef BEFFROI_CLUB_FILE_ANSWER_H
#define BEFFROI_CLUB_FILE_ANSWER_H

#include "club/file.h"

/* file.create */
struct file_created {
    int64_t id, seq;
    const char *key;
};

/* file.get */
struct file_state {
    const struct file *file;
    int64_t received; /* bytes that are safe */
    bool whole;
};

/* file.open: where its bytes are, and how they are shown. */
struct file_opened {
    const char *hash; /* hex */
    const char *type, *name;
    int64_t bytes;
    bool is_public; /* the same for everybody */
};

#endif
