/* Walks through a zip, within bounds: members, bytes unpacked, and how many times what it weighs it
 * unfolds to.
 *
 * Only the list at its end is believed, each member is unpacked as it is read, and a name is only
 * compared: nothing is written anywhere.
 *
 * Owns nothing. Threads: one. */
#ifndef BEFFROI_HELPER_ZIP_H
#define BEFFROI_HELPER_ZIP_H

#include "helper/reader.h"

struct zip {
    const struct content *content;
    int64_t position;
    int64_t unpacked; /* bytes, in all walks */
};

struct zip_visitor {
    /* Of each file: whether its content is wanted. */
    bool (*wants)(void *context, const char *name);
    /* The content, piece by piece, `last` with the last (it may be empty). false: it is broken. */
    bool (*piece)(void *context, const char *data, size_t bytes, bool last);
    /* Whether the walk may end here. */
    bool (*is_enough)(void *context);
};

/* false: no zip, or broken, encrypted, past its bounds, or what a visitor found broken. */
bool zip_walk(struct zip *zip, const struct zip_visitor *visitor, void *context)
    __attribute__((warn_unused_result));

#endif
