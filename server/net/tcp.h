/* What the kernel knows of a TCP connection. A file of its own: the kernel's header and that of
 * libc cannot be included together.
 *
 * Owns: nothing. Threads: any. */
#ifndef BEFFROI_NET_TCP_H
#define BEFFROI_NET_TCP_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that the peer's side has confirmed; -1 where nobody can tell: a unix socket, or one that is
 * gone. */
int64_t tcp_confirmed(int fd);
/* Bytes that came from it, modulo 2^32; 0 where nobody can tell. */
uint32_t tcp_received(int fd);
/* Something came that nobody has read yet. */
bool tcp_unread(int fd);

#endif
