/* Threads a person follows: who wrote the message above it, answered, was mentioned, or chose to.
 * Each has its own read position, apart from the channel's.
 *
 * Threads: the tx's (the other kind of thread). */
#ifndef BEFFROI_CLUB_THREAD_H
#define BEFFROI_CLUB_THREAD_H

#include "club/command.h"
#include "club/markdown.h"

/* One person's own part of a thread: the content of `thread.read`. */
struct thread_mine {
    int64_t thread, channel;
    bool following;
    int64_t position;         /* last answer read, 0 if none */
    int64_t unread, mentions; /* answers of others above it, as in unread.h; 0 when not followed */
};
extern const struct field thread_mine_fields[];
extern const struct fact thread_read_fact;

void thread_see(struct tx *tx, int64_t person, int64_t thread, struct thread_mine *out);

/* After an answer of the actor: it follows the thread, and so do the author of the message above,
 * whom that one mentions, and whom the answer mentions, unless they chose not to. */
void thread_answered(struct tx *tx, int64_t thread, int64_t reply,
                     const struct mention_list *mentions);
/* Those mentioned by people's ids follow from `position` on. */
void thread_follow_mentioned(struct tx *tx, int64_t thread, int64_t position,
                             const struct mention_list *mentions);
/* Tells a follower who has not read this answer what is unread now. */
void thread_recount(struct tx *tx, int64_t person, const struct message_head *reply);

#endif
