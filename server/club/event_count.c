/* event.count: tells how many seats are taken, at most once a second per event. */
#include "club/event.h"

struct event_count {
    int64_t event;
};
static const struct field count_in[] = {
    FIELD_ID(struct event_count, event, "Event"),
    FIELD_END,
};

SQL(count_is_due, "SELECT 1 FROM due WHERE command = 'event.count' AND object = ?1");

/* One that is due already keeps its hour, or a rush would put it off for as long as it lasts. */
void event_count_soon(struct tx *tx, int64_t event)
{
    if (!db_int(tx->db, &count_is_due, 0, event)) {
        due_set(tx, &event_count_command, event, tx->now_ms + MS_PER_SECOND);
    }
}

SQL(count, "UPDATE event SET seated = n.seated, waiting = n.waiting FROM (SELECT"
           " count(*) FILTER (WHERE state IN ('seated', 'offered')) AS seated,"
           " count(*) FILTER (WHERE state = 'waiting') AS waiting"
           " FROM registration WHERE event = ?1) n"
           " WHERE id = ?1 AND (event.seated <> n.seated OR event.waiting <> n.waiting)");

static enum err count_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_count *in = in_;
    (void)out;
    db_run(tx->db, &count, in->event);
    if (db_changed(tx->db)) {
        event_tell(tx, in->event);
    }
    return ERR_NONE;
}

const struct command event_count_command = {
    .name = "event.count",
    .doc = "Count the seats taken and the people waiting, and tell them if they changed. Runs a "
           "second after registrations.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .operator_only = true,
    .in = count_in,
    .in_bytes = sizeof(struct event_count),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_FACTS, NULL},
    .run = count_run,
};
