/* search.find: one box over everything the actor may see. */
#include "club/search.h"

#include "club/message.h"
#include "store/journal.h"

/* --- in --------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {"message", "event", "resource", "person", "town", NULL};
const struct choice hit_kind_choice = {"HitKind", kind_words};
static const char *const order_words[] = {"relevant", "recent", NULL};
static const struct choice order_choice = {"FindOrder", order_words};

static const struct field find_in[] = {
    FIELD_LINE(struct search_find, query, 1, LIMIT_QUERY_CHARS,
               "Words looked for; between quotes, one after the other"),
    FIELD_WORDS_OPT(struct search_find, kinds, &hit_kind_choice, "Only these kinds"),
    FIELD_CHOICE_OPT(struct search_find, kind_of_resource, &resource_filter_choice,
                     "Only resources of this kind"),
    FIELD_ID_OPT(struct search_find, theme, "Only of this theme"),
    FIELD_OBJECT_OPT(struct search_find, territory, territory, territory_fields,
                     "Only about this territory, or one that lies in it"),
    FIELD_ID_OPT(struct search_find, club, "Only of this Club"),
    FIELD_TIME_OPT(struct search_find, after, "Only from this instant on"),
    FIELD_TIME_OPT(struct search_find, before, "Only before this instant"),
    FIELD_CHOICE_OPT(struct search_find, order, &order_choice,
                     "Those that fit best first, or the last ones"),
    FIELD_LINE_OPT(struct search_find, cursor, 1, LIMIT_CURSOR_CHARS, "`next` of the page before"),
    FIELD_INT_OR(struct search_find, limit, 1, LIMIT_LIST_MAX, SEARCH_PAGE, "Hits in a page"),
    FIELD_END,
};

/* --- out -------------------------------------------------------------------------------------- */

static const char *const unit_words[] = {"page", "slide", "sheet", "part", NULL};
const struct choice page_unit_choice = {"PageUnit", unit_words};
static const struct field page_fields[] = {
    FIELD_CHOICE(struct found_page, unit, &page_unit_choice,
                 "What it is a page of; part: of a text without pages"),
    FIELD_INT(struct found_page, number, 1, LIMIT_TEXT_PAGES, "Its number"),
    FIELD_LINE_OPT(struct found_page, name, 0, LIMIT_LABEL_CHARS, "Name of a sheet"),
    FIELD_END,
};
static const struct field hit_fields[] = {
    FIELD_CHOICE(struct search_hit, kind, &hit_kind_choice, "What was found"),
    FIELD_LINE(struct search_hit, title, 0, LIMIT_LABEL_CHARS,
               "Title of an event or a resource, name of a person or a town; of a message \"\""),
    FIELD_LINE_OPT(struct search_hit, label, 0, LIMIT_LABEL_CHARS,
                   "What to say beside it: functions, place, départements"),
    FIELD_TEXTS(struct search_hit, snippet, 0, 200,
                "Part of its text, or of the page: plain, found, plain, found... by turns"),
    FIELD_TIME_OPT(struct search_hit, at, "When it was said, published, or begins"),
    FIELD_ID_OPT(struct search_hit, club, "Its Club"),
    FIELD_LINE_OPT(struct search_hit, club_name, 0, LIMIT_NAME_CHARS, "Name of the Club"),
    FIELD_ID_OPT(struct search_hit, channel, "Of a message: its channel"),
    FIELD_LINE_OPT(struct search_hit, channel_name, 0, LIMIT_NAME_CHARS, "Name of the channel"),
    FIELD_OBJECT_OPT(struct search_hit, message, message, message_fields, "The message"),
    FIELD_ID_OPT(struct search_hit, event, "The event"),
    FIELD_ID_OPT(struct search_hit, resource, "The resource"),
    FIELD_LINE_OPT(struct search_hit, type, 0, LIMIT_NAME_CHARS,
                   "Kind of the event or of the resource"),
    FIELD_INT_OPT(struct search_hit, edition, 1, LIMIT_EDITIONS,
                  "Of a resource: number of the edition in force"),
    FIELD_OBJECT_OPT(struct search_hit, file, file, file_fields, "File whose text holds the words"),
    FIELD_OBJECT_OPT(struct search_hit, page, found_page, page_fields, "Its page that fits best"),
    FIELD_ID_OPT(struct search_hit, person, "The person"),
    FIELD_ID_OPT(struct search_hit, town, "The town (PVD)"),
    FIELD_END,
};
static const struct field facet_fields[] = {
    FIELD_LINE(struct facet_value, value, 1, LIMIT_NAME_CHARS,
               "Word of the kind, id of the theme or Club, code of the territory, or year"),
    FIELD_LINE_OPT(struct facet_value, kind, 0, LIMIT_NAME_CHARS, "Kind of the territory"),
    FIELD_LINE_OPT(struct facet_value, name, 0, LIMIT_LABEL_CHARS, "Name of the territory or Club"),
    FIELD_INT(struct facet_value, count, 1, INT64_MAX, "How many hits"),
    FIELD_END,
};
#define FACET(m, d)                                                                                \
    FIELD_LIST(struct search_counts, m, facet_value, facet_fields, 0, LIMIT_FACETS, d)
static const struct field counts_fields[] = {
    FACET(kinds, "By kind"),
    FACET(types, "By kind of resource"),
    FACET(themes, "By theme"),
    FACET(territories, "By territory"),
    FACET(clubs, "By Club"),
    FACET(years, "By year"),
    FIELD_END,
};
static const struct field find_out[] = {
    FIELD_INT(struct search_found, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct search_found, hits, search_hit, hit_fields, 0, LIMIT_LIST_MAX, "Hits"),
    FIELD_LINE_OPT(struct search_found, next, 1, LIMIT_CURSOR_CHARS,
                   "`cursor` of the next page; absent: this is the last one"),
    FIELD_BOOL(struct search_found, cut,
               "There is more than was looked at: counts are \"at least\""),
    FIELD_OBJECT(struct search_found, counts, search_counts, counts_fields,
                 "How many there are by each filter, the others applied"),
    FIELD_END,
};

/* --- running ---------------------------------------------------------------------------------- */

static enum err find_run(struct tx *tx, const void *in, void *out_)
{
    struct search_found *out = out_;
    struct search search = {.tx = tx, .asked = in};
    struct place after;
    enum err err = search_read_cursor(tx, search.asked->cursor, &after);
    if (!err) {
        err = search_gather(&search);
    }
    if (err) {
        return err;
    }
    out->seq = journal_head(tx->db);
    out->counts = search_count(&search);
    search_order(&search);
    out->cut = search.cut;
    search_show(&search, &after, out);
    return ERR_NONE;
}

const struct command search_find_command = {
    .name = "search.find",
    .doc =
        "Search messages, events, resources with the text inside them, people and towns, as far "
        "as the person may see them. All words must be there; where too few hold them all, those "
        "that hold most come too.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = find_in,
    .in_bytes = sizeof(struct search_find),
    .out = find_out,
    .out_bytes = sizeof(struct search_found),
    .run = find_run,
};
