/* event.list: the agenda, by start, as far as the person sees it. */
#include <string.h>

#include "club/event.h"
#include "club/place.h"
#include "store/journal.h"

/* --- on the wire ------------------------------------------------------------------------------ */

static const char *const any_kind_words[] = {"any", EVENT_KIND_WORDS, NULL};
static const struct choice any_kind_choice = {"EventKindFilter", any_kind_words};

struct event_list {
    int64_t from, to, club, theme;
    int kind; /* 0: any; else enum event_kind + 1 */
    bool mine, drafts;
    const char *cursor;
    int64_t limit;
};
static const struct field list_in[] = {
    FIELD_TIME_OPT(struct event_list, from, "Those that end after this instant"),
    FIELD_TIME_OPT(struct event_list, to, "Those that start before this instant"),
    FIELD_ID_OPT(struct event_list, club, "Those this Club runs, or is named to hear of"),
    FIELD_ID_OPT(struct event_list, theme, "Those of this theme"),
    FIELD_CHOICE_OPT(struct event_list, kind, &any_kind_choice, "Those of this kind"),
    FIELD_BOOL_OPT(struct event_list, mine,
                   "Only those the person is registered for, invited to or waits for"),
    FIELD_BOOL_OPT(struct event_list, drafts, "The drafts the person may see, too"),
    FIELD_LINE_OPT(struct event_list, cursor, 1, LIMIT_CURSOR_CHARS, "`next` of the page before"),
    FIELD_INT_OR(struct event_list, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Events in a page"),
    FIELD_END,
};
struct event_list_out {
    int64_t seq;
    struct list events, mine;
    const char *next;
};
static const struct field list_out[] = {
    FIELD_INT(struct event_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct event_list_out, events, event, event_fields, 0, LIMIT_LIST_MAX,
               "Events by their start; a page may be cut short when they are long"),
    FIELD_LIST(struct event_list_out, mine, event_mine, event_mine_fields, 0, LIMIT_LIST_MAX,
               "The person's own part of each, in the same order"),
    FIELD_LINE_OPT(struct event_list_out, next, 1, LIMIT_CURSOR_CHARS,
                   "`cursor` of the next page; absent: this is the last one"),
    FIELD_END,
};

/* --- pages ------------------------------------------------------------------------------------ */

/* ?1 person; ?2 to ?8 the filters, ?9 and ?10 where to go on from, ?11 how many. */
SQL(listed,
    "SELECT e.id FROM event e WHERE e.ends_at > ?2 AND e.starts_at < ?3"
    " AND (e.starts_at, e.id) > (?9, ?10) AND (?8 OR e.state <> 'draft')"
    " AND (?6 IS NULL OR e.kind = ?6)"
    " AND (?4 IS NULL OR e.club = ?4 OR EXISTS (SELECT 1 FROM event_club c"
    " WHERE c.event = e.id AND c.club = ?4))"
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM event_theme t WHERE t.event = e.id AND t.theme = "
    "?5))"
    " AND (NOT ?7 OR EXISTS (SELECT 1 FROM registration m WHERE m.event = e.id AND m.person = ?1"
    " AND m.state IN ('invited', 'asked', 'waiting', 'offered', 'seated')))"
    " AND " EVENT_SEEN_BY " ORDER BY e.starts_at, e.id LIMIT ?11");

static void find(struct tx *tx, const struct event_list *in, const struct place *after,
                 struct ids *out)
{
    const char *kind = in->kind ? any_kind_words[in->kind] : NULL;
    int64_t to = in->to ? in->to : INT64_MAX;
    ids_read(tx,
             db_select(tx->db, &listed, tx->actor.person, in->from, to, db_id(in->club),
                       db_id(in->theme), kind, in->mine, in->drafts, after->key, after->id,
                       in->limit + 1),
             out);
}

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct event_list *in = in_;
    struct event_list_out *out = out_;
    struct place after;
    struct ids ids = {0};
    enum err err = place_read(tx, in->cursor, (struct place){-1, 0}, &after);
    if (err) {
        return err;
    }
    find(tx, in, &after, &ids);
    struct event *events = ARENA_ARRAY(tx->arena, struct event, ids.count);
    struct event_mine *mine = ARENA_ARRAY(tx->arena, struct event_mine, ids.count);
    size_t limit = (size_t)in->limit, count = 0, bytes = 0;
    for (; count < ids.count && count < limit && bytes <= LIMIT_PAGE_BYTES; count++) {
        event_load(tx, ids.items[count], &events[count]);
        event_mine_load(tx, tx->actor.person, ids.items[count], &mine[count]);
        bytes += strlen(events[count].description) + strlen(events[count].nodes);
    }
    if (count < ids.count) {
        const struct event *last = &events[count - 1];
        out->next = place_write(tx, (struct place){last->starts_at, last->id});
    }
    out->events = (struct list){events, count};
    out->mine = (struct list){mine, count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command event_list_command = {
    .name = "event.list",
    .doc = "Events the person sees, by their start.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct event_list),
    .out = list_out,
    .out_bytes = sizeof(struct event_list_out),
    .run = list_run,
};
