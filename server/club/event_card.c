#include "club/event_card.h"

#include "club/audience.h"
#include "club/event_words.h"
#include "club/nodes.h"

#define NB "\u00a0" /* no-break space, before a colon */

SQL(clubs_of, "SELECT a.club FROM event_club a WHERE a.event = ?1 UNION ALL SELECT k.id FROM club k"
              " WHERE (SELECT scope FROM event WHERE id = ?1) = 'network' ORDER BY 1");

void event_clubs(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &clubs_of, event), out);
}

/* --- its words -------------------------------------------------------------------------------- */

enum { CARD_LINES = 4 };

/* Title, when, where, by whom; returns how many there are. */
static size_t card_lines(struct tx *tx, const struct event *event, const char *lines[CARD_LINES])
{
    size_t count = 0;
    const char *where = event_where(tx->arena, event);
    lines[count++] = event->title;
    lines[count++] = arena_printf(tx->arena, "Quand" NB ": %s", event_when(tx->arena, event));
    if (where) {
        lines[count++] = arena_printf(tx->arena, "Où" NB ": %s", where);
    }
    lines[count++] = arena_printf(tx->arena, "Organisé par" NB ": %s", event->organiser);
    return count;
}

/* One paragraph of plain text: what a title holds is no Markdown, and calls nobody. */
static const char *card_nodes(struct tx *tx, const char *const *lines, size_t count)
{
    const struct markdown_world nobody = {.public_url = tx->public_url};
    struct nodes nodes;
    nodes_init(&nodes, &nobody, tx->arena);
    buf_text(&nodes.json, "[");
    nodes_begin(&nodes, "p");
    nodes_open(&nodes);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            nodes_break(&nodes);
        }
        nodes_collect(&nodes, lines[i]);
        nodes_flush(&nodes);
    }
    nodes_close(&nodes);
    buf_text(&nodes.json, "]");
    const char *json = arena_memdup(tx->arena, nodes.json.data, nodes.json.len);
    nodes_finish(&nodes);
    return json;
}

static const char *card_body(struct tx *tx, const char *const *lines, size_t count)
{
    const char *body = lines[0];
    for (size_t i = 1; i < count; i++) {
        body = arena_printf(tx->arena, "%s\n%s", body, lines[i]);
    }
    return body;
}

/* --- posting and taking back ------------------------------------------------------------------ */

SQL(announcements, "SELECT c.id FROM club k JOIN channel c ON c.id = k.announcements"
                   " WHERE k.id = ?1 AND c.archived_at IS NULL");

SQL(maker_of, "SELECT created_by FROM event WHERE id = ?1");

void event_card_post(struct tx *tx, int64_t event, const struct ids *clubs)
{
    int64_t actor = tx->actor.person;
    struct event shown;
    const char *lines[CARD_LINES];
    if (!event_load(tx, event, &shown)) {
        return;
    }
    size_t count = card_lines(tx, &shown, lines);
    struct message_new card = {
        .author = actor ? actor : db_int(tx->db, &maker_of, 0, event),
        .event = event,
        .body = card_body(tx, lines, count),
        .nodes = card_nodes(tx, lines, count),
    };
    for (size_t i = 0; i < clubs->count; i++) {
        card.club = clubs->items[i];
        card.channel = db_int(tx->db, &announcements, 0, card.club);
        if (card.channel) {
            card.id =
                fact_note(tx, &message_posted_fact, audience_channel(card.channel), ENTITY_NEW);
            message_insert(tx, &card);
        }
    }
}

SQL(cards_in, "SELECT m.id FROM message m JOIN channel c ON c.id = m.channel WHERE m.event = ?1"
              " AND m.deleted_at IS NULL AND c.club IN (SELECT value FROM json_each(?2))");

void event_card_remove(struct tx *tx, int64_t event, const struct ids *clubs)
{
    struct ids cards = {0};
    ids_read(tx, db_select(tx->db, &cards_in, event, ids_json(tx, clubs)), &cards);
    for (size_t i = 0; i < cards.count; i++) {
        struct message_head card;
        if (message_find(tx, cards.items[i], &card)) {
            message_remove(tx, &card);
        }
    }
}
