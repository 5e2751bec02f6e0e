/* The head is read once per write transaction, counted in memory and written back at its commit:
 * one update for a whole batch. Undoing a savepoint leaves the count where it is, so a number drawn
 * in it is a gap and never comes twice; a rollback forgets the count, and nobody saw those numbers.
 */
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "store/db_internal.h"

enum { SAME_NAMES = 8 /* rows looked back for the name of a fact */ };

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

/* In no order: grouped and sorted in SQL they were a quarter of a resume. */
SQL(read_since, SINCE("seq, fact, audience, entity", "seq, fact, 0, entity"));

/* The text of a fact's name that an earlier row has, or a copy. */
static const char *name_of(const struct journal_span *span, const char *name, struct arena *arena)
{
    for (size_t i = span->count; i > 0 && span->count - i < SAME_NAMES; i--) {
        if (strcmp(span->items[i - 1].fact, name) == 0) {
            return span->items[i - 1].fact;
        }
    }
    return arena_strdup(arena, name);
}

static int by_seq(const void *a, const void *b)
{
    const struct journal_told *x = a, *y = b;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static bool says_the_same(const struct journal_told *a, const struct journal_told *b)
{
    return a->entity == b->entity && a->audience == b->audience && str_equal(a->fact, b->fact);
}

/* Keeps of those that say the same the last, in the place of the first. Found by a hash of what
 * they are about: an open table, half of it free. */
static void keep_the_last(struct journal_span *span, struct arena *arena)
{
    size_t capacity = 16, kept = 0;
    while (capacity < 2 * span->count) {
        capacity *= 2;
    }
    size_t *slots = ARENA_ARRAY(arena, size_t, capacity); /* 1 + row */
    for (size_t i = 0; i < span->count; i++) {
        struct journal_told row = span->items[i];
        uint64_t about = (uint64_t)row.entity * 31 + (uint64_t)row.audience;
        size_t slot = (size_t)(about * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (capacity - 1);
        while (slots[slot] && !says_the_same(&span->items[slots[slot] - 1], &row)) {
            slot = (slot + 1) & (capacity - 1);
        }
        if (!slots[slot]) {
            span->items[kept++] = row;
            slots[slot] = kept;
        } else if (span->items[slots[slot] - 1].seq < row.seq) {
            span->items[slots[slot] - 1].seq = row.seq;
        }
    }
    span->count = kept;
}

static bool is_rising(const struct journal_span *span)
{
    size_t i = 1;
    while (i < span->count && span->items[i - 1].seq < span->items[i].seq) {
        i++;
    }
    return i >= span->count;
}

void journal_read(struct db *db, struct arena *arena, const char *audiences_json, int64_t person,
                  int64_t after, int64_t until, struct journal_span *out)
{
    *out = (struct journal_span){0};
    struct rows rows = db_select(db, &read_since, audiences_json, person, after, until);
    while (rows_next(&rows)) {
        struct journal_told told = {rows_int(&rows, 0), rows_int(&rows, 2), rows_int(&rows, 3),
                                    name_of(out, rows_text(&rows, 1), arena)};
        ARENA_PUSH(arena, out, told);
    }
    keep_the_last(out, arena);
    if (!is_rising(out)) { /* as the rows of one audience are, each changed once */
        qsort(out->items, out->count, sizeof *out->items, by_seq);
    }
}
