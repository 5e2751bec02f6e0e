/* Full-text search in French: the FTS5 tokenizer and the reader of what people type in a search
 * box.
 *
 * One table, one tokenizer: CREATE VIRTUAL TABLE f USING fts5(body, content='m', tokenize='french',
 * prefix='2'). How a word is indexed is told at the head of french.c.
 *
 * Owns: nothing; each FTS5 table of each connection holds a stemmer of its own, and the forms of
 * some thousand words that it met.
 * Threads: any; both are used by the connection's thread only.
 * Never: reads a table, ranks, logs. */
#ifndef BEFFROI_STORE_FRENCH_H
#define BEFFROI_STORE_FRENCH_H

#include <stddef.h>
#include <stdint.h>

#include "store/french_word.h"

struct sqlite3;

/* Registers the tokenizer `french` on one connection, before any statement on a table that uses it.
 * Returns SQLITE_OK, or the SQLite error (SQLITE_ERROR where FTS5 is not compiled in).
 * Source: https://www.sqlite.org/fts5.html#extending_fts5 */
int french_register(struct sqlite3 *db) __attribute__((warn_unused_result));

/* What reads words as the tokenizer does, for who has a text at hand. */
struct french;
struct french *french_create(void);
void french_destroy(struct french *french);
/* A word of a text, by bytes. */
struct french_token {
    size_t from; /* where its elided article begins, or `start` */
    size_t start, end;
    int count;            /* of its forms, the folded word first */
    const uint8_t *forms; /* of each its size, then its bytes; until the next word is read */
};
/* The next word from `*at` on, which is moved past it; false at the end. */
bool french_next(struct french *french, struct text text, size_t *at, struct french_token *out);

/* Words of a query that are looked for; what comes after is ignored. */
#define FRENCH_MATCH_WORDS 16
/* Bytes that hold the expression of any query, its final NUL counted. */
#define FRENCH_MATCH_BYTES 4608

enum french_match {
    FRENCH_MATCH_OK,
    FRENCH_MATCH_EMPTY,    /* no word in it: nothing to search */
    FRENCH_MATCH_TOO_LONG, /* `out_bytes` is too small; never with FRENCH_MATCH_BYTES */
};

/* Terms, words or expressions, that mean the same as the others of their group; those of a group
 * need not be neighbours. */
struct french_synonym {
    int64_t group; /* not 0 */
    const char *term;
};
struct french_synonyms {
    const struct french_synonym *items;
    size_t count;
    /* Words that begin as the last one does, where these are looked for by themselves: FTS5 gathers
     * all rows of a beginning before it gives the first, but walks along those of whole words. */
    const char *const *longer;
    size_t longer_count; /* 0: FTS5 is to find them */
};
enum french_how {
    FRENCH_ALL,  /* all words must be there */
    FRENCH_MOST, /* all but one */
    FRENCH_ANY
};
/* Bytes that hold the expression of nearly any query with synonyms. */
#define FRENCH_MATCH_WIDE_BYTES 65536

/* Builds the FTS5 MATCH expression of what a person typed, any bytes up to its NUL. All words must
 * be there but articles, prepositions and the words of a question, which are left out unless there
 * is nothing else; each goes by its stem, and the last one, if nothing follows it, also as the
 * beginning of a word if it has two letters. Words held together by a hyphen, or put between "…",
 * “…” or «…», must follow each other, all of them. Unless FRENCH_MATCH_OK is returned, `out` is the
 * empty string, which is an error to FTS5. */
enum french_match french_match(const char *query, char *out, size_t out_bytes)
    __attribute__((warn_unused_result));
/* The same, where a word or several in a row that are a synonym (but for the plural) may be
 * replaced by another of its group, whose words must follow each other. NULL: no synonyms. */
enum french_match french_match_how(const char *query, const struct french_synonyms *synonyms,
                                   enum french_how how, char *out, size_t out_bytes)
    __attribute__((warn_unused_result));

/* The last word of a query, as an expression of its own, where it may be the beginning of another.
 * Returns its letters; 0: there is none such, and `out` is the empty string. */
size_t french_match_last(const char *query, char *out, size_t out_bytes);
/* The same word as FTS5 knows it, folded, for what begins so; empty where there is none such. `out`
 * holds FRENCH_WORD_BYTES. */
#define FRENCH_WORD_BYTES 256
void french_beginning(const char *query, char out[FRENCH_WORD_BYTES]);

#endif
