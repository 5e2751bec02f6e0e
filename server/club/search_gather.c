/* Which messages, records and pages hold the words, of those the actor may see.
 *
 * All words first; where that gives too few, all but one; at last any. What the stricter wish found
 * stays ahead of what the looser one adds. Each index is read from its newest row on, and only so
 * far (ADR 12). */
#include <stdlib.h>
#include <string.h>

#include "club/access.h"
#include "club/event.h"
#include "club/message.h"
#include "club/message_find.h"
#include "club/search.h"
#include "club/synonym.h"
#include "store/french.h"
#include "store/journal.h"

enum {
    CANDIDATES = 500, /* records that are put in order, the newest */
    ENOUGH = 5,       /* hits with all words, that no looser wish need be tried */
    ENOUGH_WHOLE = 50 /* hits of the last word as a whole, that longer words are not looked for */
};
/* How much what each wish finds counts, by enum french_how; and what holds only the beginning of a
 * longer word. */
static const double worths[] = {1, 0.6, 0.3};
static const double worth_of_beginning = 0.7;

/* One look into the indexes. */
struct look {
    struct search *search;
    struct ids channels; /* which the actor may read and wants */
    struct french_synonyms synonyms;
    enum french_how how;
    const char *match; /* expression */
    const char *match_messages;
    bool beginning; /* its last word may be the beginning of another */
    bool may_begin; /* of a message's */
    double worth;
    size_t messages, entries, pages; /* found by this wish, by its last expression */
};

static void add(struct look *look, struct candidate candidate)
{
    candidate.fit *= look->worth;
    ARENA_PUSH(look->search->tx->arena, &look->search->found, candidate);
}

/* --- messages --------------------------------------------------------------------------------- */

/* Cards of events and resources say again what these are found by. */
SQL(cards, "SELECT id FROM message WHERE id IN (SELECT value FROM json_each(?1))"
           " AND (event IS NOT NULL OR resource IS NOT NULL) ORDER BY id");

static struct ids cards_among(struct tx *tx, const struct found *found)
{
    struct ids all = {0}, some = {0};
    for (size_t i = 0; i < found->count; i++) {
        ARENA_PUSH(tx->arena, &all, found->items[i].id);
    }
    ids_read(tx, db_select(tx->db, &cards, ids_json(tx, &all)), &some);
    return some;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool is_among(const struct ids *ids, int64_t id)
{
    return ids->count > 0 && bsearch(&id, ids->items, ids->count, sizeof id, compare_ids) != NULL;
}

static void gather_messages(struct look *look)
{
    struct tx *tx = look->search->tx;
    const struct search_find *asked = look->search->asked;
    struct found found = {0};
    struct find find = {.words = look->match_messages,
                        .beginning = look->beginning,
                        .by_relevance = true,
                        .missing = look->how != FRENCH_ALL,
                        .channels = look->channels,
                        .first = asked->after ? message_id_at(tx, asked->after - MS_PER_DAY) : 0,
                        .last = asked->before ? message_id_at(tx, asked->before + MS_PER_DAY)
                                              : INT64_MAX,
                        .before = INT64_MAX};
    messages_find(tx, &find, LIMIT_SEARCH_CANDIDATES, &found);
    look->messages = found.count;
    struct ids left_out = cards_among(tx, &found);
    look->search->cut = look->search->cut || found.more;
    for (size_t i = 0; i < found.count; i++) {
        const struct found_message *message = &found.items[i];
        if (!is_among(&left_out, message->id)) {
            add(look, (struct candidate){.kind = HIT_MESSAGE,
                                         .id = message->id,
                                         .at = message->at,
                                         .fit = (double)message->score / 1e6,
                                         .match = find.words,
                                         .row = message->id,
                                         .channel = message->channel});
        }
    }
}

/* --- records ---------------------------------------------------------------------------------- */

/* ?1 the person, ?2 the expression, ?3 the newest entry, ?4 whether missing words count. Of people,
 * each Club sees the function it knows them by. */
SQL(entries,
    "SELECT n.kind, CASE n.kind WHEN 'person' THEN (SELECT person FROM membership WHERE id = n.ref)"
    " ELSE n.ref END, n.at, rank_fit(entry_fts, ?3, ?4, 4.0, 1.0), n.id"
    " FROM entry_fts JOIN entry n ON n.id = entry_fts.rowid WHERE entry_fts MATCH ?2"
    " AND CASE n.kind"
    " WHEN 'event' THEN EXISTS (SELECT 1 FROM event e WHERE e.id = n.ref AND " EVENT_SEEN_BY ")"
    " WHEN 'resource' THEN EXISTS (SELECT 1 FROM resource r WHERE r.id = n.ref"
    " AND " RESOURCE_SEEN_BY ")"
    " WHEN 'person' THEN EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"
    " OR EXISTS (SELECT 1 FROM membership m JOIN membership x ON x.club = m.club"
    " WHERE m.id = n.ref AND x.person = ?1 AND x.active = 1 AND x.channel IS NULL)"
    " ELSE 1 END ORDER BY entry_fts.rowid DESC LIMIT ?5");
SQL(newest_entry, "SELECT max(id) FROM entry");

static void gather_entries(struct look *look)
{
    struct tx *tx = look->search->tx;
    int64_t newest = db_int(tx->db, &newest_entry, 0);
    int64_t count = 0;
    struct rows rows = db_select(tx->db, &entries, tx->actor.person, look->match, newest,
                                 look->how != FRENCH_ALL, CANDIDATES);
    for (; rows_next(&rows); count++) {
        const char *kind = rows_text(&rows, 0);
        add(look, (struct candidate){.kind = (enum hit_kind)choice_index(&hit_kind_choice, kind),
                                     .id = rows_int(&rows, 1),
                                     .at = rows_int(&rows, 2),
                                     .fit = (double)rows_int(&rows, 3) / 1e6,
                                     .match = look->match,
                                     .row = rows_int(&rows, 4)});
    }
    look->entries = (size_t)count;
    look->search->cut = look->search->cut || count >= CANDIDATES;
}

/* --- all of it -------------------------------------------------------------------------------- */

int candidate_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind)
                              : (x->id > y->id) - (x->id < y->id);
}

/* What `other` knows of the same thing, where that fits better. */
static void merge(struct candidate *one, const struct candidate *other)
{
    if (other->fit > one->fit) {
        one->fit = other->fit;
        one->match = other->match;
        one->row = other->row;
    }
    if (other->page_fit > one->page_fit) {
        one->page_fit = other->page_fit;
        one->page_match = other->page_match;
        one->page = other->page;
        one->file = other->file;
    }
}

static void merge_all(struct candidates *found)
{
    size_t kept = 0;
    if (found->count > 1) {
        qsort(found->items, found->count, sizeof *found->items, candidate_order);
    }
    for (size_t i = 0; i < found->count; i++) {
        if (kept > 0 && candidate_order(&found->items[kept - 1], &found->items[i]) == 0) {
            merge(&found->items[kept - 1], &found->items[i]);
        } else {
            found->items[kept++] = found->items[i];
        }
    }
    found->count = kept;
}

struct candidate *candidate_find(struct search *search, enum hit_kind kind, int64_t id)
{
    struct candidate wanted = {.kind = kind, .id = id};
    return search->found.count == 0 ? NULL
                                    : bsearch(&wanted, search->found.items, search->found.count,
                                              sizeof wanted, candidate_order);
}

const char *candidates_json(const struct search *search, enum hit_kind kind)
{
    struct ids ids = {0};
    for (size_t i = 0; i < search->found.count; i++) {
        if (search->found.items[i].kind == kind) {
            ARENA_PUSH(search->tx->arena, &ids, search->found.items[i].id);
        }
    }
    return ids_json(search->tx, &ids);
}

/* The expression of the query, empty if it has no word. A space after it says that its last word is
 * whole. */
static const char *expression(struct look *look, const char *after,
                              const struct french_synonyms *synonyms)
{
    struct tx *tx = look->search->tx;
    char words[FRENCH_MATCH_WIDE_BYTES];
    const char *text = arena_printf(tx->arena, "%s%s", look->search->asked->query, after);
    enum french_match made = french_match_how(text, synonyms, look->how, words, sizeof words);
    if (made == FRENCH_MATCH_TOO_LONG) {
        made = french_match(text, words, sizeof words);
    }
    return made == FRENCH_MATCH_OK ? arena_strdup(tx->arena, words) : "";
}

/* The same of messages, whose words are known; but where not all must be there, each would count as
 * one that is missing. */
static const char *expression_of_messages(struct look *look, const char *typed)
{
    const char *query = look->search->asked->query;
    struct french_synonyms synonyms = look->synonyms;
    if (look->how != FRENCH_ALL || !look->may_begin) {
        return typed;
    }
    messages_longer_words(look->search->tx, query, &synonyms);
    return synonyms.longer_count > 0 ? expression(look, "", &synonyms) : typed;
}

/* As a whole word the last one is found in the order of an index, however common; as a beginning
 * all rows that hold one of its words are gathered, so only where the whole word finds few. */
static void look_by(struct look *look, const char *match, const char *match_messages)
{
    const struct search_find *asked = look->search->asked;
    bool plain = !asked->theme && !asked->territory && !asked->kind_of_resource;
    look->match = match;
    look->match_messages = match_messages;
    look->worth = worths[look->how] * (look->beginning ? worth_of_beginning : 1);
    bool messages = !look->beginning || look->may_begin;
    if (plain && messages && look->messages < ENOUGH_WHOLE) { /* messages have none of these */
        gather_messages(look);
    }
    if (look->entries < ENOUGH_WHOLE) {
        gather_entries(look);
    }
    if (look->pages < ENOUGH_WHOLE) {
        look->pages = search_pages(look->search, match, look->how != FRENCH_ALL, look->worth);
    }
}

static void look_once(struct look *look)
{
    const char *whole = expression(look, " ", &look->synonyms);
    const char *typed = expression(look, "", &look->synonyms);
    look->messages = 0;
    look->entries = 0;
    look->pages = 0;
    look->beginning = false;
    look_by(look, whole, whole);
    if (strcmp(whole, typed) != 0) {
        look->beginning = true;
        look->may_begin = messages_may_begin(look->search->tx, look->search->asked->query);
        look_by(look, typed, expression_of_messages(look, typed));
    }
    merge_all(&look->search->found);
}

SQL(club_is_known, "SELECT 1 FROM club k WHERE k.id = ?2 AND (k.kind = 'national'"
                   " OR EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"
                   " OR k.id IN (" CLUBS_ENTERED "))");

enum err search_gather(struct search *search)
{
    struct tx *tx = search->tx;
    const struct search_find *asked = search->asked;
    struct look look = {.search = search, .synonyms = synonyms_load(tx)};
    if (asked->club && !db_int(tx->db, &club_is_known, 0, tx->actor.person, asked->club)) {
        return tx_fail(tx, ERR_NOT_FOUND, "club", NULL);
    }
    if (!*expression(&look, "", &look.synonyms)) {
        return tx_fail(tx, ERR_EMPTY, "query", NULL);
    }
    ids_of_readable(tx, asked->club, &look.channels);
    const char *before = "";
    for (int how = FRENCH_ALL; how <= FRENCH_ANY && search->found.count < ENOUGH; how++) {
        look.how = (enum french_how)how;
        const char *words = expression(&look, "", &look.synonyms);
        if (strcmp(words, before) != 0) { /* few words: all wishes are one */
            look_once(&look);
        }
        before = words;
    }
    return ERR_NONE;
}
