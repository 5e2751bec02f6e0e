/* One list of errors (error.def) and the problem that carries one to the person.
 *
 * Owns: the texts. Threads: everything here is constant or the caller's. Never: allocates. */
#ifndef BEFFROI_BASE_ERROR_H
#define BEFFROI_BASE_ERROR_H

#include <stddef.h>

enum err {
    ERR_NONE = 0,
#define ERR(name, code, status, french, english) ERR_##name = (code),
#include "base/error.def"
#undef ERR
};

enum lang { LANG_FR, LANG_EN };

/* Why a request was refused. `field` and `arg` fill the places of the text; NULL where it has none. */
struct problem {
    enum err err;
    const char *field; /* parameter at fault, borrowed from the field table */
    const char *arg;   /* detail in the reader's language or neutral, lives in the request's arena */
};

/* Fills `problem` and returns `err`, so that a check is one line: `return problem_set(...)`. */
enum err problem_set(struct problem *problem, enum err err, const char *field, const char *arg);

/* HTTP status of an error (RFC 9110), 200 for ERR_NONE. */
int err_status(enum err err);

/* Name in the table ("NOT_FOUND"), for logs and problem types. "INTERNAL" for an unknown one. */
const char *err_name(enum err err);

/* Writes the text of `problem` in `lang` to `out`, cut at `out_bytes` on a character's edge. */
void problem_text(const struct problem *problem, enum lang lang, char *out, size_t out_bytes);

#endif
