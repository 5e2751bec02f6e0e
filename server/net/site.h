/* Who we are on the web: the one public address, and the Hosts and Origins that are ours.
 *
 * Owns: its texts. Threads: constant once made. */
#ifndef BEFFROI_NET_SITE_H
#define BEFFROI_NET_SITE_H

#include <stdbool.h>

#define SITE_URL_BYTES 256

struct site {
    char url[SITE_URL_BYTES]; /* normalized: lower case, no default port, no slash at the end */
    bool https;
    /* Exact Origins: url itself; all three names of the machine itself if url is one of them. */
    char origins[3][SITE_URL_BYTES];
    int origin_count;
    const char *cookie; /* its name: __Host- wants Secure, which plain http cannot have */
    char policy[3 * SITE_URL_BYTES + 512]; /* Content-Security-Policy */
};

/* false: not an http(s) URL of host and port alone. */
bool site_init(struct site *site, const char *public_url);
/* RFC 6454: compared as bytes; NULL is no origin. */
bool site_has_origin(const struct site *site, const char *origin);
/* "host" or "host:port" (RFC 9110 7.2), whosever it is. NULL is none. */
bool site_is_authority(const char *text);
/* Host header (RFC 9110 7.2): any case, the default port may be named. NULL is no host. */
bool site_has_host(const struct site *site, const char *host);

#endif
