#include "base/network.h"

#include <arpa/inet.h>

static int64_t key_of(const unsigned char bytes[8])
{
    uint64_t key = 0;
    for (int i = 0; i < 8; i++) {
        key = key << 8 | bytes[i];
    }
    return (int64_t)key;
}

/* Of an IPv4 address the rest is a /64 nobody has (0000::/8, RFC 4291 §2.4). */
int64_t network_of(const char *address)
{
    unsigned char v4[8] = {0, 0, 0xff, 0xff};
    unsigned char v6[16];
    if (address && inet_pton(AF_INET, address, v4 + 4) == 1) {
        return v4[4] == 127 ? 0 : key_of(v4);
    }
    return address && inet_pton(AF_INET6, address, v6) == 1 ? key_of(v6) : 0;
}
