/* Files made to harm who reads them. Each family makes any number of files, the same for the same
 * number. */
#ifndef BEFFROI_TESTS_HOSTILE_MAKE_H
#define BEFFROI_TESTS_HOSTILE_MAKE_H

#include <stdint.h>

#include "base/buf.h"

struct hostile {
    struct buf bytes;
    const char *type, *name; /* what it says it is */
};

struct chance {
    uint64_t state;
};
/* A number below `bound`, the next of a fixed row. */
size_t chance_below(struct chance *chance, size_t bound);

struct family {
    const char *name;
    void (*make)(struct hostile *out, struct chance *chance);
};
extern const struct family families[];
extern const int family_count;

/* A good file of the kind of that number, any number. */
void make_good(struct hostile *out, size_t kind);

#endif
