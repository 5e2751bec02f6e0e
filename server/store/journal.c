/* The head is read once per write transaction, counted in memory and written back at its commit:
 * one update for a whole batch. Undoing a savepoint leaves the count where it is, so a number drawn
 * in it is a gap and never comes twice; a rollback forgets the count, and nobody saw those numbers.
 */
#include "store/journal.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/db_internal.h"

SQL(head_get, "SELECT value FROM meta WHERE key = 'head'");
SQL(head_set, "UPDATE meta SET value = ?1 WHERE key = 'head'");
SQL(floor_get, "SELECT value FROM meta WHERE key = 'floor'");
SQL(floor_set, "UPDATE meta SET value = ?1 WHERE key = 'floor'");
SQL(epoch_get, "SELECT value FROM meta WHERE key = 'epoch'");
SQL(epoch_set, "UPDATE meta SET value = ?1 WHERE key = 'epoch'");

int64_t journal_head(struct db *db)
{
    if (db->head.known) {
        return db->head.number;
    }
    int64_t head = db_int(db, &head_get, 0);
    if (db->writing && db->err == ERR_NONE) {
        db->head.number = head;
        db->head.known = true;
    }
    return head;
}

int64_t journal_next(struct db *db)
{
    if (!db->writing) {
        db_fail(db, SQLITE_MISUSE, NULL);
        return 0;
    }
    journal_head(db);
    if (!db->head.known) {
        return 0; /* the error is set */
    }
    db->head.changed = true;
    return ++db->head.number;
}

void journal_flush(struct db *db)
{
    if (db->head.changed) {
        db_run(db, &head_set, db->head.number);
    }
}

SQL(append, "INSERT INTO journal (seq, at, fact, audience, entity, actor)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

void journal_append(struct db *db, const struct journal_row *row)
{
    db_run(db, &append, row->seq, row->at_ms, row->fact, row->audience, row->entity, row->actor);
}

SQL(mark_set, "INSERT INTO mark (person, fact, entity, seq) VALUES (?1, ?2, ?3, ?4)"
              " ON CONFLICT (person, fact, entity) DO UPDATE SET seq = excluded.seq");

void journal_mark(struct db *db, int64_t person, const char *fact, int64_t entity, int64_t seq)
{
    db_run(db, &mark_set, person, fact, entity, seq);
}

int64_t journal_floor(struct db *db)
{
    return db_int(db, &floor_get, 0);
}

SQL(oldest, "SELECT seq, at FROM journal ORDER BY seq LIMIT ?1");
SQL(forget, "DELETE FROM journal WHERE seq <= ?1");

bool journal_prune(struct db *db, int64_t before_ms, int64_t keep, int limit)
{
    int64_t cut = journal_head(db) - keep, last = 0;
    struct rows rows = db_select(db, &oldest, limit);
    while (rows_next(&rows)) {
        if (rows_int(&rows, 1) >= before_ms && rows_int(&rows, 0) > cut) {
            rows_end(&rows);
            break;
        }
        last = rows_int(&rows, 0);
    }
    if (last == 0 || db_error(db) != ERR_NONE) {
        return false;
    }
    db_run(db, &forget, last);
    db_run(db, &floor_set, last);
    return db_error(db) == ERR_NONE;
}

const char *journal_epoch(struct db *db, struct arena *arena)
{
    return db_text(db, &epoch_get, arena);
}

void journal_new_epoch(struct db *db)
{
    unsigned char bytes[8];
    char text[2 * sizeof bytes + 1];
    random_bytes(bytes, sizeof bytes);
    hex_encode(bytes, sizeof bytes, text);
    db_run(db, &epoch_set, (const char *)text);
}

/* CROSS JOIN keeps the audiences outside: one search in (audience, seq) each. */
#define SINCE(of_fact, of_mark)                                                                    \
    "SELECT " of_fact " FROM (SELECT DISTINCT value FROM json_each(?1)) AS a"                      \
    " CROSS JOIN journal AS j INDEXED BY journal_by_audience"                                      \
    " ON j.audience = a.value AND j.seq > ?3 AND j.seq <= ?4"                                      \
    " UNION ALL"                                                                                   \
    " SELECT " of_mark " FROM mark WHERE person = ?2 AND seq > ?3 AND seq <= ?4"

/* In the index alone, and no further than one row too many: whoever is far behind is told so at
 * once. */
SQL(count_since, "SELECT count(*) > ?5 FROM (" SINCE("1", "1") " LIMIT ?5 + 1)");

bool journal_is_far(struct db *db, const char *audiences_json, int64_t person, int64_t after,
                    int64_t until, int limit)
{
    return db_int(db, &count_since, 0, audiences_json, person, after, until, limit) != 0;
}

SQL(read_since, "SELECT max(seq) AS last, fact, audience, entity FROM (" SINCE(
                    "seq, fact, audience, entity",
                    "seq, fact, 0, entity") ") GROUP BY fact, audience, entity ORDER BY last");

struct rows journal_read(struct db *db, const char *audiences_json, int64_t person, int64_t after,
                         int64_t until)
{
    return db_select(db, &read_since, audiences_json, person, after, until);
}
