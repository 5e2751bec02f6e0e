/* resource.update: the record of a resource said anew, as a whole. */
#include "club/edition.h"
#include "club/resource_form.h"

static const struct field update_in[] = {
    FIELD_ID(struct resource_form, resource, "Resource"),
    RESOURCE_FORM_FIELDS,
    FIELD_END,
};

SQL(is_public, "SELECT public FROM resource WHERE id = ?1");

/* What was proposed stays something one can open: a fiche-projet is its own record, and may not
 * become something else without a file or a link. */
static enum err check_content(struct tx *tx, const struct resource_form *form)
{
    bool needed = tx->resource.state != RESOURCE_DRAFT && form->kind != RESOURCE_FICHE_PROJET;
    return needed && !edition_has_content(tx, form->resource)
               ? tx_fail(tx, ERR_NO_CONTENT, "kind", NULL)
               : ERR_NONE;
}

static enum err update_run(struct tx *tx, const void *in, void *out)
{
    const struct resource_form *form = in;
    struct resource_plan plan;
    struct ids before = {0};
    (void)out;
    bool keeps = (tx->resource.can & RESOURCE_CAN_KEEP) != 0;
    bool was_public = db_int(tx->db, &is_public, 0, form->resource) != 0;
    enum err err = resource_check(tx, form, keeps, was_public, &plan);
    if (!err) {
        err = check_content(tx, form);
    }
    if (err) {
        return err;
    }
    resource_audiences(tx, form->resource, &before);
    resource_rewrite(tx, form->resource, form, &plan);
    resource_tell(tx, form->resource, &before);
    return ERR_NONE;
}

const struct command resource_update_command = {
    .name = "resource.update",
    .doc = "Say the record of a resource anew: all that is left out is taken away. Its editions "
           "and the conversation it comes from stay.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_RESOURCE_EDIT,
    .in = update_in,
    .in_bytes = sizeof(struct resource_form),
    .out = no_fields,
    .facts = (const struct fact *const[]){RESOURCE_FACTS, NULL},
    .run = update_run,
};
