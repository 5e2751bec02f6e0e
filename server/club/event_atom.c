/* event.atom: the events open to everybody, as an Atom feed (RFC 4287). */
#include <string.h>

#include "base/zone.h"
#include "club/calendar.h"
#include "club/document.h"
#include "club/when.h"

/* --- XML -------------------------------------------------------------------------------------- */

/* U+FFFE and U+FFFF. */
static bool is_no_character(const char *text)
{
    return strncmp(text, "\xEF\xBF\xBE", 3) == 0 || strncmp(text, "\xEF\xBF\xBF", 3) == 0;
}

/* Text of an element or an attribute; what XML 1.0 has no place for (2.2) is left out, or one title
 * would break the feed for all. */
static void add_text(struct buf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (is_no_character(text)) {
            text += 2;
        } else if (c == '&') {
            buf_text(out, "&amp;");
        } else if (c == '<') {
            buf_text(out, "&lt;");
        } else if (c == '>') {
            buf_text(out, "&gt;");
        } else if (c == '"') {
            buf_text(out, "&quot;");
        } else if (c >= ' ' || c == '\n' || c == '\t') {
            buf_add(out, text, 1);
        }
    }
}

static void element(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "<%s>", name);
    add_text(out, text);
    buf_printf(out, "</%s>\n", name);
}

/* RFC 3339. */
static void time_element(struct buf *out, const char *name, int64_t at_ms)
{
    struct local_time at = zone_local(zone_find("UTC"), at_ms);
    buf_printf(out, "<%s>%04d-%02d-%02dT%02d:%02d:%02dZ</%s>\n", name, at.year, at.month, at.day,
               at.hour, at.minute, at.second, name);
}

static void link_element(struct buf *out, const char *rel, const char *type, const char *href)
{
    buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    add_text(out, href);
    buf_text(out, "\"/>\n");
}

/* --- entries ---------------------------------------------------------------------------------- */

/* When, where and by whom; the page shows the rest. */
static void summary(struct tx *tx, struct buf *out, const struct event *event)
{
    const char *when = when_words(tx->arena, event->starts_at, event->ends_at,
                                  zone_names[event->zone], event->all_day);
    element(out, "summary",
            arena_printf(tx->arena, "%s%s%s. %s", when, event->commune ? ", " : "",
                         event->commune ? event->commune : "", event->organiser));
}

static void entry(struct tx *tx, struct buf *out, const struct ical_event *ical)
{
    const struct event *event = ical->event;
    bool cancelled = event->state == EVENT_CANCELLED;
    buf_text(out, "<entry>\n<id>urn:uuid:");
    add_text(out, ical->uid);
    buf_text(out, "</id>\n<title>");
    buf_text(out, cancelled ? "Annulé\u00a0: " : "");
    add_text(out, event->title);
    buf_text(out, "</title>\n");
    time_element(out, "updated", event->changed_at);
    time_element(out, "published", event->published_at);
    link_element(out, "alternate", "text/html", ical->url);
    for (const char *const *name = ical->categories; *name; name++) {
        buf_text(out, "<category term=\"");
        add_text(out, *name);
        buf_text(out, "\"/>\n");
    }
    summary(tx, out, event);
    element(out, "content", cancelled && event->reason ? event->reason : ical->plain);
    buf_text(out, "</entry>\n");
}

/* --- the feed --------------------------------------------------------------------------------- */

SQL(public_events, "SELECT id FROM event WHERE public = 1 AND state <> 'draft' AND ends_at > ?2"
                   " ORDER BY ends_at <= ?1, starts_at, id LIMIT ?3");
SQL(changed_at, "SELECT max(changed_at) FROM event WHERE public = 1 AND state <> 'draft'");

static void write_feed(struct tx *tx, struct buf *out, const struct ids *ids)
{
    const char *home = arena_printf(tx->arena, "%s/", tx->public_url);
    const char *self = arena_printf(tx->arena, "%sagenda.atom", home);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n");
    element(out, "id", self);
    element(out, "title", "Le Club Petites villes de demain\u00a0: événements ouverts à tous");
    time_element(out, "updated", db_int(tx->db, &changed_at, 0));
    buf_text(out, "<author><name>Le Club Petites villes de demain</name></author>\n");
    link_element(out, "self", "application/atom+xml", self);
    link_element(out, "alternate", "text/html", home);
    for (size_t i = 0; i < ids->count; i++) {
        struct ical_event ical;
        calendar_event(tx, 0, ids->items[i], &ical);
        entry(tx, out, &ical);
    }
    buf_text(out, "</feed>\n");
}

static enum err atom_run(struct tx *tx, const void *in, void *out_)
{
    (void)in;
    struct document *out = out_;
    struct ids ids = {0};
    struct buf buf;
    ids_read(tx,
             db_select(tx->db, &public_events, tx->now_ms,
                       tx->now_ms - LIMIT_FEED_DAYS * MS_PER_DAY, (int64_t)LIMIT_LIST_MAX),
             &ids);
    buf_init(&buf);
    write_feed(tx, &buf, &ids);
    *out = (struct document){
        .type = "application/atom+xml; charset=utf-8",
        .body = arena_memdup(tx->arena, buf.data, buf.len),
        .is_public = true,
    };
    buf_finish(&buf);
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
