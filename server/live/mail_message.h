/* A mail as bytes: RFC 5322 headers, multipart/alternative with its plain and HTML parts in base64.
 *
 * Threads: any. */
#ifndef BEFFROI_LIVE_MAIL_MESSAGE_H
#define BEFFROI_LIVE_MAIL_MESSAGE_H

#include "base/buf.h"

struct mail {
    int64_t id, attempts;
    const char *from;      /* "Beffroi <club@example.fr>" or a bare address */
    const char *recipient; /* bare address */
    const char *subject, *plain, *html;
    int64_t created_ms;
};

/* Appends the whole message with CRLF line ends. */
void mail_compose(struct buf *out, const struct mail *mail);
/* The bare address within "Name <address>". `out` holds `bytes`. */
void mail_address(const char *from, char *out, size_t bytes);

#endif
