/* event.get: one event with the person's own part of it. */
#include "club/event.h"
#include "store/journal.h"

struct event_get {
    int64_t event;
};
static const struct field get_in[] = {
    FIELD_ID(struct event_get, event, "Event"),
    FIELD_END,
};
struct event_get_out {
    int64_t seq;
    const struct event *event;
    const struct event_mine *mine;
    int64_t rank;
};
static const struct field get_out[] = {
    FIELD_INT(struct event_get_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct event_get_out, event, event, event_fields, "Event"),
    FIELD_OBJECT(struct event_get_out, mine, event_mine, event_mine_fields,
                 "The person's own part"),
    FIELD_INT_OPT(struct event_get_out, rank, 1, INT64_MAX,
                  "Place of the person in the waiting list, from 1, at this moment"),
    FIELD_END,
};

/* The one who waits counts among those before; 0 for who does not wait. */
SQL(rank, "SELECT count(*) FROM registration r JOIN registration w ON w.event = r.event"
          " AND w.state = 'waiting' AND w.turn <= r.turn"
          " WHERE r.event = ?1 AND r.person = ?2 AND r.state = 'waiting'");

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct event_get *in = in_;
    struct event_get_out *out = out_;
    struct event *event = ARENA_NEW(tx->arena, struct event);
    struct event_mine *mine = ARENA_NEW(tx->arena, struct event_mine);
    event_load(tx, in->event, event);
    event_mine_load(tx, tx->actor.person, in->event, mine);
    out->event = event;
    out->mine = mine;
    out->rank = db_int(tx->db, &rank, 0, in->event, tx->actor.person);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command event_get_command = {
    .name = "event.get",
    .doc = "One event, with what the person has to do with it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_EVENT_SEE,
    .in = get_in,
    .in_bytes = sizeof(struct event_get),
    .out = get_out,
    .out_bytes = sizeof(struct event_get_out),
    .run = get_run,
};
