#include "net/tcp.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

static struct tcp_info ask(int fd)
{
    struct tcp_info info = {0};
    socklen_t bytes = sizeof info;
    bool known = getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &bytes) == 0 &&
                 bytes > offsetof(struct tcp_info, tcpi_bytes_received);
    return known ? info : (struct tcp_info){0};
}

/* The opening itself counts as one, so that 0 means that nobody could tell. */
int64_t tcp_confirmed(int fd)
{
    int64_t confirmed = (int64_t)ask(fd).tcpi_bytes_acked;
    return confirmed > 0 ? confirmed : -1;
}

uint32_t tcp_received(int fd)
{
    return (uint32_t)ask(fd).tcpi_bytes_received;
}

bool tcp_unread(int fd)
{
    char byte;
    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}
