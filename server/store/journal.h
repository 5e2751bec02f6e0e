/* The journal: which fact, about what, for whom, in which order. Identities only, never words.
 *
 * Dovecot's transaction log and SQLite's WAL are its precedents: a growing list that readers follow
 * by position. A cursor is (epoch, seq); seq rises strictly and is drawn here, by the writer alone.
 *
 * Owns: the counter. Threads: writing, the writer's; reading, any connection. */
#ifndef BEFFROI_STORE_JOURNAL_H
#define BEFFROI_STORE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

struct journal_row {
    int64_t seq, at_ms;
    const char *fact; /* name, e.g. "message.posted" */
    int64_t audience; /* struct audience packed, see club/audience.h; 0 in marks */
    int64_t entity;   /* id of the object */
    int64_t actor;    /* person, 0 for the system */
};

/* Highest number given so far, as this transaction sees it. */
int64_t journal_head(struct db *db);
/* Draws the next number. Only in a write transaction; undone with it. */
int64_t journal_next(struct db *db);
/* Adds a row; row->seq was drawn by journal_next(). */
void journal_append(struct db *db, const struct journal_row *row);
/* Sets the last number of a mark (person, fact, entity): one row per key, for the last value. */
void journal_mark(struct db *db, int64_t person, const char *fact, int64_t entity, int64_t seq);
/* Lowest cursor from which nothing is missing. */
int64_t journal_floor(struct db *db);
/* Forgets the oldest rows, at most `limit` in a call: those from before `before_ms`, and those
 * whose number is not among the last `keep` (marks draw numbers too, so at most that many rows
 * stay; counting the rows themselves would walk all of them). true if any went. */
bool journal_prune(struct db *db, int64_t before_ms, int64_t keep, int limit);

/* 16 hex digits drawn at init and at restore. Borrowed from the arena. */
const char *journal_epoch(struct db *db, struct arena *arena);
void journal_new_epoch(struct db *db);

/* More than `limit` rows are in (after, until] for these audiences and this person? Audiences as a
 * JSON array of numbers. Costs no more the more there are. */
bool journal_is_far(struct db *db, const char *audiences_json, int64_t person, int64_t after,
                    int64_t until, int limit);
/* Rows of a span. Facts of one name share its text. */
struct journal_span {
    struct journal_told {
        int64_t seq, audience, entity; /* audience 0: a mark */
        const char *fact;
    } * items;
    size_t count, capacity;
};
/* The facts and marks of that span, rising by seq, in an arena; rows that say the same fact of the
 * same object to the same audience come as the last of them. */
void journal_read(struct db *db, struct arena *arena, const char *audiences_json, int64_t person,
                  int64_t after, int64_t until, struct journal_span *out);

#endif
