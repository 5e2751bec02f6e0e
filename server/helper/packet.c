#include "helper/packet.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

bool packet_pair(int ends_out[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_out) == 0;
}

union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int) * PACKET_FDS)];
};

bool packet_ask(int socket, const struct packet_request *request, const int *fds, int count)
{
    struct iovec piece = {(void *)request, sizeof *request};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count),
    };
    control.header = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET,
        .cmsg_type = SCM_RIGHTS,
        .cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count),
    };
    memcpy(CMSG_DATA(&control.header), fds, sizeof(int) * (size_t)count);
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *request;
}

static void take_fds(struct msghdr *message, int fds_out[PACKET_FDS])
{
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        memcpy(fds_out, CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
    }
}

bool packet_take(int socket, struct packet_request *request_out, int fds_out[PACKET_FDS])
{
    struct iovec piece = {request_out, sizeof *request_out};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = sizeof control.room,
    };
    memset(fds_out, -1, sizeof(int) * PACKET_FDS);
    ssize_t got;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        take_fds(&message, fds_out);
    }
    request_out->type[PACKET_TYPE_BYTES - 1] = '\0';
    return got == (ssize_t)sizeof *request_out;
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
