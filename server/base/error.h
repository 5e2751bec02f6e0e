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

/* A detail said in both languages: problem_text() takes the half that is asked for. Works as a
 * format too: arena_printf(arena, PHRASE("%d éléments", "%d items"), 8, 8). */
#define PHRASE_MARK             "\x1f" /* U+001F: no text we accept or write holds it */
#define PHRASE(french, english) french PHRASE_MARK english

/* Why a request was refused. `field` and `arg` fill the places of the text; NULL where it has none.
 */
struct problem {
    enum err err;
    const char *
        field; /* parameter at fault: from the field table, or a path as "people[3]" in the arena */
    const char *arg; /* detail: a PHRASE or a neutral text, a literal or in the request's arena */
};

/* Fills `problem` and returns `err`, so that a check is one line: `return problem_set(...)`. */
enum err problem_set(struct problem *problem, enum err err, const char *field, const char *arg);

/* HTTP status of an error (RFC 9110), 200 for ERR_NONE. */
int err_status(enum err err);

/* The table, walked: ERR_NONE past its end. */
enum err err_at(size_t index);

/* Name in the table ("NOT_FOUND"), for logs and problem types. "INTERNAL" for an unknown one. */
const char *err_name(enum err err);

/* Writes the text of `problem` in `lang` to `out`, cut at `out_bytes` on a character's edge. */
void problem_text(const struct problem *problem, enum lang lang, char *out, size_t out_bytes);

#endif
