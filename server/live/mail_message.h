/* A mail as bytes: RFC 5322 headers, multipart/alternative with its plain and HTML parts in base64,
 * and with the event it is about where there is one (RFC 6047).
 *
 * Threads: any. */
#ifndef BEFFROI_LIVE_MAIL_MESSAGE_H
#define BEFFROI_LIVE_MAIL_MESSAGE_H

#include "base/buf.h"
#include "club/mail.h"

/* Appends the whole message with CRLF line ends. `from`: "Beffroi <club@example.fr>", or a bare
 * address. */
void mail_compose(struct buf *out, const char *from, const struct mail *mail);
/* The bare address within "Name <address>". `out` holds `bytes`. */
void mail_address(const char *from, char *out, size_t bytes);

#endif
