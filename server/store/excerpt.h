/* The part of a text that shows best why it was found.
 *
 * FTS5's snippet() would come to each text through the index, a second time, and read its words
 * twice; here the text is at hand and its words are read once (ADR 19).
 *
 * Owns: nothing; all of it lives in the arena given. Threads: the connection's. Never: reads a
 * table. */
#ifndef BEFFROI_STORE_EXCERPT_H
#define BEFFROI_STORE_EXCERPT_H

#include "base/arena.h"

enum { EXCERPT_WORDS = 30 };

struct db;
struct excerpts;

/* For texts that were found by `match`, an expression as french_match_how() makes it: what is
 * quoted in it are the phrases looked for. */
struct excerpts *excerpts_create(struct db *db, struct arena *arena, const char *match);

/* `text`, or the EXCERPT_WORDS of its words that hold the most phrases, with "…" where it was cut;
 * what was found is between U+0002 and U+0003. */
const char *excerpt_of(struct excerpts *excerpts, const char *text);

#endif
