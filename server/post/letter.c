#include "post/letter.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int) * LETTER_FDS)];
};

bool letter_give(int socket, const struct letter_request *request, const int fds[LETTER_FDS])
{
    struct iovec piece = {(void *)request, sizeof *request};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = sizeof control.room,
    };
    control.header = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET,
        .cmsg_type = SCM_RIGHTS,
        .cmsg_len = CMSG_LEN(sizeof(int) * LETTER_FDS),
    };
    memcpy(CMSG_DATA(&control.header), fds, sizeof(int) * LETTER_FDS);
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *request;
}

static int take_fds(struct msghdr *message, int fds_out[LETTER_FDS])
{
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    size_t bytes = 0;
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        bytes = header->cmsg_len - CMSG_LEN(0);
        memcpy(fds_out, CMSG_DATA(header), bytes);
    }
    return (int)(bytes / sizeof(int));
}

bool letter_take(int socket, struct letter_request *request_out, int fds_out[LETTER_FDS])
{
    struct iovec piece = {request_out, sizeof *request_out};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = sizeof control.room,
    };
    ssize_t got;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    int count = got > 0 ? take_fds(&message, fds_out) : 0;
    bool whole = got == (ssize_t)sizeof *request_out && count == LETTER_FDS;
    for (int i = 0; !whole && i < count; i++) {
        close(fds_out[i]);
    }
    request_out->from[LIMIT_EMAIL_CHARS] = '\0';
    request_out->to[LIMIT_EMAIL_CHARS] = '\0';
    return whole;
}
