/* How well a row of a full-text table fits what is looked for, as an FTS5 function.
 *
 * rank_fit(table, newest, missing, weight...) is BM25F: the uses of a word in all columns are added
 * up, each weighed by its column (1 for the first and 0 for others where none is given) and by how
 * long that column is in this row. A word is not counted over the whole table: its first uses say
 * how frequent it is. FTS5's own bm25() counts them all, for each search, which for common words
 * takes most of a second over a million rows.
 *
 * The sum is divided by what the words weigh together, so that rows of several tables compare: the
 * words that are in the row, or, with `missing` 1, all words of the query; with `missing` n + 1,
 * all but the last n, which say where to look and not what for.
 *
 * Owns: nothing. Threads: the connection's. Never: reads another table. */
#ifndef BEFFROI_STORE_RANK_H
#define BEFFROI_STORE_RANK_H

struct sqlite3;

/* Registers rank_fit() on one connection; `newest` is the highest rowid there may be. The result
 * is a whole number from 0 to 2,200,000; more is better. Returns SQLITE_OK, or the SQLite error.
 * Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009;
 * https://www.sqlite.org/fts5.html#custom_auxiliary_functions */
int rank_register(struct sqlite3 *db) __attribute__((warn_unused_result));

#endif
