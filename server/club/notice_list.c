/* notice.list and notice.see: what concerns a person, and up to where they have seen it. */
#include "club/audience.h"
#include "club/notice.h"
#include "club/rows.h"
#include "store/journal.h"

/* --- a notice as the person has it ------------------------------------------------------------ */

struct notice_event {
    int64_t id;
    const char *title;
    int64_t starts_at, ends_at;
    int zone;
    bool all_day;
    enum event_state state;
};
static const struct field notice_event_fields[] = {
    FIELD_ID(struct notice_event, id, "Event"),
    FIELD_LINE(struct notice_event, title, 1, LIMIT_TITLE_CHARS, "Its title now"),
    FIELD_TIME(struct notice_event, starts_at, "Start"),
    FIELD_TIME(struct notice_event, ends_at, "End"),
    FIELD_CHOICE(struct notice_event, zone, &zone_choice, "Time zone"),
    FIELD_BOOL_OPT(struct notice_event, all_day, "Whole days"),
    FIELD_CHOICE(struct notice_event, state, &event_state_choice, "Its state now"),
    FIELD_END,
};
struct notice_resource {
    int64_t id;
    const char *title;
    enum resource_kind kind;
    enum resource_state state;
};
static const struct field notice_resource_fields[] = {
    FIELD_ID(struct notice_resource, id, "Resource"),
    FIELD_LINE(struct notice_resource, title, 1, LIMIT_TITLE_CHARS, "Its title now"),
    FIELD_CHOICE(struct notice_resource, kind, &resource_kind_choice, "Its kind now"),
    FIELD_CHOICE(struct notice_resource, state, &resource_state_choice, "Its state now"),
    FIELD_END,
};
struct notice {
    int64_t id;
    enum notice_kind kind;
    const struct notice_event *event;
    const struct notice_resource *resource;
    const char *detail;
    int64_t at;
};
static const struct field notice_fields[] = {
    FIELD_ID(struct notice, id, "Notice; later ones are greater"),
    FIELD_CHOICE(struct notice, kind, &notice_kind_choice, "What it says"),
    FIELD_OBJECT_OPT(struct notice, event, notice_event, notice_event_fields, "About which event"),
    FIELD_OBJECT_OPT(struct notice, resource, notice_resource, notice_resource_fields,
                     "Or about which resource"),
    FIELD_TEXT_OPT(struct notice, detail, 1, LIMIT_BODY_CHARS,
                   "What changed, the reason; of a reminder \"week\", \"day\" or \"hour\""),
    FIELD_TIME(struct notice, at, "When"),
    FIELD_END,
};

/* Who asks to come is for those who run the event, as long as they do; what else is about an event
 * is about one's own registration, and by that one sees it for good. A resource is for who sees it,
 * that it is proposed for who keeps the shelf, as long as they do. */
#define NOTICE                                                                                     \
    "SELECT n.id, n.kind, n.detail, n.at, e.id, e.title, e.starts_at, e.ends_at, e.zone,"          \
    " e.all_day, e.state, r.id, r.title, r.kind, r.state FROM notice n"                            \
    " LEFT JOIN event e ON e.id = n.event LEFT JOIN resource r ON r.id = n.resource"               \
    " WHERE n.person = ?1 AND (n.kind <> 'asked' OR " EVENT_RUN_BY ")"                             \
    " AND (n.resource IS NULL OR " RESOURCE_SEEN_BY ")"                                            \
    " AND (n.kind <> 'proposed' OR " RESOURCE_KEPT_BY ") AND "
SQL(notice_row, NOTICE "n.id = ?2");
SQL(notice_page, NOTICE "n.id < ?2 ORDER BY n.id DESC LIMIT ?3");

static const struct notice_event *read_event(struct tx *tx, const struct rows *rows)
{
    if (rows_is_null(rows, 4)) {
        return NULL;
    }
    struct notice_event *event = ARENA_NEW(tx->arena, struct notice_event);
    *event = (struct notice_event){
        .id = rows_int(rows, 4),
        .title = rows_copy(rows, 5, tx->arena),
        .starts_at = rows_int(rows, 6),
        .ends_at = rows_int(rows, 7),
        .zone = choice_index(&zone_choice, rows_text(rows, 8)),
        .all_day = rows_int(rows, 9) != 0,
        .state = (enum event_state)rows_word(rows, 10, &event_state_choice),
    };
    return event;
}

static const struct notice_resource *read_resource(struct tx *tx, const struct rows *rows)
{
    if (rows_is_null(rows, 11)) {
        return NULL;
    }
    struct notice_resource *resource = ARENA_NEW(tx->arena, struct notice_resource);
    *resource = (struct notice_resource){
        .id = rows_int(rows, 11),
        .title = rows_copy(rows, 12, tx->arena),
        .kind = (enum resource_kind)rows_word(rows, 13, &resource_kind_choice),
        .state = (enum resource_state)rows_word(rows, 14, &resource_state_choice),
    };
    return resource;
}

static struct notice read_notice(struct tx *tx, const struct rows *rows)
{
    return (struct notice){
        .id = rows_int(rows, 0),
        .kind = (enum notice_kind)rows_word(rows, 1, &notice_kind_choice),
        .event = read_event(tx, rows),
        .resource = read_resource(tx, rows),
        .detail = rows_some(tx, rows, 2),
        .at = rows_int(rows, 3),
    };
}

/* --- notice.added ----------------------------------------------------------------------------- */

struct notice_added {
    const struct notice *notice;
};
static const struct field added_out[] = {
    FIELD_OBJECT(struct notice_added, notice, notice, notice_fields, "The notice"),
    FIELD_END,
};

static bool added_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct notice_added *out = out_;
    struct notice *notice = ARENA_NEW(tx->arena, struct notice);
    struct rows rows = db_select(tx->db, &notice_row, audience_id(audience), entity);
    if (!rows_next(&rows)) {
        return false;
    }
    *notice = read_notice(tx, &rows);
    rows_end(&rows);
    out->notice = notice;
    return true;
}

const struct fact notice_added_fact = {
    .name = "notice.added",
    .doc = "Something about an event or a resource concerns the person.",
    .out = added_out,
    .out_bytes = sizeof(struct notice_added),
    .load = added_load,
};

/* --- notice.list ------------------------------------------------------------------------------ */

struct notice_list {
    int64_t cursor, limit;
};
static const struct field list_in[] = {
    FIELD_ID_OPT(struct notice_list, cursor, "`next` of the page before"),
    FIELD_INT_OR(struct notice_list, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Notices in a page"),
    FIELD_END,
};
struct notice_page {
    int64_t seq, position;
    struct list notices;
    int64_t next;
};
static const struct field list_out[] = {
    FIELD_INT(struct notice_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_INT(struct notice_page, position, 0, INT64_MAX, "Last notice seen"),
    FIELD_LIST(struct notice_page, notices, notice, notice_fields, 0, LIMIT_LIST_MAX,
               "What concerns the person, the last one first"),
    FIELD_ID_OPT(struct notice_page, next, "There is another page: `cursor` for it"),
    FIELD_END,
};

SQL(seen, "SELECT position FROM notice_seen WHERE person = ?1");

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct notice_list *in = in_;
    struct notice_page *out = out_;
    struct {
        struct notice *items;
        size_t count, capacity;
    } notices = {0};
    int64_t last = 0;
    struct rows rows = db_select(tx->db, &notice_page, tx->actor.person,
                                 in->cursor ? in->cursor : INT64_MAX, in->limit + 1);
    while (rows_next(&rows)) {
        if (notices.count == (size_t)in->limit) {
            out->next = last;
            rows_end(&rows);
            break;
        }
        struct notice notice = read_notice(tx, &rows);
        ARENA_PUSH(tx->arena, &notices, notice);
        last = notice.id;
    }
    out->notices = (struct list){notices.items, notices.count};
    out->position = db_int(tx->db, &seen, 0, tx->actor.person);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command notice_list_command = {
    .name = "notice.list",
    .doc = "What concerns the person in events and in the library, the last first.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = list_in,
    .in_bytes = sizeof(struct notice_list),
    .out = list_out,
    .out_bytes = sizeof(struct notice_page),
    .run = list_run,
};

/* --- notice.see ------------------------------------------------------------------------------- */

struct notice_see {
    int64_t position;
};
static const struct field see_fields[] = {
    FIELD_INT(struct notice_see, position, 0, INT64_MAX, "Last notice seen; never goes back"),
    FIELD_END,
};

static bool seen_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)entity;
    ((struct notice_see *)out_)->position = db_int(tx->db, &seen, 0, audience_id(audience));
    return true;
}

const struct fact notice_seen_fact = {
    .name = "notice.seen",
    .doc = "The person has seen their notices up to this one, on one of their devices.",
    .out = see_fields,
    .out_bytes = sizeof(struct notice_see),
    .load = seen_load,
};

SQL(last_notice, "SELECT max(id) FROM notice WHERE person = ?1");
SQL(see, "INSERT INTO notice_seen (person, position) VALUES (?1, ?2)"
         " ON CONFLICT DO UPDATE SET position = excluded.position"
         " WHERE excluded.position > position");

/* No further than there are notices: what is still to come is not seen yet. */
static enum err see_run(struct tx *tx, const void *in_, void *out)
{
    const struct notice_see *in = in_;
    int64_t last = db_int(tx->db, &last_notice, 0, tx->actor.person);
    (void)out;
    db_run(tx->db, &see, tx->actor.person, in->position < last ? in->position : last);
    if (db_changed(tx->db)) {
        mark_note(tx, &notice_seen_fact, tx->actor.person, 0);
    }
    return ERR_NONE;
}

const struct command notice_see_command = {
    .name = "notice.see",
    .doc = "Say up to where the notices are seen.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = see_fields,
    .in_bytes = sizeof(struct notice_see),
    .out = no_fields,
    .facts = (const struct fact *const[]){&notice_seen_fact, NULL},
    .run = see_run,
};
