/* The tail that reads the text inside contents, so that search finds it.
 *
 * Its cursor is in the rows: a content waits until its last page is recorded, so one that a kill
 * cut short is read again from its beginning, and what was recorded of it is replaced. The helper
 * looks into the content; here its pages are only gathered and handed to the writer, in pieces.
 *
 * Owns: its thread, a reader. Threads: start and stop as live.h says, ring from any. Never: reads
 * a content itself, waits in the writer. */
#ifndef BEFFROI_LIVE_TEXT_TAIL_H
#define BEFFROI_LIVE_TEXT_TAIL_H

#include "live/tail.h"

struct live;
struct text_tail;

/* NULL: there is no helper, or on failure, said in the log. */
struct text_tail *text_tail_start(struct live *live);
/* A content may wait. NULL is fine, here and below. */
void text_tail_ring(struct text_tail *tail);
/* Contents that wait to be read; NULL: none. Any thread. */
struct tail_load text_tail_load(struct text_tail *tail);
/* Ends its thread; after helper_cancel(). */
void text_tail_stop(struct text_tail *tail);
/* After the writer and its answers ended. */
void text_tail_destroy(struct text_tail *tail);

#endif
