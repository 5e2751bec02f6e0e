#include "club/event_card.h"

#include "club/event_words.h"

#define NB "\u00a0" /* no-break space, before a colon */

SQL(clubs_of, "SELECT a.club FROM event_club a WHERE a.event = ?1 UNION ALL SELECT k.id FROM club k"
              " WHERE (SELECT scope FROM event WHERE id = ?1) = 'network' ORDER BY 1");

void event_clubs(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &clubs_of, event), out);
}

/* --- its words -------------------------------------------------------------------------------- */

/* Title, when, where, by whom. */
static void add_lines(struct tx *tx, const struct event *event, struct card *card)
{
    const char *where = event_where(tx->arena, event);
    card->lines[card->count++] = event->title;
    card->lines[card->count++] =
        arena_printf(tx->arena, "Quand" NB ": %s", event_when(tx->arena, event));
    if (where) {
        card->lines[card->count++] = arena_printf(tx->arena, "Où" NB ": %s", where);
    }
    card->lines[card->count++] =
        arena_printf(tx->arena, "Organisé par" NB ": %s", event->organiser);
}

/* --- posting and taking back ------------------------------------------------------------------ */

SQL(maker_of, "SELECT created_by FROM event WHERE id = ?1");

void event_card_post(struct tx *tx, int64_t event, const struct ids *clubs)
{
    struct event shown;
    struct card card = {.event = event, .maker = db_int(tx->db, &maker_of, 0, event)};
    if (event_load(tx, event, &shown)) {
        add_lines(tx, &shown, &card);
        card_post(tx, &card, clubs);
    }
}

SQL(cards_in, "SELECT m.id FROM message m JOIN channel c ON c.id = m.channel WHERE m.event = ?1"
              " AND m.deleted_at IS NULL AND c.club IN (SELECT value FROM json_each(?2))");

void event_card_remove(struct tx *tx, int64_t event, const struct ids *clubs)
{
    struct ids cards = {0};
    ids_read(tx, db_select(tx->db, &cards_in, event, ids_json(tx, clubs)), &cards);
    cards_remove(tx, &cards);
}
