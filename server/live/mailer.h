/* The mail tail: takes queued mail from the database and hands it to the post, which
 * takes it to the mail server.
 *
 * A row leaves the queue by a command, after the server has taken the mail: a mail may go twice
 * only where that answer was lost, and never gets lost. Without a post each becomes
 * DIR/mail/ID.eml.
 *
 * Owns: one thread with a reading connection. Threads: mailer_ring() and
 * mailer_sweep() from any. */
#ifndef BEFFROI_LIVE_MAILER_H
#define BEFFROI_LIVE_MAILER_H

#include "live/tail.h"

struct live;
struct mailer;

struct mailer *mailer_start(struct live *live); /* NULL if it cannot; said in the log */
void mailer_ring(struct mailer *mailer);        /* there may be new mail; NULL is fine */
/* Takes letters to addresses that nobody has any more from DIR/mail; at start it does so itself. */
void mailer_sweep(struct mailer *mailer);
/* Letters that wait to leave; NULL: none. Any thread. */
struct tail_load mailer_load(struct mailer *mailer);
/* Letters to addresses that the mail server knew nobody of, since the start. Any thread. */
int64_t mailer_refused(struct mailer *mailer);
void mailer_stop(struct mailer *mailer); /* cuts a sending under way, joins; NULL is fine */
/* Once the last answers were taken in. NULL is fine. */
void mailer_destroy(struct mailer *mailer);

#endif
