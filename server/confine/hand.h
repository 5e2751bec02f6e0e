/* One packet with descriptors beside it, over a SOCK_SEQPACKET pair between two of our processes.
 *
 * Owns nothing: who gives keeps its own, who takes owns what came. Threads: any. */
#ifndef BEFFROI_CONFINE_HAND_H
#define BEFFROI_CONFINE_HAND_H

#include <stdbool.h>
#include <stddef.h>

enum { HAND_FDS = 4 }; /* at most, with one packet */

/* `flags` of sendmsg(2) beside MSG_NOSIGNAL. False: nobody is there; or, with MSG_DONTWAIT, no
 * room. */
bool hand_give(int socket, const void *data, size_t bytes, const int *fds, int count, int flags)
    __attribute__((warn_unused_result));
/* Waits for the next one: its descriptors, then -1 up to HAND_FDS. False at the end, and where
 * what came has another length; what came of descriptors is the caller's all the same. */
bool hand_take(int socket, void *data_out, size_t bytes, int fds_out[HAND_FDS])
    __attribute__((warn_unused_result));

#endif
