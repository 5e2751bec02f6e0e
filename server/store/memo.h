/* Rows that every command reads and that hardly ever change: who asks, what they may do there.
 *
 * On the connection that writes, the first row a query gives for its values is kept until a
 * statement runs that may write to a table the query reads, or something is undone. SQLite itself
 * says, when a statement is prepared, which tables it reads and writes: nobody has to remember to
 * invalidate, and nothing else may write (one writer is a rule). On a reader, whose snapshot moves
 * under it, nothing is kept.
 *
 * Owns: the rows, bounded by LIMIT_MEMO_ROWS a statement. Threads: the connection's. Never: for a
 * query that tells the time or draws a number; that would stand still. */
#ifndef BEFFROI_STORE_MEMO_H
#define BEFFROI_STORE_MEMO_H

#include "store/db.h"

enum { MEMO_VALUES = 3 };

struct memo;
/* The first row of `sql` with up to MEMO_VALUES integers for ?1, ?2...; NULL if there is none, or
 * after an error: other values are one. Borrowed until the connection is used again. */
const struct memo *memo_row_of(struct db *db, const struct sql *sql, const struct db_value *values,
                               int count);
#define memo_row(db, sql, ...) memo_row_of((db), (sql), DB_VALUES(__VA_ARGS__))

int64_t memo_int(const struct memo *memo, int column); /* NULL gives 0 */
bool memo_is_null(const struct memo *memo, int column);
const char *memo_text(const struct memo *memo, int column); /* NULL for what is no text */
/* First column; `otherwise` if there is no row or it is NULL. */
#define memo_number(db, sql, otherwise, ...)                                                       \
    memo_number_of(memo_row((db), (sql), __VA_ARGS__), (otherwise))
int64_t memo_number_of(const struct memo *memo, int64_t otherwise);

#endif
