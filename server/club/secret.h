/* Secrets that open something: session cookies, tokens for scripts, links of invitations and
 * resets.
 *
 * A secret is shown once; at rest there is only its SHA-256, which needs no salt nor slowness
 * because the secret itself is 256 random bits. Its prefix says what it opens, so that a leaked one
 * can be recognised and searched for.
 *
 * Owns nothing. Threads: any. This is the one place of the domain that draws by chance. */
#ifndef BEFFROI_CLUB_SECRET_H
#define BEFFROI_CLUB_SECRET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define SECRET_SESSION    "bfs_"
#define SECRET_TOKEN      "bft_"
#define SECRET_INVITATION "bfi_"
#define SECRET_RESET      "bfr_"
#define SECRET_FEED       "bff_"
#define SECRET_CHARS      47 /* prefix, then 32 bytes in base64url */

struct secret {
    const char *text; /* in the arena; to be given once */
    uint8_t hash[32]; /* to be kept */
};

struct secret secret_draw(const char *prefix, struct arena *arena);
/* What is kept of this text, were it a secret: SHA-256 of all its characters. */
void secret_hash(const char *text, uint8_t hash_out[32]);
/* Looks like one of ours; spares the database the rest. */
bool secret_has_form(const char *text, const char *prefix);
/* A password for a person: 5 groups of 4 letters and digits (100 bits), none that look alike. */
const char *secret_password(struct arena *arena);
/* No secret, but drawn like one: a name that nothing else in the world has (a version 4 UUID, RFC
 * 9562), for what calendars know events by. */
const char *uuid_draw(struct arena *arena);
/* An address that cannot be guessed: 128 bits, 26 letters and digits (base32 of RFC 4648, small).
 */
const char *key_draw(struct arena *arena);

#endif
