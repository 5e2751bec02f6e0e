#include "post/letter.h"

#include <sys/socket.h>
#include <unistd.h>

#include "confine/hand.h"

bool letter_give(int socket, const struct letter_request *request, const int fds[LETTER_FDS])
{
    return hand_give(socket, request, sizeof *request, fds, LETTER_FDS, MSG_DONTWAIT);
}

bool letter_take(int socket, struct letter_request *request_out, int fds_out[LETTER_FDS])
{
    int fds[HAND_FDS];
    bool whole = hand_take(socket, request_out, sizeof *request_out, fds) &&
                 fds[LETTER_FDS - 1] >= 0 && fds[LETTER_FDS] < 0;
    for (int i = 0; i < HAND_FDS; i++) {
        if (whole && i < LETTER_FDS) {
            fds_out[i] = fds[i];
        } else if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    request_out->from[LIMIT_EMAIL_CHARS] = '\0';
    request_out->to[LIMIT_EMAIL_CHARS] = '\0';
    return whole;
}
