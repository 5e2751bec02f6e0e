#include "club/card.h"

#include "club/audience.h"
#include "club/nodes.h"

/* --- its words -------------------------------------------------------------------------------- */

/* One paragraph of plain text: what a title holds is no Markdown, and calls nobody. */
static const char *card_nodes(struct tx *tx, const struct card *card)
{
    const struct markdown_world nobody = {.public_url = tx->public_url};
    struct nodes nodes;
    nodes_init(&nodes, &nobody, tx->arena);
    buf_text(&nodes.json, "[");
    nodes_begin(&nodes, "p");
    nodes_open(&nodes);
    for (size_t i = 0; i < card->count; i++) {
        if (i > 0) {
            nodes_break(&nodes);
        }
        nodes_collect(&nodes, card->lines[i]);
        nodes_flush(&nodes);
    }
    nodes_close(&nodes);
    buf_text(&nodes.json, "]");
    const char *json = arena_memdup(tx->arena, nodes.json.data, nodes.json.len);
    nodes_finish(&nodes);
    return json;
}

static const char *card_body(struct tx *tx, const struct card *card)
{
    const char *body = card->lines[0];
    for (size_t i = 1; i < card->count; i++) {
        body = arena_printf(tx->arena, "%s\n%s", body, card->lines[i]);
    }
    return body;
}

/* --- posting and taking back ------------------------------------------------------------------ */

SQL(announcements, "SELECT c.id FROM club k JOIN channel c ON c.id = k.announcements"
                   " WHERE k.id = ?1 AND c.archived_at IS NULL");

void card_post(struct tx *tx, const struct card *card, const struct ids *clubs)
{
    int64_t actor = tx->actor.person;
    struct message_new message = {
        .author = actor ? actor : card->maker,
        .event = card->event,
        .resource = card->resource,
        .body = card_body(tx, card),
        .nodes = card_nodes(tx, card),
    };
    for (size_t i = 0; i < clubs->count; i++) {
        message.club = clubs->items[i];
        message.channel = db_int(tx->db, &announcements, 0, message.club);
        if (message.channel) {
            message.id =
                fact_note(tx, &message_posted_fact, audience_channel(message.channel), ENTITY_NEW);
            message_insert(tx, &message);
        }
    }
}

void cards_remove(struct tx *tx, const struct ids *messages)
{
    for (size_t i = 0; i < messages->count; i++) {
        struct message_head message;
        if (message_find(tx, messages->items[i], &message)) {
            message_remove(tx, &message);
        }
    }
}
