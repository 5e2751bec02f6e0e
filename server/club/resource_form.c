#include "club/resource_form.h"

#include "club/rows.h"
#include "club/territory.h"

/* changed_at rises with each edit, two in one millisecond too: it tells versions apart. */
SQL(set_words,
    "UPDATE resource SET kind = ?2, title = ?3, summary = ?4, nodes = ?5, organisation = ?6,"
    " dated_on = ?7, licence = ?8, source = ?9, source_link = ?10, public = ?11,"
    " changed_at = max(?12, changed_at + 1) WHERE id = ?1");

static void write_words(struct tx *tx, int64_t resource, const struct resource_form *form,
                        const struct resource_plan *plan)
{
    db_run(tx->db, &set_words, resource, resource_kind_choice.words[form->kind], form->title,
           text_or_empty(form->summary), plan->nodes, db_id(plan->organisation),
           text_or_empty(form->dated_on), licence_choice.words[form->licence],
           text_or_empty(form->source), text_or_empty(form->source_link), form->is_public,
           tx->now_ms);
}

SQL(no_themes, "DELETE FROM resource_theme WHERE resource = ?1");
SQL(add_themes, "INSERT INTO resource_theme (resource, theme)"
                " SELECT DISTINCT ?1, value FROM json_each(?2)");

static void write_themes(struct tx *tx, int64_t resource, const struct resource_form *form)
{
    struct ids themes = {0};
    ids_add(tx, &form->themes, &themes);
    db_run(tx->db, &no_themes, resource);
    db_run(tx->db, &add_themes, resource, ids_json(tx, &themes));
}

/* --- the fiche -------------------------------------------------------------------------------- */

SQL(no_fiche, "DELETE FROM fiche WHERE resource = ?1");
SQL(no_funders, "DELETE FROM fiche_funder WHERE resource = ?1");
SQL(add_fiche, "INSERT INTO fiche (resource, cost, calendar, partners, lessons, post)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
SQL(add_funder, "INSERT INTO fiche_funder (resource, position, name, amount)"
                " VALUES (?1, ?2, ?3, ?4)");

static void write_fiche(struct tx *tx, int64_t resource, const struct resource_form *form)
{
    static const struct fiche nothing_said = {0};
    const struct fiche *fiche = form->fiche ? form->fiche : &nothing_said;
    const struct funder *funders = fiche->funders.items;
    db_run(tx->db, &no_fiche, resource);
    db_run(tx->db, &no_funders, resource);
    if (form->kind != RESOURCE_FICHE_PROJET) {
        return;
    }
    db_run(tx->db, &add_fiche, resource, db_id(fiche->cost), text_or_empty(fiche->calendar),
           text_or_empty(fiche->partners), text_or_empty(fiche->lessons), db_id(fiche->post));
    for (size_t i = 0; i < fiche->funders.count; i++) {
        db_run(tx->db, &add_funder, resource, (int64_t)i, funders[i].name,
               db_id(funders[i].amount));
    }
}

void resource_rewrite(struct tx *tx, int64_t resource, const struct resource_form *form,
                      const struct resource_plan *plan)
{
    write_words(tx, resource, form, plan);
    write_themes(tx, resource, form);
    territories_store(tx, resource, &form->territories);
    write_fiche(tx, resource, form);
}
