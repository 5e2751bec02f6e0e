/* The processes of the post: the keeper, which starts a carrier where there is a letter, and the
 * carrier, which takes it to the mail server.
 *
 * Owns: its process. Threads: one (and one of libcurl's, for names). */
#ifndef BEFFROI_POST_CARRIER_H
#define BEFFROI_POST_CARRIER_H

#include "post/post.h"

/* Serves the socket until its other end is closed; says child_ready() on it first. */
_Noreturn void keeper_run(int socket, const struct post_settings *settings);

#endif
