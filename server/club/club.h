/* A Club as one person has it, and the queries that list them.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_CLUB_H
#define BEFFROI_CLUB_CLUB_H

#include "club/command.h"

struct club_view {
    int64_t id;
    const char *name;
    enum { CLUB_NATIONAL, CLUB_DEPARTEMENT } kind;
    const char *departement; /* its code, NULL for the national Club */
    uint32_t can;            /* nothing for a guest of one of its channels */
    uint32_t roles;
};
extern const struct field club_view_fields[];

/* The Club as the person has it; false: not even its name. */
bool club_see(struct tx *tx, int64_t person, int64_t id, struct club_view *out);

struct club_views {
    struct club_view *items;
    size_t count, capacity;
};
/* All Clubs whose name the person sees, in their order. `own`: only those they belong to or are a
 * guest in, which for an administrator are not all. */
void clubs_of(struct tx *tx, int64_t person, bool own, struct club_views *out);

#endif
