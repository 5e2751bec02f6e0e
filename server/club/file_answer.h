/* What the commands about files answer: the server itself reads it too, which takes contents in and
 * gives them out.
 *
 * Threads: constant. */
#ifndef BEFFROI_CLUB_FILE_ANSWER_H
#define BEFFROI_CLUB_FILE_ANSWER_H

#include "club/file.h"

/* file.create */
struct file_created {
    int64_t id;
    const char *key;
};

/* file.get */
struct file_got {
    const struct file *file;
    int64_t received; /* bytes that are safe */
    bool whole;
    int64_t id; /* 0 unless it is coming, and the actor brings it */
};

/* file.finish */
struct file_finished {
    bool kept;
};

/* file.open: where its bytes are, and how they are shown. */
struct file_opened {
    const char *hash, *type, *name; /* hash: hex */
    int64_t bytes;
    bool is_public; /* the same for everybody */
};

#endif
