/* The inside of a connection, shared by the files of store/ only.
 *
 * Owns: struct db. Threads: the connection's. Never: included outside store/. */
#ifndef BEFFROI_STORE_DB_INTERNAL_H
#define BEFFROI_STORE_DB_INTERNAL_H

#include <sqlite3.h>

#include "base/map.h"
#include "store/db.h"

enum { DB_BUSY_MS = 5000 };

struct statement {
    sqlite3_stmt *handle;
    const struct sql *sql;
};

struct deferred_item {
    const struct sql *sql;
    int64_t id;
    int savepoints; /* open around it */
};
/* Of one transaction: as many items as it put off rows. */
struct deferred {
    struct deferred_item *items;
    size_t count, capacity;
};

struct db {
    sqlite3 *handle;
    enum db_mode mode;
    enum err err;
    bool sync_failed;      /* never cleared, see db_sync_failed() */
    int64_t deadline_us;   /* clock_mono_us, 0 = none */
    struct gate *gate;     /* NULL: none */
    bool inside;           /* the gate */
    struct arena arena;    /* its statements */
    struct map statements; /* struct sql * -> struct statement * */
    int running;           /* statements that were stepped and not reset */

    bool writing;   /* between db_begin_write() and its end */
    int savepoints; /* open in it */
    struct deferred deferred;
    struct {
        int64_t number;      /* last drawn */
        bool known, changed; /* in this transaction */
    } head;                  /* of the journal, see journal.c */

    int wal_frames, wal_copied; /* in the WAL after the last commit; of these, copied back */
    struct {
        sqlite3_stmt **statements; /* one per full-text table */
        int count, next;
        bool known;
    } merge;
};

/* Remembers the first error, with a line in the log. `sql` may be NULL. */
void db_fail(struct db *db, int code, const struct sql *sql);
/* Ends every statement that a loop left running. */
void db_reset_running(struct db *db);
/* Finalizes all of them. */
void db_forget_statements(struct db *db);
/* After db->savepoints went down: what was put off inside belongs to what is around, or is taken
 * back (deferred.c). */
void deferred_release(struct db *db);
void deferred_undo(struct db *db);
void deferred_finish(struct db *db);
/* Writes the journal's head if this transaction drew numbers (journal.c). */
void journal_flush(struct db *db);

#endif
