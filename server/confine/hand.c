#include "confine/hand.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int) * HAND_FDS)];
};

bool hand_give(int socket, const void *data, size_t bytes, const int *fds, int count, int flags)
{
    const size_t fd_bytes = sizeof(int) * (size_t)count;
    struct iovec piece = {mem_unconst(data), bytes};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = CMSG_SPACE(fd_bytes),
    };
    control.header = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET,
        .cmsg_type = SCM_RIGHTS,
        .cmsg_len = CMSG_LEN(fd_bytes),
    };
    memcpy(CMSG_DATA(&control.header), fds, fd_bytes);
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL | flags);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)bytes;
}

static void take_fds(struct msghdr *message, int fds_out[HAND_FDS])
{
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        memcpy(fds_out, CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
    }
}

bool hand_take(int socket, void *data_out, size_t bytes, int fds_out[HAND_FDS])
{
    struct iovec piece = {data_out, bytes};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = sizeof control.room,
    };
    memset(fds_out, -1, sizeof(int) * HAND_FDS);
    ssize_t got;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        take_fds(&message, fds_out);
    }
    return got == (ssize_t)bytes;
}
