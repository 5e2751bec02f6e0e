/* One job, in a process of its own: reads the request's descriptors, answers, ends.
 *
 * Owns: its process. Threads: one. */
#ifndef BEFFROI_HELPER_JOB_H
#define BEFFROI_HELPER_JOB_H

#include "helper/packet.h"

/* Where it finds the descriptor of that place in the request. */
#define JOB_FD(place) (3 + (place))

/* How it ends. */
enum { JOB_DONE = 0, JOB_UNREADABLE = 1, JOB_LATER = 75 };

/* Shuts itself in, does what is asked and answers on the way. How it ended, the exit code. */
int job_run(const struct packet_request *request);

#endif
