/* A process of its own from which mail leaves: the only one that connects anywhere.
 *
 * post_start() has a keeper forked before any thread and any database. When there is a letter the
 * keeper forks a carrier, which is shut in (no file but what names and certificates need, no other
 * port than the mail server's where the kernel has Landlock's rules for it) and ends when nothing
 * more comes for a while, or with its first crash; the next letter has a new one. The server never
 * connects to anything.
 *
 * A NULL post answers POST_LATER.
 *
 * Owns: the keeper process and the socket to it. Threads: post_send() one at a time, post_cancel()
 * any. Never: SQLite, a path of the data. */
#ifndef BEFFROI_POST_POST_H
#define BEFFROI_POST_POST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct post;

struct post_settings {
    const char *url; /* smtp://host:25, smtps://host:465 */
    /* With a user, the way there must be TLS; without, it is where the mail server has it. */
    const char *user, *password;
    const char *ca_file; /* of who vouches for the mail server; NULL: those of the system */
};

enum post_outcome {
    POST_DELIVERED,
    POST_LATER,  /* no answer, "not now", or a refusal that somebody may mend (relay, password) */
    POST_REFUSED /* for good: there is nobody of that address */
};

/* Single-threaded, no database open yet; `settings` is borrowed for the call. NULL: it could not be
 * started, said in the log. */
struct post *post_start(const struct post_settings *settings);
/* Hands a whole message over, CRLF at its line ends, and waits for what becomes of it: up to
 * LIMIT_LETTER_S. `code_out`: the mail server's last answer, 0 if none came. */
enum post_outcome post_send(struct post *post, const char *from, const char *to,
                            const struct buf *message, int *code_out)
    __attribute__((warn_unused_result));
/* What starts its process again was killed: every letter waits until the server is started anew.
 * Any thread; false for NULL. */
bool post_gone(const struct post *post) __attribute__((warn_unused_result));
/* How often its process was killed from outside and started again: the letter on its way was
 * POST_LATER. One thread; 0 for NULL. */
int64_t post_restarts(struct post *post) __attribute__((warn_unused_result));
/* A sending under way returns POST_LATER at once, and so does every later one. NULL is allowed. */
void post_cancel(struct post *post);
/* Ends the process and waits for it; nothing is being sent. NULL is allowed. */
void post_stop(struct post *post);

#endif
