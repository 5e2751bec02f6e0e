/* Texts as people compare them: without case, accents or punctuation.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_CLUB_FOLD_H
#define BEFFROI_CLUB_FOLD_H

#include "base/arena.h"

/* The words of a valid UTF-8 text in lower case, œ as oe and æ as ae, without accents, one space
 * between two: "Saint-Didier-sur-Chalaronne" and "SAINT DIDIER SUR CHALARONNE" fold alike. */
const char *fold(const char *text, struct arena *arena);

/* Pattern for LIKE, against ' ' || folded: texts with words that begin as these do. */
const char *fold_pattern(const char *folded, struct arena *arena);

#endif
