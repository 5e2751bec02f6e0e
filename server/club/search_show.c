/* One page of what was found, with what a list shows of it. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "club/entry.h"
#include "club/message.h"
#include "club/search.h"
#include "club/snippet.h"
#include "club/town.h"

/* A page: the candidates on it, and what they become. */
struct sheet_of_hits {
    const struct candidate **items;
    struct search_hit *hits;
    size_t count;
};

/* --- places in the order ---------------------------------------------------------------------- */

enum err search_read_cursor(struct tx *tx, const char *cursor, struct place *out)
{
    long long score = INT64_MAX, kind = 0, id = 0;
    int end = 0;
    if (cursor && (sscanf(cursor, "%18lld-%18lld-%18lld%n", &score, &kind, &id, &end) != 3 ||
                   cursor[end] != '\0' || kind < 0 || kind >= HIT_KINDS)) {
        return tx_fail(tx, ERR_TYPE, "cursor",
                       PHRASE("le « next » d'une page", "the \"next\" of a page"));
    }
    *out = (struct place){score, (enum hit_kind)kind, id};
    return ERR_NONE;
}

static bool is_after(const struct candidate *candidate, const struct place *place)
{
    struct candidate last = {.kind = place->kind, .id = place->id};
    return candidate->score < place->score ||
           (candidate->score == place->score && candidate_order(candidate, &last) > 0);
}

/* --- each kind -------------------------------------------------------------------------------- */

SQL(place_of, "SELECT c.id, c.name, c.club, k.name FROM channel c LEFT JOIN club k"
              " ON k.id = c.club WHERE c.id = ?1");

static void show_message(struct tx *tx, struct search_hit *hit)
{
    struct rows rows = db_select(tx->db, &place_of, hit->message->channel);
    if (rows_next(&rows)) {
        hit->channel = rows_int(&rows, 0);
        hit->channel_name = rows_copy(&rows, 1, tx->arena);
        hit->club = rows_int(&rows, 2);
        hit->club_name = rows_copy(&rows, 3, tx->arena);
        rows_end(&rows);
    }
    hit->title = "";
    hit->at = hit->message->at;
}

/* Title, kind, label, Club and its name, instant, edition. */
SQL(event_shown, "SELECT e.title, e.kind, e.commune, e.club, k.name, e.starts_at, 0 FROM event e"
                 " JOIN club k ON k.id = e.club WHERE e.id = ?1");
SQL(resource_shown,
    "SELECT r.title, r.kind, o.name, r.club, k.name, r.published_at, r.edition FROM resource r"
    " JOIN club k ON k.id = r.club LEFT JOIN organisation o ON o.id = r.organisation"
    " WHERE r.id = ?1");

static void show_record(struct tx *tx, const struct sql *sql, int64_t id, struct search_hit *hit)
{
    struct rows rows = db_select(tx->db, sql, id);
    if (rows_next(&rows)) {
        hit->title = rows_copy(&rows, 0, tx->arena);
        hit->type = rows_copy(&rows, 1, tx->arena);
        hit->label = rows_copy(&rows, 2, tx->arena);
        hit->club = rows_int(&rows, 3);
        hit->club_name = rows_copy(&rows, 4, tx->arena);
        hit->at = rows_int(&rows, 5);
        hit->edition = rows_int(&rows, 6);
        rows_end(&rows);
    }
}

/* The function is that of the membership by which they were found: of a Club the actor is in. */
SQL(person_shown, "SELECT p.name, m.label FROM entry n JOIN membership m ON m.id = n.ref"
                  " JOIN person p ON p.id = m.person WHERE n.id = ?1");

static void show_person(struct tx *tx, int64_t entry, struct search_hit *hit)
{
    struct rows rows = db_select(tx->db, &person_shown, entry);
    if (rows_next(&rows)) {
        hit->title = rows_copy(&rows, 0, tx->arena);
        hit->label = rows_copy(&rows, 1, tx->arena);
        rows_end(&rows);
    }
}

static void show_town(struct tx *tx, struct search_hit *hit)
{
    struct town town;
    if (town_find(tx, hit->town, &town)) {
        hit->title = town.name;
        hit->label = town.departements;
    }
}

/* --- pages of files --------------------------------------------------------------------------- */

SQL(file_shown, FILE_SELECT "WHERE f.id = ?1");
SQL(page_shown,
    "SELECT b.unit, g.number, g.name FROM blob_page g JOIN blob b ON b.id = g.blob"
    " WHERE g.blob = ?1 / " CONTENT_PAGES_SQL " AND g.number = ?1 % " CONTENT_PAGES_SQL);

static void show_page(struct tx *tx, const struct candidate *candidate, struct search_hit *hit)
{
    struct rows rows = db_select(tx->db, &file_shown, candidate->file);
    if (rows_next(&rows)) {
        struct file *file = ARENA_NEW(tx->arena, struct file);
        *file = file_read(tx, &rows);
        hit->file = file;
        rows_end(&rows);
    }
    rows = db_select(tx->db, &page_shown, candidate->page);
    if (rows_next(&rows)) {
        struct found_page *page = ARENA_NEW(tx->arena, struct found_page);
        const char *unit = rows_text(&rows, 0);
        page->unit = (unsigned)choice_index(&page_unit_choice, *unit ? unit : "part");
        page->number = rows_int(&rows, 1);
        page->name = *rows_text(&rows, 2) ? rows_copy(&rows, 2, tx->arena) : NULL;
        hit->page = page;
        rows_end(&rows);
    }
}

/* --- snippets --------------------------------------------------------------------------------- */

#define SNIPPETS(table, column)                                                                    \
    "SELECT rowid, snippet(" table ", " column ", char(2), char(3), '…', 30) FROM " table          \
    " WHERE " table " MATCH ?1 AND rowid BETWEEN ?2 AND ?3"                                        \
    " AND +rowid IN (SELECT value FROM json_each(?4)) ORDER BY rowid DESC"
SQL(entry_snippets, SNIPPETS("entry_fts", "1"));
SQL(page_snippets, SNIPPETS("page_fts", "0"));

/* Which row of which index says why this one was found; 0: another index does. */
static int64_t row_in(const struct sql *sql, const struct candidate *candidate, const char **match)
{
    bool by_page = candidate->page != 0 && candidate->fit <= candidate->page_fit;
    if (sql == &page_snippets) {
        *match = candidate->page_match;
        return by_page ? candidate->page : 0;
    }
    *match = candidate->match;
    return by_page || candidate->kind == HIT_MESSAGE ? 0 : candidate->row;
}

static void set_snippets(struct tx *tx, struct sheet_of_hits *sheet, const struct sql *sql,
                         const struct rows *row)
{
    const char *match = NULL;
    for (size_t i = 0; i < sheet->count; i++) {
        if (row_in(sql, sheet->items[i], &match) == rows_int(row, 0)) {
            sheet->hits[i].snippet = snippet_pieces(tx, rows_text(row, 1), NULL);
        }
    }
}

/* One pass over an index for all hits found there by the same expression. */
static void show_snippets(struct tx *tx, struct sheet_of_hits *sheet, const struct sql *sql)
{
    const char *done = NULL, *match = NULL;
    for (size_t i = 0; i < sheet->count; i++) {
        if (!row_in(sql, sheet->items[i], &match) || match == done) {
            continue;
        }
        struct ids ids = {0};
        int64_t first = INT64_MAX, last = 0;
        const char *same = match;
        for (size_t j = i; j < sheet->count; j++) {
            int64_t row = row_in(sql, sheet->items[j], &match);
            if (row && match == same) {
                first = row < first ? row : first;
                last = row > last ? row : last;
                ARENA_PUSH(tx->arena, &ids, row);
            }
        }
        struct rows rows = db_select(tx->db, sql, same, first, last, ids_json(tx, &ids));
        while (rows_next(&rows)) {
            set_snippets(tx, sheet, sql, &rows);
        }
        done = same;
    }
}

/* --- messages --------------------------------------------------------------------------------- */

/* Loads the messages of a page; those that have no room end it. */
static void load_messages(struct tx *tx, struct sheet_of_hits *sheet)
{
    struct ids ids = {0};
    struct messages *messages = ARENA_NEW(tx->arena, struct messages);
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->items[i]->kind == HIT_MESSAGE) {
            ARENA_PUSH(tx->arena, &ids, sheet->items[i]->id);
        }
    }
    messages_by_id(tx, &ids, messages);
    size_t next = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->items[i]->kind != HIT_MESSAGE) {
            continue;
        }
        if (next == messages->count) {
            sheet->count = i;
            return;
        }
        sheet->hits[i].message = &messages->items[next++];
    }
}

/* One pass for all messages of the page that were found by the same expression. */
static void show_snippets_by(struct tx *tx, struct sheet_of_hits *sheet, const char *match)
{
    struct messages some = {0};
    struct list *snippets = ARENA_ARRAY(tx->arena, struct list, sheet->count + 1);
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->items[i]->kind == HIT_MESSAGE && sheet->items[i]->match == match) {
            ARENA_PUSH(tx->arena, &some, *sheet->hits[i].message);
        }
    }
    message_snippets(tx, match, &some, snippets);
    for (size_t i = 0, next = 0; i < sheet->count; i++) {
        if (sheet->items[i]->kind == HIT_MESSAGE && sheet->items[i]->match == match) {
            sheet->hits[i].snippet = snippets[next++];
        }
    }
}

static void show_message_snippets(struct tx *tx, struct sheet_of_hits *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const char *match = sheet->items[i]->match;
        if (sheet->items[i]->kind == HIT_MESSAGE && match && !sheet->hits[i].snippet.items) {
            show_snippets_by(tx, sheet, match);
        }
    }
}

/* --- the page --------------------------------------------------------------------------------- */

static void show_one(struct tx *tx, const struct candidate *candidate, struct search_hit *hit)
{
    hit->kind = candidate->kind;
    hit->title = "";
    switch (candidate->kind) {
    case HIT_MESSAGE:
        show_message(tx, hit);
        break;
    case HIT_EVENT:
        hit->event = candidate->id;
        show_record(tx, &event_shown, candidate->id, hit);
        break;
    case HIT_RESOURCE:
        hit->resource = candidate->id;
        show_record(tx, &resource_shown, candidate->id, hit);
        break;
    case HIT_PERSON:
        hit->person = candidate->id;
        show_person(tx, candidate->row, hit);
        break;
    default:
        hit->town = candidate->id;
        show_town(tx, hit);
    }
    if (candidate->page != 0) {
        show_page(tx, candidate, hit);
    }
}

/* The candidates of the page, and one more if there is one. */
static struct sheet_of_hits take(const struct search *search, const struct place *after)
{
    struct arena *arena = search->tx->arena;
    size_t room = (size_t)search->asked->limit + 1;
    struct sheet_of_hits sheet = {ARENA_ARRAY(arena, const struct candidate *, room),
                                  ARENA_ARRAY(arena, struct search_hit, room), 0};
    for (size_t i = 0; i < search->found.count && sheet.count < room; i++) {
        const struct candidate *candidate = &search->found.items[i];
        if (candidate->missed == 0 && is_after(candidate, after)) {
            sheet.items[sheet.count++] = candidate;
        }
    }
    return sheet;
}

void search_show(struct search *search, const struct place *after, struct search_found *out)
{
    struct tx *tx = search->tx;
    struct sheet_of_hits sheet = take(search, after);
    size_t all = sheet.count, limit = (size_t)search->asked->limit;
    sheet.count = all > limit ? limit : all;
    load_messages(tx, &sheet);
    for (size_t i = 0; i < sheet.count; i++) {
        show_one(tx, sheet.items[i], &sheet.hits[i]);
    }
    show_message_snippets(tx, &sheet);
    show_snippets(tx, &sheet, &entry_snippets);
    show_snippets(tx, &sheet, &page_snippets);
    out->hits = (struct list){sheet.hits, sheet.count};
    if (sheet.count > 0 && sheet.count < all) {
        const struct candidate *last = sheet.items[sheet.count - 1];
        out->next = arena_printf(tx->arena, "%lld-%d-%lld", (long long)last->score, (int)last->kind,
                                 (long long)last->id);
    }
}
