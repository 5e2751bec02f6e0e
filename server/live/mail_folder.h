/* DIR/mail: where letters go, a file each, while no mail server is configured.
 *
 * They count as sent, but they are ours still: law 6 holds for them, so those of who is erased go
 * with the clean-up of erased words, and at the start after a restore.
 *
 * Owns nothing. Threads: the mailer's. */
#ifndef BEFFROI_LIVE_MAIL_FOLDER_H
#define BEFFROI_LIVE_MAIL_FOLDER_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/db.h"

/* Writes DIR/mail/ID.eml and syncs it and its folders; false if it cannot. */
bool mail_folder_write(const char *dir, int64_t id, const struct buf *message);
/* Removes the letters to addresses that nobody has any more; stops early once `stopping`. What
 * cannot be read now is looked at the next time. */
void mail_folder_sweep(const char *dir, struct db *db, const atomic_bool *stopping);

#endif
