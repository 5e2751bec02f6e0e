/* Where FTS5 takes a connection's own tokenizers and functions.
 *
 * Owns: nothing. Threads: the connection's. */
#ifndef BEFFROI_STORE_FTS5_H
#define BEFFROI_STORE_FTS5_H

#include <sqlite3.h>

/* Gives FTS5's interface on this connection. Returns SQLITE_OK, or the SQLite error (SQLITE_ERROR
 * where FTS5 is not compiled in).
 * Source: https://www.sqlite.org/fts5.html#extending_fts5 */
int fts5_of(struct sqlite3 *db, fts5_api **api_out) __attribute__((warn_unused_result));

#endif
