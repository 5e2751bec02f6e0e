/* resource.delete: one that nobody but its author and the reviewers has seen. */
#include "club/resource_delete.h"

#include "club/audiences.h"
#include "club/edition.h"
#include "club/entry.h"
#include "club/resource_life.h"

struct resource_delete {
    int64_t resource;
};
static const struct field delete_in[] = {
    FIELD_ID(struct resource_delete, resource, "Resource that was never published"),
    FIELD_END,
};

SQL(drop_notices, "DELETE FROM notice WHERE resource = ?1");
SQL(drop_themes, "DELETE FROM resource_theme WHERE resource = ?1");
SQL(drop_territories, "DELETE FROM resource_territory WHERE resource = ?1");
SQL(drop_fiche, "DELETE FROM fiche WHERE resource = ?1");
SQL(drop_funders, "DELETE FROM fiche_funder WHERE resource = ?1");
SQL(drop_resource, "DELETE FROM resource WHERE id = ?1");

void resource_drop(struct tx *tx, int64_t resource)
{
    static const struct sql *const drops[] = {&drop_notices, &drop_themes,  &drop_territories,
                                              &drop_fiche,   &drop_funders, &drop_resource};
    due_set(tx, &resource_publish_command, resource, INT64_MAX);
    editions_drop(tx, resource);
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        db_run(tx->db, drops[i], resource);
    }
    entry_changed(tx, ENTRY_RESOURCE, resource);
}

static enum err delete_run(struct tx *tx, const void *in_, void *out)
{
    const struct resource_delete *in = in_;
    struct ids before = {0};
    (void)out;
    if (tx->resource.was_published) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("elle a été publiée : retirez-la", "it was published: withdraw it"));
    }
    resource_audiences(tx, in->resource, &before);
    resource_drop(tx, in->resource);
    audiences_tell(tx, &resource_gone_fact, &before, in->resource);
    return ERR_NONE;
}

const struct command resource_delete_command = {
    .name = "resource.delete",
    .doc = "Delete a resource that was never published, with its files.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_EDIT,
    .in = delete_in,
    .in_bytes = sizeof(struct resource_delete),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, NULL},
    .run = delete_run,
};

/* --- when a person is erased ------------------------------------------------------------------ */

SQL(drafts_of, "SELECT id FROM resource WHERE created_by = ?1 AND state = 'draft' ORDER BY id");
SQL(forget_author, "UPDATE resource SET created_by = NULL WHERE created_by = ?1");
SQL(forget_editor, "UPDATE resource_edition SET person = NULL WHERE person = ?1");

void resources_erase(struct tx *tx, int64_t person)
{
    struct ids drafts = {0};
    ids_read(tx, db_select(tx->db, &drafts_of, person), &drafts);
    for (size_t i = 0; i < drafts.count; i++) {
        resource_drop(tx, drafts.items[i]);
    }
    db_run(tx->db, &forget_author, person);
    db_run(tx->db, &forget_editor, person);
}
