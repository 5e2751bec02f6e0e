/* Texts for databases of the bench: made-up words that come by Zipf's law, and among them some that
 * exist, as often as `known_words` says. The same calls give the same texts.
 *
 * Owns: the vocabulary, for the life of the program. Threads: one. */
#ifndef BEFFROI_BENCH_WORDS_H
#define BEFFROI_BENCH_WORDS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

enum { VOCABULARY = 20000 };

/* How many texts in a million hold it. */
static const struct {
    const char *word;
    int per_million;
} known_words[] = {{"commune", 1000000}, {"projet", 300000}, {"habitat", 50000},
                   {"centre", 80000},    {"halle", 5000},    {"OPAH", 3000},
                   {"mérule", 20},       {"coutellerie", 5}};

static char *vocabulary[VOCABULARY];
static uint64_t seed = 88172645463325252U;

/* Source: Marsaglia, "Xorshift RNGs", 2003. */
static inline uint64_t draw(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static inline double draw_share(void)
{
    return (double)(draw() >> 11) / 9007199254740992.0;
}

static inline void make_vocabulary(void)
{
    static const char *const parts[] = {"ba",  "vi", "ter", "mon", "ché", "lou",
                                        "gra", "ni", "sel", "fon", "dur", "pli",
                                        "cor", "ma", "ton", "ré",  "bel", "que"};
    for (int i = 0; i < VOCABULARY; i++) {
        char word[64] = "";
        for (int length = 2 + (int)(draw() % 3); length > 0; length--) {
            strcat(word, parts[draw() % (sizeof parts / sizeof *parts)]);
        }
        vocabulary[i] = strdup(word);
    }
}

/* Replaces what `buf` holds, with a NUL at its end. */
static inline void write_text(struct buf *buf, int words)
{
    buf_clear(buf);
    for (int i = 0; i < words; i++) {
        int rank = (int)exp(draw_share() * log(VOCABULARY));
        buf_printf(buf, "%s%s", i > 0 ? " " : "", vocabulary[rank % VOCABULARY]);
    }
    for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++) {
        if ((int)(draw() % 1000000) < known_words[i].per_million) {
            buf_printf(buf, " %s", known_words[i].word);
        }
    }
    buf_add(buf, "", 1);
}

#endif
