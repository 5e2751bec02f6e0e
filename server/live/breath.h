/* Typing and presence: what is true only now.
 *
 * Owns nothing. Threads: the loop. Never: the journal, the disk. */
#ifndef BEFFROI_LIVE_BREATH_H
#define BEFFROI_LIVE_BREATH_H

#include "live/live.h"

/* Carries out a request of kind BREATH: fills request->reply, or request->err. */
void breath_run(struct listener *listener, struct request *request);

#endif
