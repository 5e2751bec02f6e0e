/* resource.list: the library, as far as the person sees it. */
#include "club/place.h"
#include "club/resource.h"
#include "club/rows.h"
#include "club/territory.h"
#include "store/journal.h"

/* --- on the wire ------------------------------------------------------------------------------ */

static const char *const any_state_words[] = {"shown", RESOURCE_STATE_WORDS, "any", NULL};
static const struct choice any_state_choice = {"ResourceStateFilter", any_state_words};
static const char *const order_words[] = {"recent", "dated", NULL};
static const struct choice order_choice = {"ResourceOrder", order_words};

struct resource_list {
    int64_t club, theme;
    int kind;  /* 0: any; else enum resource_kind + 1 */
    int state; /* 0: published; else enum resource_state + 1, or any */
    const struct territory *territory;
    bool national, mine;
    enum { ORDER_RECENT, ORDER_DATED } order;
    const char *cursor;
    int64_t limit;
};
static const struct field list_in[] = {
    FIELD_ID_OPT(struct resource_list, club, "Those on the shelf of this Club"),
    FIELD_BOOL_OPT(struct resource_list, national,
                   "Those of the national library: beside that shelf, or alone"),
    FIELD_CHOICE_OPT(struct resource_list, kind, &resource_filter_choice, "Those of this kind"),
    FIELD_ID_OPT(struct resource_list, theme, "Those of this theme"),
    FIELD_OBJECT_OPT(struct resource_list, territory, territory, territory_fields,
                     "Those about this territory, or about one that lies in it"),
    FIELD_CHOICE_OPT(struct resource_list, state, &any_state_choice,
                     "Those in this state; absent: published"),
    FIELD_BOOL_OPT(struct resource_list, mine, "Only those the person drafted"),
    FIELD_CHOICE_OPT(struct resource_list, order, &order_choice,
                     "The last published first, or the last by their own date"),
    FIELD_LINE_OPT(struct resource_list, cursor, 1, LIMIT_CURSOR_CHARS,
                   "`next` of the page before"),
    FIELD_INT_OR(struct resource_list, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Resources in a page"),
    FIELD_END,
};
struct resource_page {
    int64_t seq;
    struct list resources;
    uint32_t can;
    const char *next;
};
static const struct field list_out[] = {
    FIELD_INT(struct resource_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct resource_page, resources, resource, resource_fields, 0, LIMIT_LIST_MAX,
               "Resources; a page may be cut short when they are long"),
    FIELD_WORDS(struct resource_page, can, &shelf_can_choice,
                "What the person can do on the shelf asked for, or on the national one"),
    FIELD_LINE_OPT(struct resource_page, next, 1, LIMIT_CURSOR_CHARS,
                   "`cursor` of the next page; absent: this is the last one"),
    FIELD_END,
};

/* --- which ------------------------------------------------------------------------------------ */

/* By its own date: 2026-03 is 20260300, before each of its days. */
#define DATED    "CAST(substr(replace(r.dated_on, '-', '') || '0000', 1, 8) AS INTEGER)"
#define NATIONAL "EXISTS (SELECT 1 FROM club k WHERE k.id = r.club AND k.kind = 'national')"
/* ?1 person; ?2 to ?8 the filters, ?9 and ?10 where to go on from, ?11 how many. */
#define WANTED                                                                                     \
    "(?2 IS NULL AND NOT ?3 OR r.club = ?2 OR ?3 AND " NATIONAL ")"                                \
    " AND (?4 IS NULL OR r.kind = ?4)"                                                             \
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM resource_theme t WHERE t.resource = r.id"           \
    " AND t.theme = ?5))"                                                                          \
    " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM resource_territory t WHERE t.resource = r.id"       \
    " AND (t.kind, t.code) IN " TERRITORIES_WITHIN(                                                \
        "?6", "?7") ")) AND (NOT ?8 OR r.created_by = ?1) AND " RESOURCE_SEEN_BY
#define LISTED(key)                                                                                \
    "SELECT id, key FROM (SELECT r.id, " key " AS key FROM resource r WHERE " WANTED               \
    " AND (?12 = 'any' OR r.state = ?12)) WHERE (key, id) < (?9, ?10)"                             \
    " ORDER BY key DESC, id DESC LIMIT ?11"
/* What most people ask for walks from the newest, and stops when it has a page. */
SQL(newest, "SELECT r.id, r.published_at FROM resource r WHERE r.state = 'published'"
            " AND (r.published_at, r.id) < (?9, ?10) AND " WANTED
            " ORDER BY r.published_at DESC, r.id DESC LIMIT ?11");
SQL(recent, LISTED("coalesce(r.published_at, r.changed_at)"));
SQL(dated, LISTED(DATED));

static struct rows find(struct tx *tx, const struct resource_list *in, struct place after)
{
    const struct territory *territory = in->territory;
    const char *kind = in->kind ? resource_filter_choice.words[in->kind] : NULL;
    const char *where = territory ? territory_kind_choice.words[territory->kind] : NULL;
    const char *code = territory ? territory->code : NULL;
    const char *state = in->state ? any_state_words[in->state] : "published";
    int64_t most = in->limit + 1;
    if (in->order == ORDER_RECENT && in->state == 0) {
        return db_select(tx->db, &newest, tx->actor.person, db_id(in->club), in->national, kind,
                         db_id(in->theme), where, code, in->mine, after.key, after.id, most);
    }
    return db_select(tx->db, in->order == ORDER_DATED ? &dated : &recent, tx->actor.person,
                     db_id(in->club), in->national, kind, db_id(in->theme), where, code, in->mine,
                     after.key, after.id, most, state);
}

/* --- resource.list ---------------------------------------------------------------------------- */

SQL(national_club, "SELECT id FROM club WHERE kind = 'national'");

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct resource_list *in = in_;
    struct resource_page *out = out_;
    struct place after;
    struct ids ids = {0}, keys = {0};
    enum err err = place_read(tx, in->cursor, (struct place){INT64_MAX, INT64_MAX}, &after);
    if (err) {
        return err;
    }
    for (struct rows rows = find(tx, in, after); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
        ARENA_PUSH(tx->arena, &keys, rows_int(&rows, 1));
    }
    struct resource *resources = ARENA_ARRAY(tx->arena, struct resource, ids.count);
    size_t limit = (size_t)in->limit, count = 0, bytes = 0;
    for (; count < ids.count && count < limit && bytes <= LIMIT_PAGE_BYTES; count++) {
        resource_load(tx, ids.items[count], &resources[count]);
        bytes += resource_bytes(&resources[count]);
    }
    if (count < ids.count) {
        out->next = place_write(tx, (struct place){keys.items[count - 1], ids.items[count - 1]});
    }
    out->can = may_on_shelf(tx, in->club ? in->club : db_int(tx->db, &national_club, 0));
    out->resources = (struct list){resources, count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command resource_list_command = {
    .name = "resource.list",
    .doc = "Resources the person sees: of one shelf, of the national library, of both, or of all.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct resource_list),
    .out = list_out,
    .out_bytes = sizeof(struct resource_page),
    .run = list_run,
};
