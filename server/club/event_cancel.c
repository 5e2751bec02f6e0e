/* event.cancel: it will not take place; whoever is concerned is told why. */
#include "club/event_life.h"
#include "club/notice.h"
#include "club/registration.h"

struct event_cancel {
    int64_t event;
    const char *reason;
};
static const struct field cancel_in[] = {
    FIELD_ID(struct event_cancel, event, "Event"),
    FIELD_TEXT(struct event_cancel, reason, 1, LIMIT_REASON_CHARS, "Why, for those concerned"),
    FIELD_END,
};

SQL(cancel, "UPDATE event SET state = 'cancelled', reason = ?2, sequence = sequence + 1,"
            " changed_at = max(?3, changed_at + 1) WHERE id = ?1");

static enum err cancel_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_cancel *in = in_;
    struct ids people = {0};
    (void)out;
    if (tx->event.state != EVENT_PUBLISHED) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("cet événement n'est pas publié", "this event is not published"));
    }
    if (tx->event.ends_at <= tx->now_ms) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("cet événement est terminé", "this event is over"));
    }
    db_run(tx->db, &cancel, in->event, in->reason, tx->now_ms);
    event_remind_plan(tx, in->event);
    event_tell(tx, in->event);
    registered_people(tx, in->event, &people);
    for (size_t i = 0; i < people.count; i++) {
        notice_give(tx, people.items[i], NOTICE_CANCELLED, in->event, in->reason);
    }
    return ERR_NONE;
}

const struct command event_cancel_command = {
    .name = "event.cancel",
    .doc = "Cancel a published event that is not over; everybody registered is told why.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = cancel_in,
    .in_bytes = sizeof(struct event_cancel),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_FACTS, &notice_added_fact, NULL},
    .run = cancel_run,
};
