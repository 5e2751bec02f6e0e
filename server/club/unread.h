/* How much of a channel's main stream a person has not read: one count, used wherever one is shown.
 *
 * Unread are the roots of others, not deleted, above the person's position. Mentions are those
 * among them that name the person, everybody, or a role the person has there. Both look at the
 * newest LIMIT_UNREAD unread messages: a count that reaches it means "at least".
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_UNREAD_H
#define BEFFROI_CLUB_UNREAD_H

#include "club/command.h"

struct unread {
    int64_t position, unread, mentions;
};
struct unread unread_of(struct tx *tx, int64_t person, int64_t channel);
/* The mark that tells them to the person; its entity is the channel. Noted by read.set, and where
 * counts change in a way that clients cannot follow by themselves. */
extern const struct fact read_moved_fact;

/* The rows of a field table for the three, on struct s. */
#define UNREAD_FIELDS(s)                                                                           \
    FIELD_INT(s, position, 0, INT64_MAX, "Last message read of the main stream, 0 if none"),       \
        FIELD_INT(s, unread, 0, LIMIT_UNREAD,                                                      \
                  "Unread messages; at the limit: at least that many"),                            \
        FIELD_INT(s, mentions, 0, LIMIT_UNREAD, "Those among them that mention the person")

#endif
