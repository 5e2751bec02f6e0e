/* What crosses between the server, the helper and its jobs: whole packets on Unix sockets.
 *
 * The server asks on one socket, and hands over with each request the content, the end of a socket
 * on which the job answers, the end on which the helper gives its verdict, and, of a drawing, where
 * it goes. A job is not to be believed: what it answers is checked by packet_check().
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_HELPER_PACKET_H
#define BEFFROI_HELPER_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

#define PACKET_TYPE_BYTES 128 /* of a media type, with its NUL */
#define PACKET_NAME_BYTES 200 /* of a sheet's name */
#define PACKET_FDS        4

enum request_kind { REQUEST_TYPE, REQUEST_REDRAW, REQUEST_TEXT };
enum request_fd { FD_CONTENT, FD_ANSWER, FD_VERDICT, FD_DRAWING };

struct packet_request {
    uint32_t kind;
    int32_t side_px;              /* of a drawing */
    char type[PACKET_TYPE_BYTES]; /* that the content was found to be; empty for REQUEST_TYPE */
};

enum answer_kind { ANSWER_TYPE, ANSWER_UNIT, ANSWER_PAGE, ANSWER_PICTURE };
struct packet_answer {
    uint32_t kind;
    int32_t number; /* of a page; the unit; a width */
    int32_t height;
    uint32_t name_bytes, text_bytes;
    /* The name, a NUL, the text (of a page, or a media type), a NUL. */
    char data[PACKET_NAME_BYTES + LIMIT_PAGE_TEXT_BYTES + 2];
};

/* One byte, by the helper once the job is over and its processes are gone. */
#define VERDICT_DONE       'd'
#define VERDICT_UNREADABLE 'u'
#define VERDICT_LATER      'l'

/* A connected pair, closed at exec. false: no descriptor left. */
bool packet_pair(int ends_out[2]) __attribute__((warn_unused_result));
/* false: nobody is there to take it. */
bool packet_ask(int socket, const struct packet_request *request, const int *fds, int count)
    __attribute__((warn_unused_result));
/* Waits for the next one; the descriptors are the caller's, -1 where there is none. False at the
 * end, and on what is no request. */
bool packet_take(int socket, struct packet_request *request_out, int fds_out[PACKET_FDS])
    __attribute__((warn_unused_result));

/* Sets both texts, cut to what fits. */
void packet_fill(struct packet_answer *answer, const char *name, const char *text, size_t bytes);
/* Waits while the other end is slow. false: it is gone. */
bool packet_answer(int socket, const struct packet_answer *answer)
    __attribute__((warn_unused_result));
/* Of `bytes` that came: complete, known, its texts well-formed, without control characters but line
 * feeds. */
bool packet_check(const struct packet_answer *answer, size_t bytes)
    __attribute__((warn_unused_result));
const char *packet_text(const struct packet_answer *answer);

#endif
