/* event.delete: a draft nobody but its organisers has seen. */
#include "club/entry.h"
#include "club/event_form.h"
#include "club/event_life.h"
#include "club/ids.h"

struct event_delete {
    int64_t event;
};
static const struct field delete_in[] = {
    FIELD_ID(struct event_delete, event, "Draft"),
    FIELD_END,
};

SQL(children_of, "SELECT id FROM event WHERE parent = ?1 ORDER BY id");
SQL(orphan, "UPDATE event SET parent = NULL, changed_at = max(?2, changed_at + 1) WHERE id = ?1");

/* What was part of a week goes on without it. */
static void free_children(struct tx *tx, int64_t event)
{
    struct ids children = {0};
    ids_read(tx, db_select(tx->db, &children_of, event), &children);
    for (size_t i = 0; i < children.count; i++) {
        db_run(tx->db, &orphan, children.items[i], tx->now_ms);
        event_tell(tx, children.items[i]);
    }
}

SQL(drop_clubs, "DELETE FROM event_club WHERE event = ?1");
SQL(drop_roles, "DELETE FROM event_role WHERE event = ?1");
SQL(drop_themes, "DELETE FROM event_theme WHERE event = ?1");
SQL(drop_questions, "DELETE FROM question WHERE event = ?1");
SQL(drop_event, "DELETE FROM event WHERE id = ?1");

static enum err delete_run(struct tx *tx, const void *in_, void *out)
{
    static const struct sql *const drops[] = {&drop_clubs, &drop_roles, &drop_themes,
                                              &drop_questions, &drop_event};
    const struct event_delete *in = in_;
    struct ids before = {0};
    (void)out;
    if (tx->event.state != EVENT_DRAFT) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("un événement publié s'annule", "a published event is cancelled"));
    }
    event_audiences(tx, in->event, &before);
    free_children(tx, in->event);
    due_set(tx, &event_publish_command, in->event, INT64_MAX);
    event_documents_drop(tx, in->event);
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        db_run(tx->db, drops[i], in->event);
    }
    entry_changed(tx, ENTRY_EVENT, in->event);
    event_tell_gone(tx, in->event, &before);
    return ERR_NONE;
}

const struct command event_delete_command = {
    .name = "event.delete",
    .doc = "Delete a draft.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = delete_in,
    .in_bytes = sizeof(struct event_delete),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_FACTS, NULL},
    .run = delete_run,
};
