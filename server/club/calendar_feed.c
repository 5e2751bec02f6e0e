/* calendar.feed: what a secret address answers. */
#include "club/calendar.h"
#include "club/document.h"
#include "club/feed.h"

struct calendar_feed {
    const char *token;
};
static const struct field feed_in[] = {
    FIELD_LINE(struct calendar_feed, token, 1, LIMIT_NAME_CHARS, "Secret of the address"),
    FIELD_END,
};

/* What the person of the feed sees now, by the rule of every list: ?1 person, ?2 kind, ?3 Club,
 * ?4 theme, ?5 now, ?6 how far back. What is to come goes first where there is too much. */
SQL(events_of,
    "SELECT e.id FROM event e WHERE e.ends_at > ?6 AND e.state <> 'draft'"
    " AND CASE ?2 WHEN 'mine' THEN EXISTS (SELECT 1 FROM registration m WHERE m.event = e.id"
    " AND m.person = ?1 AND m.state IN ('asked', 'waiting', 'offered', 'seated'))"
    " WHEN 'club' THEN e.club = ?3 OR EXISTS (SELECT 1 FROM event_club c"
    " WHERE c.event = e.id AND c.club = ?3)"
    " ELSE EXISTS (SELECT 1 FROM event_theme t WHERE t.event = e.id AND t.theme = ?4) END"
    " AND " EVENT_SEEN_BY " ORDER BY e.ends_at <= ?5, e.starts_at, e.id LIMIT ?7");

static void find_events(struct tx *tx, const struct feed_source *source, struct ids *out)
{
    ids_read(tx,
             db_select(tx->db, &events_of, source->person, feed_kind_choice.words[source->kind],
                       db_id(source->club), db_id(source->theme), tx->now_ms,
                       tx->now_ms - LIMIT_FEED_DAYS * MS_PER_DAY, (int64_t)LIMIT_FEED_EVENTS),
             out);
}

static enum err feed_run(struct tx *tx, const void *in_, void *out_)
{
    const struct calendar_feed *in = in_;
    struct document *out = out_;
    struct feed_source source;
    struct ids ids = {0};
    if (!feed_find(tx, in->token, &source) || source.kind == FEED_SHELF) {
        return tx_fail(tx, ERR_NOT_FOUND, NULL, NULL);
    }
    find_events(tx, &source, &ids);
    struct ical_event *events = ARENA_ARRAY(tx->arena, struct ical_event, ids.count + 1);
    for (size_t i = 0; i < ids.count; i++) {
        calendar_event(tx, source.person, ids.items[i], &events[i]);
        events[i].plain = feed_cut(tx, events[i].plain);
    }
    const char *name = feed_name(tx, source.kind, source.club, source.theme);
    *out = (struct document){
        .type = "text/calendar; charset=utf-8",
        .name = "agenda.ics",
        .body = calendar_text(tx, name, events, ids.count),
    };
    return ERR_NONE;
}

const struct command calendar_feed_command = {
    .name = "calendar.feed",
    .doc = "The calendar at a secret address: events of the last 90 days and to come, as its person"
           " sees them now. Unknown, revoked or its person suspended: not found.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ANYBODY,
    .in = feed_in,
    .in_bytes = sizeof(struct calendar_feed),
    .out = document_fields,
    .out_bytes = sizeof(struct document),
    .http_only = true,
    .path = "/calendrier/{token}.ics",
    .run = feed_run,
};
