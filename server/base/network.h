/* The network an address belongs to: what one subscriber has, and so what is counted.
 *
 * Threads: any. */
#ifndef BEFFROI_BASE_NETWORK_H
#define BEFFROI_BASE_NETWORK_H

#include <stdint.h>

/* A key for the IPv4 address, or the IPv6 /64 (RFC 6177 §2: a subscriber has at least that), that
 * this numeric text lies in. 0: the machine itself, or no address (a unix socket, NULL). */
int64_t network_of(const char *address);

#endif
