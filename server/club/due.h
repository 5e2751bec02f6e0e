/* What time will bring: ordinary commands, each at its hour. Commands set theirs with due_set().
 *
 * Owns nothing. Threads: the writer's. */
#ifndef BEFFROI_CLUB_DUE_H
#define BEFFROI_CLUB_DUE_H

#include "club/command.h"

/* Wall ms of the next one; INT64_MAX if there is none. */
int64_t due_next_at(struct db *db);
/* The command that is due at `now_ms`, and the object it is about; NULL if none is. Rows of a
 * command this program does not know (any more) are forgotten on the way. */
const struct command *due_next(struct db *db, int64_t now_ms, int64_t *object_out);
void due_forget(struct db *db, const struct command *command, int64_t object);

#endif
