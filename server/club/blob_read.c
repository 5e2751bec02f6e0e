/* blob.read: the text inside a content, as the helper found it. It comes in pieces, for a document
 * may be long and the writer waits for nobody; the first one replaces what an earlier reading, cut
 * short, left behind. */
#include "club/blob.h"
#include "club/entry.h"

static const char *const unit_words[] = {"none", "page", "slide", "sheet", NULL};
static const struct choice unit_choice = {"TextUnit", unit_words};

struct page_in {
    int64_t number;
    const char *name, *text;
};
static const struct field page_in_fields[] = {
    FIELD_INT(struct page_in, number, 1, LIMIT_TEXT_PAGES, "Its number"),
    FIELD_LINE_OPT(struct page_in, name, 0, LIMIT_LABEL_CHARS, "Name of a sheet"),
    FIELD_TEXT(struct page_in, text, 0, LIMIT_PAGE_TEXT_BYTES, "Its text"),
    FIELD_END,
};

struct blob_read {
    int64_t blob;
    int unit;
    struct list pages;
    bool first, last, unreadable;
};
static const struct field read_in[] = {
    FIELD_ID(struct blob_read, blob, "Content"),
    FIELD_CHOICE(struct blob_read, unit, &unit_choice, "What its pages are"),
    FIELD_LIST(struct blob_read, pages, page_in, page_in_fields, 0, LIMIT_TEXT_PAGES,
               "Pages, in order"),
    FIELD_BOOL(struct blob_read, first, "Nothing of it was recorded in this reading"),
    FIELD_BOOL(struct blob_read, last, "There is no more"),
    FIELD_BOOL_OPT(struct blob_read, unreadable, "It could not be read: there is no text"),
    FIELD_END,
};

SQL(is_waiting, "SELECT 1 FROM blob WHERE id = ?1 AND text = 'waiting'");
SQL(add_page, "INSERT INTO blob_page (blob, number, name, text) VALUES (?1, ?2, ?3, ?4)");
SQL(add_words, "INSERT INTO page_fts (rowid, text) VALUES (" PAGE_ROW("?1", "?2") ", ?3)");
SQL(was_read, "UPDATE blob SET text = ?2, unit = ?3 WHERE id = ?1");

static enum err read_run(struct tx *tx, const void *in_, void *out)
{
    const struct blob_read *in = in_;
    const struct page_in *pages = in->pages.items;
    (void)out;
    if (!db_int(tx->db, &is_waiting, 0, in->blob)) {
        return ERR_NONE; /* nobody names it any more, or it was read meanwhile */
    }
    if (in->first || in->unreadable) {
        entry_drop_pages(tx, in->blob);
    }
    for (size_t i = 0; i < in->pages.count && !in->unreadable; i++) {
        const struct page_in *page = &pages[i];
        db_run(tx->db, &add_page, in->blob, page->number, page->name ? page->name : "", page->text);
        db_run(tx->db, &add_words, in->blob, page->number, page->text);
    }
    if (in->last || in->unreadable) {
        db_run(tx->db, &was_read, in->blob, in->unreadable ? "unreadable" : "read",
               in->unit ? unit_words[in->unit] : "");
    }
    return ERR_NONE;
}

const struct command blob_read_command = {
    .name = "blob.read",
    .doc = "Record the text inside a content, or that there is none to be read.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .in = read_in,
    .in_bytes = sizeof(struct blob_read),
    .out = no_fields,
    .operator_only = true,
    .run = read_run,
};
