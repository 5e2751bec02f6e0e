/* Mail that leaves: queued in the transaction that decided it, sent later by a tail, gone once
 * sent.
 *
 * A letter is written once; its plain and HTML parts say the same.
 *
 * Threads: the tx's. Never: talks to a mail server. */
#ifndef BEFFROI_CLUB_MAIL_H
#define BEFFROI_CLUB_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"

#define LETTER_PARAGRAPHS 6

struct letter {
    const char *subject;
    const char *paragraphs[LETTER_PARAGRAPHS + 1]; /* plain text, ends with NULL */
    const char *action, *link;                /* what to press and where it leads; NULL = none */
    const char *after[LETTER_PARAGRAPHS + 1]; /* what follows the link */
};

/* Queues a letter; `person` is 0 for somebody who is not (yet) one. */
void mail_write(struct tx *tx, int64_t person, const char *recipient, const struct letter *letter);
/* The same with an event beside it, which enters or leaves their calendar as they open it: `method`
 * is "REQUEST" or "CANCEL" (iTIP, RFC 5546 and 6047), the event as the person sees it now. */
void mail_write_event(struct tx *tx, int64_t person, const char *recipient,
                      const struct letter *letter, const char *method, int64_t event);

/* --- for the tail that sends ------------------------------------------------------------------ */

struct mail {
    int64_t id;
    const char *recipient, *subject, *plain, *html; /* in the arena */
    const char *method, *calendar;                  /* an event for their calendar; "" if none */
    int64_t attempts, created_at;
};
/* The mail that has waited longest among those that may leave now; false if there is none. */
bool mail_next(struct db *db, int64_t now_ms, struct arena *arena, struct mail *out);
/* When the next one may leave; INT64_MAX if none waits. */
int64_t mail_next_at(struct db *db);
/* Does a person, or somebody who was invited, have this address? */
bool mail_is_somebody(struct db *db, const char *address);

/* What became of it: {mail}. Failed ones wait 1 minute, then twice as long each time, at most 6
 * hours, and are given up after 3 days; at once with {for_good}. */
extern const struct command mail_sent_command, mail_failed_command;

#endif
