/* Passwords: what is a good one, how it is kept, whether it is the right one.
 *
 * Kept as argon2id, as OWASP and the ANSSI (guide "Authentification multifacteur et mots de passe",
 * 2021) ask. Rules of the CNIL (délibération 2022-100): twelve characters at least, none of the
 * common ones, no forced mixture of signs, no forced renewal; pasting is nobody's business here.
 *
 * Compared as RFC 8265 §4.2 (OpaqueString) says, so that every keyboard writes the same one.
 *
 * Threads: hashing takes some 50 ms and 47 MiB: workers only, so from `prepare`. Never: keeps a
 * password. */
#ifndef BEFFROI_CLUB_PASSWORD_H
#define BEFFROI_CLUB_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/limits.h"
#include "club/command.h"

/* A password being chosen, and one being given (which may be older than the rules). */
#define FIELD_PASSWORD_NEW(s, m)                                                                   \
    FIELD_LINE(s, m, LIMIT_PASSWORD_MIN_CHARS, LIMIT_PASSWORD_MAX_CHARS,                           \
               "New password: 12 characters at least, not a common one")
#define FIELD_PASSWORD(s, m) FIELD_LINE(s, m, 1, LIMIT_PASSWORD_MAX_CHARS, "Password")

/* Is it too easy to guess? ERR_PASSWORD_WEAK or ERR_TOO_SHORT with `field`, else ERR_NONE. */
enum err password_check(struct tx *tx, const char *field, const char *password, const char *email);

/* What is kept of it, in the arena. Slow: the worker's reading transaction is ended first, or the
 * WAL could not be emptied meanwhile; nothing may be read after. */
const char *password_hash(struct tx *tx, const char *password);

/* Is this the password kept as `kept`? Slow, and just as slow where `kept` is NULL (no such
 * account, no password yet: false), so that the time tells nothing. Ends the transaction too. */
bool password_matches(struct tx *tx, const char *password, const char *kept);

/* Is this person active and is this still what is kept of their password? For run(), after prepare.
 */
bool password_still_kept(struct tx *tx, int64_t person, const char *kept);
/* Keeps another password and tells the person by mail. */
void password_keep(struct tx *tx, int64_t person, const char *kept);

#endif
