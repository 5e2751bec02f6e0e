/* territory.find: towns, communes, EPCI and départements by the words they begin with. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/fold.h"
#include "club/rows.h"
#include "club/territory.h"

struct territory_find {
    const char *query;
};
static const struct field find_in[] = {
    FIELD_LINE(struct territory_find, query, 1, LIMIT_QUERY_CHARS,
               "Beginning of a name or of one of its words, or a whole code"),
    FIELD_END,
};
struct territory_found {
    struct list territories;
};
static const struct field find_out[] = {
    FIELD_LIST(struct territory_found, territories, territory, territory_fields, 0,
               LIMIT_TERRITORY_FOUND,
               "Those found, that begin so before those with a word that does"),
    FIELD_END,
};

/* Some five thousand names at most: read and folded each time, as a person types. */
SQL(all, "SELECT 'town', key, name FROM town WHERE left_on IS NULL"
         " UNION ALL SELECT 'commune', insee, name FROM commune WHERE left_on IS NULL"
         " UNION ALL SELECT 'epci', epci, max(epci_name) FROM commune WHERE epci IS NOT NULL"
         " AND left_on IS NULL GROUP BY epci"
         " UNION ALL SELECT 'departement', code, name FROM departement");

struct match {
    struct territory territory;
    const char *folded;
    int rank; /* 0: its code, 1: begins so, 2: a word of it does */
};
struct matches {
    struct match *items;
    size_t count, capacity;
};

/* 3: none of it. */
static int rank_of(const char *folded, const char *code, const char *wanted, const char *typed)
{
    size_t length = strlen(wanted);
    if (str_equal(code, typed)) {
        return 0;
    }
    for (const char *at = length ? folded : ""; *at; at++) {
        if ((at == folded || at[-1] == ' ') && strncmp(at, wanted, length) == 0) {
            return at == folded ? 1 : 2;
        }
    }
    return 3;
}

static int by_rank(const void *a_, const void *b_)
{
    const struct match *a = a_, *b = b_;
    if (a->rank != b->rank) {
        return a->rank - b->rank;
    }
    int name = strcmp(a->folded, b->folded);
    int kind = (int)b->territory.kind - (int)a->territory.kind; /* the widest first */
    int code = strcmp(a->territory.code, b->territory.code);
    return name ? name : kind ? kind : code;
}

static void collect(struct tx *tx, const char *typed, struct matches *out)
{
    const char *wanted = fold(typed, tx->arena);
    for (struct rows rows = db_select(tx->db, &all); rows_next(&rows);) {
        const char *folded = fold(rows_text(&rows, 2), tx->arena);
        int rank = rank_of(folded, rows_text(&rows, 1), wanted, typed);
        if (rank > 2) {
            continue;
        }
        struct match match = {
            .territory = {.kind = (enum territory_kind)rows_word(&rows, 0, &territory_kind_choice),
                          .code = rows_copy(&rows, 1, tx->arena),
                          .name = rows_copy(&rows, 2, tx->arena)},
            .folded = folded,
            .rank = rank,
        };
        ARENA_PUSH(tx->arena, out, match);
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, by_rank);
    }
}

static enum err find_run(struct tx *tx, const void *in_, void *out_)
{
    const struct territory_find *in = in_;
    struct territory_found *out = out_;
    struct matches matches = {0};
    collect(tx, in->query, &matches);
    size_t count = matches.count < LIMIT_TERRITORY_FOUND ? matches.count : LIMIT_TERRITORY_FOUND;
    struct territory *found = ARENA_ARRAY(tx->arena, struct territory, count + 1);
    for (size_t i = 0; i < count; i++) {
        found[i] = matches.items[i].territory;
    }
    out->territories = (struct list){found, count};
    return ERR_NONE;
}

const struct command territory_find_command = {
    .name = "territory.find",
    .doc = "Towns, communes, EPCI and départements by the beginning of their names or their codes.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = find_in,
    .in_bytes = sizeof(struct territory_find),
    .out = find_out,
    .out_bytes = sizeof(struct territory_found),
    .run = find_run,
};
