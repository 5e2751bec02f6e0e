/* event.duplicate: the same again, as a draft. Its life is its own: no state, no registration, no
 * channel, no recording. */
#include "club/entry.h"
#include "club/event_form.h"
#include "club/secret.h"

struct event_duplicate {
    int64_t event;
    const char *nonce;
};
static const struct field duplicate_in[] = {
    FIELD_ID(struct event_duplicate, event, "Event to take as a model"),
    FIELD_LINE(struct event_duplicate, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Chosen by the sender, the same when it sends this again"),
    FIELD_END,
};

SQL(copy_event,
    "INSERT INTO event (uid, club, kind, parent, title, description, nodes, organisation, scope,"
    " region, public, starts_at, ends_at, zone, all_day, address, commune, link, link_shown,"
    " registration, capacity, deadline_at, hold_hours, created_by, created_at, changed_at)"
    " SELECT ?2, club, kind, parent, title, description, nodes, organisation, scope, region, "
    "public,"
    " starts_at, ends_at, zone, all_day, address, commune, link, link_shown, registration, "
    "capacity,"
    " deadline_at, hold_hours, ?3, ?4, ?4 FROM event WHERE id = ?1");
SQL(copy_clubs, "INSERT INTO event_club (event, club)"
                " SELECT ?2, club FROM event_club WHERE event = ?1");
SQL(copy_roles, "INSERT INTO event_role (event, role)"
                " SELECT ?2, role FROM event_role WHERE event = ?1");
SQL(copy_themes, "INSERT INTO event_theme (event, theme)"
                 " SELECT ?2, theme FROM event_theme WHERE event = ?1");
SQL(copy_questions, "INSERT INTO question (event, position, kind, label, required, options)"
                    " SELECT ?2, position, kind, label, required, options FROM question"
                    " WHERE event = ?1 ORDER BY position, id");

static enum err duplicate_run(struct tx *tx, const void *in_, void *out_)
{
    static const struct sql *const copies[] = {&copy_clubs, &copy_roles, &copy_themes,
                                               &copy_questions};
    const struct event_duplicate *in = in_;
    struct created *out = out_;
    db_run(tx->db, &copy_event, in->event, uuid_draw(tx->arena), db_id(tx->actor.person),
           tx->now_ms);
    out->id = db_last_id(tx->db);
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        db_run(tx->db, copies[i], in->event, out->id);
    }
    event_documents_copy(tx, in->event, out->id);
    entry_changed(tx, ENTRY_EVENT, out->id);
    event_tell(tx, out->id);
    return ERR_NONE;
}

const struct command event_duplicate_command = {
    .name = "event.duplicate",
    .doc = "Draft an event like another one, at the same hours until they are changed.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = duplicate_in,
    .in_bytes = sizeof(struct event_duplicate),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){EVENT_FACTS, NULL},
    .run = duplicate_run,
};
