/* Words of a text and their spelling, as the tokenizer and the reader of queries both see them.
 *
 * Owns: nothing. Threads: any. Never: stems, knows of FTS5, allocates. */
#ifndef BEFFROI_STORE_FRENCH_WORD_H
#define BEFFROI_STORE_FRENCH_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WORD_BYTES = 128, /* a longer word is known by its beginning */
    FORM_BYTES = 256, /* of a folded word or stem, its NUL counted; longer is cut */
};

/* Any bytes, borrowed; NUL is one of them. */
struct text {
    const char *bytes;
    size_t size;
};

struct word {
    size_t start; /* bytes in the text */
    size_t end;
    bool elided; /* a head before its apostrophe: l', qu' */
};

/* A word in one of its spellings: UTF-8 ended by a NUL. */
struct form {
    char text[FORM_BYTES];
    size_t size; /* bytes, the NUL not counted */
};

/* Reads one code point at `at`, which is inside the text; returns the offset after it. A byte that
 * is not UTF-8 is read as U+FFFD, which separates, so that words around it are found. */
size_t word_point(struct text text, size_t at, int32_t *point_out);

/* Whether it is written for the e that is left out: ' ’ and their like. */
bool word_is_apostrophe(int32_t point);

/* Finds the next word from `*at` and moves past it; false at the end of the text. */
bool word_next(struct text text, size_t *at, struct word *word_out);

/* The part of a word that counts: WORD_BYTES at most. */
struct text word_text(struct text text, const struct word *word);

/* Gives the lower-case word with its accents and the same without; false if nothing is left. The
 * word is one that `word_text` gave. */
bool word_fold(struct text word, struct form *accented_out, struct form *folded_out);

/* Whether it is in a list that a NULL ends. */
bool word_is_one_of(const char *word, const char *const *list);

/* Copies FORM_BYTES - 1 bytes at most, no character cut in two. */
void form_set(struct form *form, const char *bytes, size_t size);

/* Lower case, without accents; empty where only marks were there. */
void form_plain(struct text text, struct form *form_out);

#endif
