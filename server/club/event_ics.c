/* event.ics: one event as a file for a calendar. */
#include "club/calendar.h"
#include "club/document.h"

struct event_ics {
    int64_t event;
};
static const struct field ics_in[] = {
    FIELD_ID(struct event_ics, event, "Event"),
    FIELD_END,
};

SQL(is_public, "SELECT 1 FROM event WHERE id = ?1 AND public = 1 AND state <> 'draft'");

static enum err ics_run(struct tx *tx, const void *in_, void *out_)
{
    const struct event_ics *in = in_;
    struct document *out = out_;
    struct ical_event ical;
    bool open = db_int(tx->db, &is_public, 0, in->event) != 0;
    enum err err = open ? ERR_NONE : may(tx, RIGHT_EVENT_SEE, in->event);
    if (err) {
        return err;
    }
    calendar_event(tx, tx->actor.person, in->event, &ical);
    *out = (struct document){
        .type = "text/calendar; charset=utf-8",
        .name = arena_printf(tx->arena, "evenement-%lld.ics", (long long)in->event),
        .body = calendar_text(tx, NULL, &ical, 1),
    };
    return ERR_NONE;
}

const struct command event_ics_command = {
    .name = "event.ics",
    .doc = "An event as an iCalendar file: without a session where it is open to everybody.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = ics_in,
    .in_bytes = sizeof(struct event_ics),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .http_only = true,
    .path = "/evenement/{event}.ics",
    .run = ics_run,
};
