/* Pages the operator writes: mentions légales, données personnelles, accessibilité. page.get,
 * page.set. */
#include "club/command.h"
#include "club/markdown.h"

static const char *const slug_words[] = {"mentions-legales", "donnees-personnelles",
                                         "accessibilite", NULL};
static const struct choice slug_choice = {"PageSlug", slug_words};

struct page_get {
    int slug;
};
static const struct field page_get_in[] = {
    FIELD_CHOICE(struct page_get, slug, &slug_choice, "Which page"),
    FIELD_END,
};
struct page {
    const char *body, *nodes;
    int64_t updated_at;
};
static const struct field page_get_out[] = {
    FIELD_TEXT(struct page, body, 0, LIMIT_PAGE_CHARS, "Markdown; empty until it is written"),
    FIELD_JSON(struct page, nodes, "Nodes", "Its tree, as of a message"),
    FIELD_TIME_OPT(struct page, updated_at, "When it was last written"),
    FIELD_END,
};

SQL(page_row, "SELECT body, nodes, updated_at FROM page WHERE slug = ?1");

static enum err page_get_run(struct tx *tx, const void *in, void *out)
{
    const struct page_get *asked = in;
    struct page *page = out;
    *page = (struct page){.body = "", .nodes = "[]"};
    struct rows rows = db_select(tx->db, &page_row, slug_words[asked->slug]);
    if (rows_next(&rows)) {
        *page = (struct page){
            .body = rows_copy(&rows, 0, tx->arena),
            .nodes = rows_copy(&rows, 1, tx->arena),
            .updated_at = rows_int(&rows, 2),
        };
        rows_end(&rows);
    }
    return ERR_NONE;
}

const struct command page_get_command = {
    .name = "page.get",
    .doc = "A page of the operator's, for everybody.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = page_get_in,
    .in_bytes = sizeof(struct page_get),
    .out = page_get_out,
    .out_bytes = sizeof(struct page),
    .http_only = true,
    .run = page_get_run,
};

struct page_set {
    int slug;
    const char *body;
};
static const struct field page_set_in[] = {
    FIELD_CHOICE(struct page_set, slug, &slug_choice, "Which page"),
    FIELD_TEXT(struct page_set, body, 1, LIMIT_PAGE_CHARS, "Markdown"),
    FIELD_END,
};

SQL(put_page, "INSERT INTO page (slug, body, nodes, updated_at) VALUES (?1, ?2, ?3, ?4)"
              " ON CONFLICT DO UPDATE SET body = excluded.body, nodes = excluded.nodes,"
              " updated_at = excluded.updated_at");

static enum err page_set_run(struct tx *tx, const void *in, void *out)
{
    (void)out;
    const struct page_set *asked = in;
    const struct markdown_world nobody = {.public_url = tx->public_url};
    struct markdown markdown;
    enum err err = markdown_parse(asked->body, "body", &nobody, tx->arena, &markdown, tx->problem);
    if (!err) {
        db_run(tx->db, &put_page, slug_words[asked->slug], asked->body, markdown.nodes, tx->now_ms);
    }
    return err;
}

const struct command page_set_command = {
    .name = "page.set",
    .doc = "Write one of the operator's pages.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = page_set_in,
    .in_bytes = sizeof(struct page_set),
    .out = no_fields,
    .run = page_set_run,
};
