/* What crosses between the server and the carrier: a letter, and what became of it.
 *
 * A request is one packet, with two descriptors: the message as a file in memory, and the end of a
 * socket for the answer; a carrier that dies closes it, which is an answer as well.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_POST_LETTER_H
#define BEFFROI_POST_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"

enum letter_fd { LETTER_MESSAGE, LETTER_ANSWER, LETTER_FDS };

struct letter_request {
    char from[LIMIT_EMAIL_CHARS + 1], to[LIMIT_EMAIL_CHARS + 1];
};

struct letter_answer {
    uint32_t outcome; /* enum post_outcome */
    int32_t code;     /* SMTP, 0: none */
};

/* Never waits. False: nobody is there, or one waits already. */
bool letter_give(int socket, const struct letter_request *request, const int fds[LETTER_FDS])
    __attribute__((warn_unused_result));
/* Waits for the next one; the descriptors are the caller's. False at the end, and on what is no
 * request: then there are none. */
bool letter_take(int socket, struct letter_request *request_out, int fds_out[LETTER_FDS])
    __attribute__((warn_unused_result));

#endif
