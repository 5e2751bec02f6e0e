/* event.atom: the events open to everybody, as an Atom feed (RFC 4287). */
#include "base/zone.h"
#include "club/atom.h"
#include "club/calendar.h"
#include "club/when.h"

/* --- entries ---------------------------------------------------------------------------------- */

/* When, where and by whom; the page shows the rest. */
static void summary(struct tx *tx, struct buf *out, const struct event *event)
{
    const char *when = when_words(tx->arena, event->starts_at, event->ends_at,
                                  zone_names[event->zone], event->all_day);
    atom_element(out, "summary",
                 arena_printf(tx->arena, "%s%s%s. %s", when, event->commune ? ", " : "",
                              event->commune ? event->commune : "", event->organiser));
}

static void entry(struct tx *tx, struct buf *out, const struct ical_event *ical)
{
    const struct event *event = ical->event;
    bool cancelled = event->state == EVENT_CANCELLED;
    const char *title =
        cancelled ? arena_printf(tx->arena, "Annulé\u00a0: %s", event->title) : event->title;
    atom_entry(out, ical->uid, title, event->changed_at, event->published_at);
    atom_link(out, "alternate", "text/html", ical->url);
    for (const char *const *name = ical->categories; *name; name++) {
        atom_category(out, *name);
    }
    summary(tx, out, event);
    atom_element(out, "content", cancelled && event->reason ? event->reason : ical->plain);
    buf_text(out, "</entry>\n");
}

/* --- the feed --------------------------------------------------------------------------------- */

SQL(public_events, "SELECT id FROM event WHERE public = 1 AND state <> 'draft' AND ends_at > ?2"
                   " ORDER BY ends_at <= ?1, starts_at, id LIMIT ?3");
SQL(changed_at, "SELECT max(changed_at) FROM event WHERE public = 1 AND state <> 'draft'");

static enum err atom_run(struct tx *tx, const void *in, void *out_)
{
    (void)in;
    struct ids ids = {0};
    struct buf buf;
    struct atom_feed feed = {
        .home = arena_printf(tx->arena, "%s/", tx->public_url),
        .self = arena_printf(tx->arena, "%s/agenda.atom", tx->public_url),
        .title = "Le Club Petites villes de demain\u00a0: événements ouverts à tous",
        .updated = db_int(tx->db, &changed_at, 0),
        .is_public = true,
    };
    ids_read(tx,
             db_select(tx->db, &public_events, tx->now_ms,
                       tx->now_ms - LIMIT_FEED_DAYS * MS_PER_DAY, (int64_t)LIMIT_LIST_MAX),
             &ids);
    buf_init(&buf);
    atom_begin(&buf, &feed);
    for (size_t i = 0; i < ids.count; i++) {
        struct ical_event ical;
        calendar_event(tx, 0, ids.items[i], &ical);
        entry(tx, &buf, &ical);
    }
    *(struct document *)out_ = atom_end(tx, &buf, &feed);
    return ERR_NONE;
}

const struct command event_atom_command = {
    .name = "event.atom",
    .doc = "Events open to everybody, of the last 90 days and to come, as an Atom feed.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = no_fields,
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .http_only = true,
    .path = "/agenda.atom",
    .run = atom_run,
};
