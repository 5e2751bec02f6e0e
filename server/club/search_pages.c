/* Pages that hold the words, and what they make be found: the message, the event or the resource
 * their file belongs to.
 *
 * Three questions, so that the dear ones are asked seldom: which pages (1 us each), which of their
 * contents are in a place the actor sees (once a content), how well those fit (10 us a page). */
#include <stdlib.h>
#include <string.h>

#include "club/access.h"
#include "club/entry.h"
#include "club/event.h"
#include "club/search.h"

enum {
    WINDOW = 1500, /* pages looked at first */
    WINDOWS = 4,   /* and so many times more where few of them are to be seen */
    FEW_PAGES = 50,
    PAGES_RANKED = 500
};

/* Where a content is, as far as the actor sees it. */
struct place_of_content {
    int64_t blob, file;
    enum hit_kind kind;
    int64_t id, at, channel;
};
struct places {
    struct place_of_content *items; /* by content */
    size_t count, capacity;
};

SQL(holding, "SELECT rowid FROM page_fts WHERE page_fts MATCH ?1 AND rowid < ?2"
             " ORDER BY rowid DESC LIMIT ?3");
/* Of a resource, the edition in force alone. */
SQL(places_seen,
    "SELECT f.blob, f.id, f.message, g.at, g.channel, f.event, h.starts_at, q.id, q.published_at"
    " FROM json_each(?2) j JOIN file f ON f.blob = j.value LEFT JOIN message g ON g.id = f.message"
    " LEFT JOIN event h ON h.id = f.event LEFT JOIN resource_edition d ON d.id = f.edition"
    " LEFT JOIN resource q ON q.id = d.resource AND q.edition = d.number"
    " WHERE coalesce(f.message, f.event, q.id) IS NOT NULL AND " FILE_SEEN_BY " ORDER BY f.blob");
SQL(ranked, "SELECT rowid, rank_fit(page_fts, ?4, ?5) FROM page_fts WHERE page_fts MATCH ?1"
            " AND rowid BETWEEN ?2 AND ?3 AND rowid / " CONTENT_PAGES_SQL
            " IN (SELECT value FROM json_each(?6))"
            " ORDER BY rowid DESC LIMIT ?7");
SQL(newest_page, "SELECT max(id) * " CONTENT_PAGES_SQL " FROM blob");

static void read_places(struct tx *tx, const struct ids *blobs, struct places *out)
{
    struct rows rows = db_select(tx->db, &places_seen, tx->actor.person, ids_json(tx, blobs));
    while (rows_next(&rows)) {
        struct place_of_content place = {.blob = rows_int(&rows, 0), .file = rows_int(&rows, 1)};
        int column = !rows_is_null(&rows, 2) ? 2 : !rows_is_null(&rows, 5) ? 5 : 7;
        place.kind = column == 2 ? HIT_MESSAGE : column == 5 ? HIT_EVENT : HIT_RESOURCE;
        place.id = rows_int(&rows, column);
        place.at = rows_int(&rows, column + 1);
        place.channel = column == 2 ? rows_int(&rows, 4) : 0;
        ARENA_PUSH(tx->arena, out, place);
    }
}

/* The contents of the next pages that hold the words, below `last`; moves it. true: there may be
 * more. */
static bool next_window(struct tx *tx, const char *match, int64_t *last, struct ids *blobs)
{
    int64_t seen = 0;
    struct rows rows = db_select(tx->db, &holding, match, *last, WINDOW);
    for (; rows_next(&rows); seen++) {
        int64_t blob = rows_int(&rows, 0) / CONTENT_PAGES;
        *last = rows_int(&rows, 0);
        if (blobs->count == 0 || blobs->items[blobs->count - 1] != blob) {
            ARENA_PUSH(tx->arena, blobs, blob);
        }
    }
    return seen == WINDOW;
}

static int by_content(const void *a, const void *b)
{
    const struct place_of_content *x = a, *y = b;
    return (x->blob > y->blob) - (x->blob < y->blob);
}

static void add_page(struct search *search, const struct places *places, struct candidate page)
{
    struct place_of_content wanted = {.blob = page.page / CONTENT_PAGES};
    const struct place_of_content *place =
        bsearch(&wanted, places->items, places->count, sizeof wanted, by_content);
    const struct place_of_content *end = places->items + places->count;
    while (place && place > places->items && place[-1].blob == wanted.blob) {
        place--;
    }
    for (; place && place < end && place->blob == wanted.blob; place++) {
        page.kind = place->kind;
        page.id = place->id;
        page.at = place->at;
        page.channel = place->channel;
        page.file = place->file;
        ARENA_PUSH(search->tx->arena, &search->found, page);
    }
}

static size_t rank(struct search *search, const char *match, const struct places *places,
                   bool missing, double worth)
{
    struct tx *tx = search->tx;
    struct ids blobs = {0};
    for (size_t i = 0; i < places->count; i++) {
        if (blobs.count == 0 || blobs.items[blobs.count - 1] != places->items[i].blob) {
            ARENA_PUSH(tx->arena, &blobs, places->items[i].blob);
        }
    }
    if (blobs.count == 0) {
        return 0;
    }
    int64_t first = blobs.items[0] * CONTENT_PAGES;
    int64_t last = blobs.items[blobs.count - 1] * CONTENT_PAGES + CONTENT_PAGES - 1;
    size_t count = 0;
    struct rows rows = db_select(tx->db, &ranked, match, first, last,
                                 db_int(tx->db, &newest_page, 0) + CONTENT_PAGES, missing,
                                 ids_json(tx, &blobs), PAGES_RANKED);
    for (; rows_next(&rows); count++) {
        add_page(search, places,
                 (struct candidate){.page = rows_int(&rows, 0),
                                    .page_fit = worth * (double)rows_int(&rows, 1) / 1e6,
                                    .page_match = match});
    }
    return count;
}

size_t search_pages(struct search *search, const char *match, bool missing, double worth)
{
    struct tx *tx = search->tx;
    int64_t last = INT64_MAX;
    struct places places = {0};
    bool more = true;
    for (int i = 0; i < WINDOWS && more && places.count < FEW_PAGES; i++) {
        struct ids blobs = {0};
        more = next_window(tx, match, &last, &blobs);
        read_places(tx, &blobs, &places);
    }
    if (places.count > 1) {
        qsort(places.items, places.count, sizeof *places.items, by_content);
    }
    size_t count = rank(search, match, &places, missing, worth);
    search->cut = search->cut || more || count >= PAGES_RANKED;
    return count;
}
