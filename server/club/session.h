/* Sessions of browsers and tokens of scripts: who is in, since when, until when.
 *
 * Threads: the tx's. Never: keeps a secret, only its hash. */
#ifndef BEFFROI_CLUB_SESSION_H
#define BEFFROI_CLUB_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"
#include "club/person.h"

/* Answer of the commands that let somebody in; the secret itself leaves in the cookie. */
struct session_opened {
    const struct account *person;
    int64_t expires_at;
};
extern const struct field session_opened_fields[];

/* Opens a browser's session of this person and has its cookie set. Where there are too many, the
 * one unused for longest ends. */
void session_start(struct tx *tx, int64_t person, struct session_opened *out);
/* Makes a token; its secret is to be shown once. */
struct session_token {
    int64_t id, person;
    const char *label, *scope; /* "all", "read" */
    int64_t expires_at;
};
/* Answer of token.create. */
struct token_created {
    int64_t id;
    const char *token;
    int64_t expires_at;
};
extern const struct command token_create_command;
const char *session_token_make(struct tx *tx, struct session_token *token);

/* Ends one session of this person, live sockets included; false if they have no such session. */
bool session_end(struct tx *tx, int64_t person, int64_t session);
/* Ends all of them but `except` (0: all); tokens too if asked. */
enum session_kinds { SESSION_BROWSERS, SESSION_BROWSERS_AND_TOKENS };
void session_end_all(struct tx *tx, int64_t person, int64_t except, enum session_kinds kinds);

#endif
