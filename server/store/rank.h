/* How well a row of a full-text table fits what is looked for, as an FTS5 function.
 *
 * rank_fit(table, newest) is BM25 over the first column, except that a word is not counted over the
 * whole table: its first uses say how frequent it is. FTS5's own bm25() counts them all, for each
 * search, which for common words takes most of a second over a million rows.
 *
 * Owns: nothing. Threads: the connection's. Never: reads another table. */
#ifndef BEFFROI_STORE_RANK_H
#define BEFFROI_STORE_RANK_H

struct sqlite3;

/* Registers rank_fit() on one connection; `newest` is the highest rowid there may be. The result
 * is a whole number; more is better. Returns SQLITE_OK, or the SQLite error.
 * Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
 * https://www.sqlite.org/fts5.html#custom_auxiliary_functions */
int rank_register(struct sqlite3 *db) __attribute__((warn_unused_result));

#endif
