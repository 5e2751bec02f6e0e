/* The tail that takes contents off the disk which no file names any more, and what came of files
 * that were dropped.
 *
 * The rows of blob_gone are its cursor: a content is removed first, and forgotten by a command
 * then. While a backup is made it waits.
 *
 * Owns: one thread with a reading connection. Threads: sweeper_ring() from any. */
#ifndef BEFFROI_LIVE_SWEEPER_H
#define BEFFROI_LIVE_SWEEPER_H

struct live;
struct sweeper;

struct sweeper *sweeper_start(struct live *live); /* NULL if it cannot; said in the log */
void sweeper_ring(struct sweeper *sweeper);       /* something may be to leave; NULL is fine */
void sweeper_stop(struct sweeper *sweeper);       /* joins and frees; NULL is fine */

#endif
