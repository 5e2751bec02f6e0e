#include "helper/packet.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"
#include "confine/hand.h"

_Static_assert(PACKET_FDS == HAND_FDS, "as many as one packet takes");

bool packet_pair(int ends_out[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_out) == 0;
}

bool packet_ask(int socket, const struct packet_request *request, const int *fds, int count)
{
    return hand_give(socket, request, sizeof *request, fds, count, 0);
}

bool packet_take(int socket, struct packet_request *request_out, int fds_out[PACKET_FDS])
{
    bool whole = hand_take(socket, request_out, sizeof *request_out, fds_out);
    request_out->type[PACKET_TYPE_BYTES - 1] = '\0';
    return whole;
}

void packet_fill(struct packet_answer *answer, const char *name, const char *text, size_t bytes)
{
    answer->name_bytes = (uint32_t)utf8_cut(name, PACKET_NAME_BYTES);
    answer->text_bytes = (uint32_t)(bytes < LIMIT_PAGE_TEXT_BYTES ? bytes : LIMIT_PAGE_TEXT_BYTES);
    char *end = answer->data;
    memcpy(end, name, answer->name_bytes);
    end += answer->name_bytes;
    *end++ = '\0';
    memcpy(end, text, answer->text_bytes);
    end[answer->text_bytes] = '\0';
}

static size_t answer_bytes(const struct packet_answer *answer)
{
    return offsetof(struct packet_answer, data) + answer->name_bytes + answer->text_bytes + 2;
}

bool packet_answer(int socket, const struct packet_answer *answer)
{
    ssize_t wrote;
    do {
        /* write(2), not send(2): a job may call nothing that knows of networks. */
        wrote = write(socket, answer, answer_bytes(answer));
    } while (wrote < 0 && errno == EINTR);
    return wrote == (ssize_t)answer_bytes(answer);
}

const char *packet_text(const struct packet_answer *answer)
{
    return answer->data + answer->name_bytes + 1;
}

static bool is_clean(const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)text[i];
        bool is_c1 = c == 0xC2 && i + 1 < bytes && (unsigned char)text[i + 1] < 0xA0;
        if ((c < ' ' && c != '\n') || c == 0x7F || is_c1) {
            return false;
        }
    }
    return text[bytes] == '\0' && utf8_valid(text, bytes);
}

bool packet_check(const struct packet_answer *answer, size_t bytes)
{
    return bytes > offsetof(struct packet_answer, data) &&
           answer->name_bytes <= PACKET_NAME_BYTES && answer->text_bytes <= LIMIT_PAGE_TEXT_BYTES &&
           bytes == answer_bytes(answer) && answer->kind <= ANSWER_PICTURE &&
           is_clean(answer->data, answer->name_bytes) &&
           is_clean(packet_text(answer), answer->text_bytes);
}
