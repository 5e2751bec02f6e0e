/* theme.list: what events and resources are about. */
#include "club/theme.h"

#include "club/ids.h"
#include "store/journal.h"

SQL(unknown, "SELECT 1 FROM json_each(?1) WHERE value NOT IN (SELECT id FROM theme) LIMIT 1");

enum err themes_check(struct tx *tx, const struct list *themes)
{
    struct ids ids = {0};
    ids_add(tx, themes, &ids);
    return db_int(tx->db, &unknown, 0, ids_json(tx, &ids))
               ? tx_fail(tx, ERR_NOT_FOUND, "themes", NULL)
               : ERR_NONE;
}

struct theme {
    int64_t id;
    const char *name;
};
static const struct field theme_fields[] = {
    FIELD_ID(struct theme, id, "Theme"),
    FIELD_LINE(struct theme, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_END,
};
struct theme_list_out {
    int64_t seq;
    struct list themes;
};
static const struct field list_out[] = {
    FIELD_INT(struct theme_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct theme_list_out, themes, theme, theme_fields, 0, LIMIT_THEMES,
               "Themes of the programme, in their order"),
    FIELD_END,
};

SQL(themes, "SELECT id, name FROM theme ORDER BY position, id LIMIT ?1");

static enum err list_run(struct tx *tx, const void *in, void *out_)
{
    struct theme_list_out *out = out_;
    struct {
        struct theme *items;
        size_t count, capacity;
    } found = {0};
    (void)in;
    for (struct rows rows = db_select(tx->db, &themes, LIMIT_THEMES); rows_next(&rows);) {
        struct theme theme = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &found, theme);
    }
    out->themes = (struct list){found.items, found.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command theme_list_command = {
    .name = "theme.list",
    .doc = "Themes events and resources are filed under.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct theme_list_out),
    .run = list_run,
};
