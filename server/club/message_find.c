/* FTS5 walks a word's messages from the newest one on, and only as far as it is read. Two ways to
 * keep to some channels, then: to look at the channel of each message (2 us a message), good where
 * most are in them; or to have the index walk the channels beside the words, by the tokens in
 * `scope` (a search in the index per message and channel), good where few are. A first leg over the
 * words alone tells which. docs/adr has the figures. */
#include "club/message_find.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/french.h"
#include "store/journal.h"

enum {
    FIRST_LEG = 100,        /* messages; */
    FIRST_LEG_AUTHOR = 400, /* of an author, where a wrong guess costs most */
    FEW = 8,                /* one in so many is few */
    VERY_FEW = 100,
    SCOPE_CHANNELS = 100, /* more are not asked of the index */
    OFTEN = 1000,         /* messages that hold a word, of all */
    BEGINNING_LETTERS = 3,
    LONGER_WORDS = 200, /* some 20 us each to find, and as much to look for */
    BY_SCOPE = 150,     /* candidates: few come of all that is walked beside them */
    BY_AUTHOR = 200,    /* candidates, each a search in the index (1 ms) */
};

/* ?1 expression, ?2 and ?3 ids; by relevance, ?4 the newest message, ?5 what is missing, and ?6 the
 * channels: only what is in them is weighed. */
#define WALK                                                                                       \
    " FROM message_fts JOIN message m ON m.id = message_fts.rowid WHERE message_fts MATCH ?1"      \
    " AND message_fts.rowid BETWEEN ?2 AND ?3 ORDER BY message_fts.rowid DESC"
SQL(recent, "SELECT m.id, m.channel, m.author, m.at, 0" WALK);
SQL(relevant, "SELECT m.id, m.channel, m.author, m.at, iif(m.channel IN (SELECT value FROM"
              " json_each(?6)), rank_fit(message_fts, ?4, ?5), 0)" WALK);
/* ?4 the author: for one who said little among much, found by what they said. */
SQL(by_author, "SELECT m.id, m.channel, m.author, m.at, 0 FROM message m WHERE m.author = ?4"
               " AND m.id BETWEEN ?2 AND ?3 AND EXISTS (SELECT 1 FROM message_fts"
               " WHERE message_fts MATCH ?1 AND message_fts.rowid = m.id) ORDER BY m.id DESC");

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int compare_fit(const void *a, const void *b)
{
    const struct found_message *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
                                : (x->id < y->id) - (x->id > y->id);
}

static bool is_wanted(const struct find *find, const struct rows *row)
{
    int64_t channel = rows_int(row, 1), at = rows_int(row, 3);
    return (find->author == 0 || rows_int(row, 2) == find->author) && at >= find->after &&
           at < find->before &&
           bsearch(&channel, find->channels.items, find->channels.count, sizeof channel,
                   compare_ids);
}

/* Reads messages from find->last down until there are `wanted` or `limit` were looked at; the next
 * leg goes on from there. Returns how many were. out->more: the end was not reached. */
static size_t walk(struct tx *tx, struct find *find, struct rows rows, size_t wanted, size_t limit,
                   struct found *out)
{
    size_t seen = 0;
    out->more = false;
    while (rows_next(&rows)) {
        seen++;
        find->last = rows_int(&rows, 0) - 1;
        if (is_wanted(find, &rows)) {
            struct found_message message = {rows_int(&rows, 0), rows_int(&rows, 1),
                                            rows_int(&rows, 3), rows_int(&rows, 4)};
            ARENA_PUSH(tx->arena, out, message);
        }
        if (out->count >= wanted || seen >= limit) {
            out->more = true;
            rows_end(&rows);
            break;
        }
    }
    return seen;
}

static struct rows walk_words(struct tx *tx, const struct find *find)
{
    int64_t missing = find->missing ? 1 + (int64_t)find->scopes : 0;
    return find->by_relevance
               ? db_select(tx->db, &relevant, find->match, find->first, find->last,
                           journal_head(tx->db), missing, ids_json(tx, &find->channels))
               : db_select(tx->db, &recent, find->match, find->first, find->last);
}

/* The words in the body, and in the scope one of the channels. */
static const char *scoped(struct tx *tx, const struct find *find)
{
    struct buf buf;
    buf_init(&buf);
    buf_printf(&buf, "body : (%s) AND scope : (", find->words);
    for (size_t i = 0; i < find->channels.count; i++) {
        buf_printf(&buf, "%s\"c%lld\"", i > 0 ? " OR " : "", (long long)find->channels.items[i]);
    }
    buf_text(&buf, ")");
    const char *match = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return match;
}

static void find_all(struct tx *tx, struct find *find, size_t wanted, struct found *out)
{
    find->match = arena_printf(tx->arena, "body : (%s)", find->words);
    size_t leg = find->author ? FIRST_LEG_AUTHOR : FIRST_LEG;
    size_t seen = walk(tx, find, walk_words(tx, find), wanted, leg, out);
    if (!out->more || out->count >= wanted) {
        return;
    }
    if (out->count * VERY_FEW < seen && find->author && !find->beginning) {
        wanted = wanted < BY_AUTHOR ? wanted : BY_AUTHOR;
        find->common = true;
        walk(tx, find,
             db_select(tx->db, &by_author, find->match, find->first, find->last, find->author),
             wanted, SIZE_MAX, out);
        return;
    }
    if (out->count * FEW < seen && find->channels.count <= SCOPE_CHANNELS) {
        find->match = scoped(tx, find);
        find->scopes = find->channels.count;
        wanted = find->by_relevance && wanted > BY_SCOPE ? BY_SCOPE : wanted;
    }
    walk(tx, find, walk_words(tx, find), wanted, SIZE_MAX, out);
}

SQL(holders,
    "SELECT count(*) FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH ?1 LIMIT ?2)");

bool messages_may_begin(struct tx *tx, const char *query)
{
    char last[FRENCH_MATCH_BYTES];
    if (french_match_last(query, last, sizeof last) < BEGINNING_LETTERS) {
        return false;
    }
    const char *match = arena_printf(tx->arena, "body : (%s)", last);
    return db_int(tx->db, &holders, 0, match, OFTEN) < OFTEN; /* read only as far as that */
}

/* The first word from ?1 on. No word holds char(1), so that what follows a word with it lies behind
 * all the uses of that word, over which FTS5 would walk otherwise. */
SQL(word_from, "SELECT term FROM message_fts_words WHERE term >= ?1 LIMIT 1");

void messages_longer_words(struct tx *tx, const char *query, struct french_synonyms *out)
{
    char beginning[FRENCH_WORD_BYTES];
    struct {
        const char **items;
        size_t count, capacity;
    } words = {0};
    french_beginning(query, beginning);
    const char *word = db_text(tx->db, &word_from, tx->arena, (const char *)beginning);
    while (*beginning && word && str_starts(word, beginning)) {
        if (words.count == LONGER_WORDS) {
            return;
        }
        ARENA_PUSH(tx->arena, &words, word);
        word = db_text(tx->db, &word_from, tx->arena, arena_printf(tx->arena, "%s\1", word));
    }
    out->longer = words.items;
    out->longer_count = words.count;
}

void messages_find(struct tx *tx, struct find *find, size_t wanted, struct found *out)
{
    int64_t last = find->last;
    if (find->channels.count == 0) { /* one who reads no channel */
        return;
    }
    qsort(find->channels.items, find->channels.count, sizeof *find->channels.items, compare_ids);
    find_all(tx, find, wanted, out);
    find->last = last;
    if (find->by_relevance && out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, compare_fit);
    }
}
