/* How the processes of the post are shut in.
 *
 * Owns nothing. Threads: its processes have one when they call this. */
#ifndef BEFFROI_POST_CONFINE_H
#define BEFFROI_POST_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* Not root, no new privileges, no dump. */
bool post_confine_keeper(void) __attribute__((warn_unused_result));
/* Besides: no file but those that say names and certificates, no TCP but to `port` and to name
 * servers, no other process, no program. */
bool post_confine_carrier(uint16_t port) __attribute__((warn_unused_result));

#endif
