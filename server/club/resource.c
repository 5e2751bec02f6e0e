#include "club/resource.h"

#include <string.h>

#include "club/rows.h"
#include "club/territory.h"

SQL(row, "SELECT r.club, r.kind, r.title, r.summary, r.nodes, o.name, r.dated_on, r.licence,"
         " r.source, r.source_link, r.public, r.state, r.remark, r.proposed_at, r.publish_at,"
         " r.published_at, r.edition, r.changed_at FROM resource r"
         " LEFT JOIN organisation o ON o.id = r.organisation WHERE r.id = ?1");

static void read_life(struct tx *tx, const struct rows *rows, struct resource *out)
{
    out->is_public = rows_int(rows, 10) != 0;
    out->state = (enum resource_state)rows_word(rows, 11, &resource_state_choice);
    out->remark = rows_some(tx, rows, 12);
    out->proposed_at = rows_int(rows, 13);
    out->publish_at = rows_int(rows, 14);
    out->published_at = rows_int(rows, 15);
    out->edition = rows_int(rows, 16);
    out->changed_at = rows_int(rows, 17);
}

static bool read_row(struct tx *tx, int64_t id, struct resource *out)
{
    struct rows rows = db_select(tx->db, &row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct resource){
        .id = id,
        .club = rows_int(&rows, 0),
        .kind = (enum resource_kind)rows_word(&rows, 1, &resource_kind_choice),
        .title = rows_copy(&rows, 2, tx->arena),
        .summary = rows_copy(&rows, 3, tx->arena),
        .nodes = rows_copy(&rows, 4, tx->arena),
        .organisation = rows_copy(&rows, 5, tx->arena),
        .dated_on = rows_some(tx, &rows, 6),
        .licence = (enum licence)rows_word(&rows, 7, &licence_choice),
        .source = rows_some(tx, &rows, 8),
        .source_link = rows_some(tx, &rows, 9),
    };
    read_life(tx, &rows, out);
    rows_end(&rows);
    return true;
}

/* --- editions --------------------------------------------------------------------------------- */

SQL(editions_of, "SELECT id, number, note, link, at FROM resource_edition WHERE resource = ?1"
                 " ORDER BY number DESC");

static const struct file *file_of(struct tx *tx, int64_t edition)
{
    struct list files = files_of(tx, FILE_OF_EDITION, edition);
    return files.count > 0 ? files.items : NULL;
}

static struct list read_editions(struct tx *tx, int64_t resource)
{
    struct {
        struct edition *items;
        size_t count, capacity;
    } editions = {0};
    struct ids ids = {0};
    for (struct rows rows = db_select(tx->db, &editions_of, resource); rows_next(&rows);) {
        struct edition edition = {
            .number = rows_int(&rows, 1),
            .note = rows_some(tx, &rows, 2),
            .link = rows_some(tx, &rows, 3),
            .at = rows_int(&rows, 4),
        };
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
        ARENA_PUSH(tx->arena, &editions, edition);
    }
    for (size_t i = 0; i < editions.count; i++) {
        editions.items[i].file = editions.items[i].link ? NULL : file_of(tx, ids.items[i]);
    }
    return (struct list){editions.items, editions.count};
}

/* --- the fiche -------------------------------------------------------------------------------- */

SQL(fiche_of, "SELECT f.cost, f.calendar, f.partners, f.lessons, f.post, p.label FROM fiche f"
              " LEFT JOIN post p ON p.id = f.post WHERE f.resource = ?1");
SQL(funders_of, "SELECT name, amount FROM fiche_funder WHERE resource = ?1 ORDER BY position");

static struct list read_funders(struct tx *tx, int64_t resource)
{
    struct {
        struct funder *items;
        size_t count, capacity;
    } funders = {0};
    for (struct rows rows = db_select(tx->db, &funders_of, resource); rows_next(&rows);) {
        struct funder funder = {rows_copy(&rows, 0, tx->arena), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &funders, funder);
    }
    return (struct list){funders.items, funders.count};
}

static const struct fiche *read_fiche(struct tx *tx, int64_t resource)
{
    struct rows rows = db_select(tx->db, &fiche_of, resource);
    if (!rows_next(&rows)) {
        return NULL;
    }
    struct fiche *fiche = ARENA_NEW(tx->arena, struct fiche);
    *fiche = (struct fiche){
        .cost = rows_int(&rows, 0),
        .calendar = rows_some(tx, &rows, 1),
        .partners = rows_some(tx, &rows, 2),
        .lessons = rows_some(tx, &rows, 3),
        .post = rows_int(&rows, 4),
        .post_label = rows_copy(&rows, 5, tx->arena),
    };
    rows_end(&rows);
    fiche->funders = read_funders(tx, resource);
    return fiche;
}

/* --- all of it -------------------------------------------------------------------------------- */

SQL(themes_of, "SELECT theme FROM resource_theme WHERE resource = ?1 ORDER BY theme");

bool resource_load(struct tx *tx, int64_t id, struct resource *out)
{
    if (!read_row(tx, id, out)) {
        return false;
    }
    out->themes = rows_ids(tx, db_select(tx->db, &themes_of, id));
    out->territories = territories_of(tx, id);
    out->editions = read_editions(tx, id);
    out->fiche = out->kind == RESOURCE_FICHE_PROJET ? read_fiche(tx, id) : NULL;
    return true;
}

size_t resource_bytes(const struct resource *resource)
{
    return strlen(resource->summary) + strlen(resource->nodes) +
           resource->editions.count * (size_t)LIMIT_PURPOSE_CHARS;
}

const char *resource_url(struct tx *tx, int64_t resource)
{
    return arena_printf(tx->arena, "%s/ressource/%lld", tx->public_url, (long long)resource);
}
