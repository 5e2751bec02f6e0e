#include "club/resource_life.h"
#include "club/territory.h"

#define NB "\u00a0" /* no-break space, before a colon */

/* --- its words -------------------------------------------------------------------------------- */

SQL(themes_of, "SELECT group_concat(name, ', ') FROM (SELECT t.name FROM resource_theme x"
               " JOIN theme t ON t.id = x.theme WHERE x.resource = ?1 ORDER BY t.position, t.id)");
SQL(maker_of, "SELECT coalesce(o.name, k.name) FROM resource r JOIN club k ON k.id = r.club"
              " LEFT JOIN organisation o ON o.id = r.organisation WHERE r.id = ?1");

/* Title, what it is, what about, by whom. */
static void add_lines(struct tx *tx, const struct resource *resource, struct card *card)
{
    const char *themes = db_text(tx->db, &themes_of, tx->arena, resource->id);
    const char *maker = db_text(tx->db, &maker_of, tx->arena, resource->id);
    card->lines[card->count++] = resource->title;
    card->lines[card->count++] = resource_kind_name(resource->kind);
    if (themes) {
        card->lines[card->count++] = arena_printf(tx->arena, "Thèmes" NB ": %s", themes);
    }
    card->lines[card->count++] =
        arena_printf(tx->arena, "Source" NB ": %s", resource->source ? resource->source : maker);
}

/* --- posting and taking back ------------------------------------------------------------------ */

SQL(author_of, "SELECT created_by FROM resource WHERE id = ?1");
SQL(is_national, "SELECT kind = 'national' FROM club WHERE id = ?1");

void resource_card_post(struct tx *tx, int64_t resource)
{
    struct resource shown;
    struct ids clubs = {0};
    struct card card = {.resource = resource, .maker = db_int(tx->db, &author_of, 0, resource)};
    if (!resource_load(tx, resource, &shown)) {
        return;
    }
    add_lines(tx, &shown, &card);
    ARENA_PUSH(tx->arena, &clubs, shown.club);
    if (db_int(tx->db, &is_national, 0, shown.club)) {
        territories_clubs(tx, resource, &clubs);
    }
    card_post(tx, &card, &clubs);
}

SQL(cards_of, "SELECT id FROM message WHERE resource = ?1 AND deleted_at IS NULL ORDER BY id");

void resource_card_remove(struct tx *tx, int64_t resource)
{
    struct ids cards = {0};
    ids_read(tx, db_select(tx->db, &cards_of, resource), &cards);
    cards_remove(tx, &cards);
}
