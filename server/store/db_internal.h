/* The inside of a connection, shared by the files of store/ only.
 *
 * Owns: struct db. Threads: the connection's. Never: included outside store/. */
#ifndef BEFFROI_STORE_DB_INTERNAL_H
#define BEFFROI_STORE_DB_INTERNAL_H

#include <sqlite3.h>

#include "base/map.h"
#include "store/db.h"

enum { DB_BUSY_MS = 5000 };

/* Tables by number, for memo.c: those of one connection. */
enum { TABLES_KNOWN = 128, TABLE_WORDS = TABLES_KNOWN / 64 };
struct table_set {
    uint64_t bits[TABLE_WORDS];
};
struct tables {
    const char *names[TABLES_KNOWN];
    int64_t written[TABLES_KNOWN]; /* db->writes when a statement last might have */
    int count;
};

struct statement {
    sqlite3_stmt *handle;
    const struct sql *sql;
    struct table_set reads, writes;
    bool is_write;
    struct map memos; /* rows kept of it, see memo.h */
    int64_t memos_at; /* db->writes when the first of them was read */
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
    bool inside, hurried;  /* the gate; it did stop a read */
    struct arena arena;    /* its statements */
    struct map statements; /* struct sql * -> struct statement * */
    int running;           /* statements that were stepped and not reset */

    struct statement *preparing; /* what the authorizer takes notes about */
    struct tables tables;
    int64_t writes;      /* writing statements run so far */
    int64_t all_written; /* `writes` when something was undone, or a script ran */

    bool writing;   /* between db_begin_write() and its end */
    int savepoints; /* open in it */
    struct deferred deferred;
    struct {
        int64_t number;      /* last drawn */
        bool known, changed; /* in this transaction */
    } head;                  /* of the journal, see journal.c */

    struct french *french;      /* reads words for excerpt.c; NULL: no text was met yet */
    int wal_frames, wal_copied; /* in the WAL after the last commit; of these, copied back */
    struct {
        sqlite3_stmt **statements; /* one per full-text table */
        int count, next;
        bool known;
    } merge;
};

/* Remembers the first error, with a line in the log. `sql` may be NULL. */
void db_fail(struct db *db, int code, const struct sql *sql);
/* The prepared statement, NULL after an error. */
struct statement *statement_of(struct db *db, const struct sql *sql);
sqlite3_stmt *rows_handle(const struct rows *rows);
/* For memo.c: the authorizer; a writing statement was run; anything may have changed; the rows of a
 * statement go. */
int memo_note_tables(void *context, int action, const char *table, const char *column,
                     const char *database, const char *trigger);
void memo_written(struct db *db, const struct statement *statement);
void memo_all_written(struct db *db);
void memo_forget(struct statement *statement);
/* Ends every statement that a loop left running. */
void db_reset_running(struct db *db);
/* Finalizes all of them, and what is kept of them; none is running. */
void db_forget_statements(struct db *db);
/* After db->savepoints went down: what was put off inside belongs to what is around, or is taken
 * back (deferred.c). */
void deferred_release(struct db *db);
void deferred_undo(struct db *db);
void deferred_finish(struct db *db);
/* Writes the journal's head if this transaction drew numbers (journal.c). */
void journal_flush(struct db *db);

#endif
