/* attendance.summary: what an event, or all events of a Club, counted; from rows, never typed. */
#include "club/attendance.h"
#include "store/journal.h"

struct attendance_summary_in {
    int64_t event, club, from, to;
};
static const struct field summary_in[] = {
    FIELD_ID_OPT(struct attendance_summary_in, event, "One event; or"),
    FIELD_ID_OPT(struct attendance_summary_in, club, "all published events of a Club"),
    FIELD_TIME_OPT(struct attendance_summary_in, from, "Of a Club's, those that start from here"),
    FIELD_TIME_OPT(struct attendance_summary_in, to, "and before this"),
    FIELD_END,
};

struct role_counts {
    enum role role;
    const struct attendance_counts *counts;
};
static const struct field role_fields[] = {
    FIELD_CHOICE(struct role_counts, role, &role_choice, "Role they came in"),
    FIELD_OBJECT(struct role_counts, counts, attendance_counts, attendance_counts_fields,
                 "Of that role"),
    FIELD_END,
};
struct departement_counts {
    const char *departement, *name;
    const struct attendance_counts *counts;
};
static const struct field departement_fields[] = {
    FIELD_LINE_OPT(struct departement_counts, departement, 1, LIMIT_NAME_CHARS,
                   "Its code; absent: the national Club"),
    FIELD_LINE_OPT(struct departement_counts, name, 1, LIMIT_NAME_CHARS, "Its name"),
    FIELD_OBJECT(struct departement_counts, counts, attendance_counts, attendance_counts_fields,
                 "Of those who came from there"),
    FIELD_END,
};
struct event_counts {
    int64_t event;
    const char *title;
    int64_t starts_at;
    int64_t capacity;
    const struct attendance_counts *counts;
};
static const struct field event_counts_fields[] = {
    FIELD_ID(struct event_counts, event, "Event"),
    FIELD_LINE(struct event_counts, title, 1, LIMIT_TITLE_CHARS, "Its title"),
    FIELD_TIME(struct event_counts, starts_at, "Start"),
    FIELD_INT_OPT(struct event_counts, capacity, 1, LIMIT_EVENT_CAPACITY,
                  "Seats; absent: no limit"),
    FIELD_OBJECT(struct event_counts, counts, attendance_counts, attendance_counts_fields,
                 "Of that event"),
    FIELD_END,
};
struct attendance_summary {
    int64_t seq, events_count;
    const struct attendance_counts *total;
    struct list roles, departements, events;
};
static const struct field summary_out[] = {
    FIELD_INT(struct attendance_summary, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_INT(struct attendance_summary, events_count, 0, INT64_MAX, "Events counted"),
    FIELD_OBJECT(struct attendance_summary, total, attendance_counts, attendance_counts_fields,
                 "In all"),
    FIELD_LIST(struct attendance_summary, roles, role_counts, role_fields, 0, LIMIT_LIST_MAX,
               "By role, those who have any"),
    FIELD_LIST(struct attendance_summary, departements, departement_counts, departement_fields, 0,
               INT64_MAX, "By département, those who have any"),
    FIELD_LIST_OPT(struct attendance_summary, events, event_counts, event_counts_fields, 0,
                   LIMIT_LIST_MAX, "Of a Club's, the latest hundred, the last first"),
    FIELD_END,
};

/* ?1 the event, or 0; ?2 the Club, ?3 and ?4 between which starts. */
#define COUNTED                                                                                    \
    " FROM event e JOIN registration r ON r.event = e.id WHERE (?1 <> 0 AND e.id = ?1"             \
    " OR ?1 = 0 AND e.club = ?2 AND e.state = 'published' AND e.starts_at >= ?3"                   \
    " AND e.starts_at < ?4)"
SQL(in_all, "SELECT " ATTENDANCE_COUNTS COUNTED);
SQL(by_role, "SELECT " ATTENDANCE_COUNTS ", r.role" COUNTED " GROUP BY r.role");
SQL(by_departement,
    "SELECT " ATTENDANCE_COUNTS ", r.departement, (SELECT d.name FROM departement d"
    " WHERE d.code = r.departement)" COUNTED " GROUP BY r.departement ORDER BY r.departement");
SQL(events_of, "SELECT e.id FROM event e WHERE (?1 <> 0 AND e.id = ?1 OR ?1 = 0 AND e.club = ?2"
               " AND e.state = 'published' AND e.starts_at >= ?3 AND e.starts_at < ?4)"
               " ORDER BY e.starts_at DESC, e.id DESC");
SQL(event_row, "SELECT title, starts_at, capacity FROM event WHERE id = ?1");

static struct rows run_query(struct tx *tx, const struct sql *sql,
                             const struct attendance_summary_in *in)
{
    return db_select(tx->db, sql, in->event, in->club, in->from, in->to ? in->to : INT64_MAX);
}

static const struct attendance_counts *counts_at(struct tx *tx, const struct rows *rows)
{
    struct attendance_counts *counts = ARENA_NEW(tx->arena, struct attendance_counts);
    *counts = attendance_counts_at(rows, 0);
    return counts;
}

static const struct attendance_counts *read_total(struct tx *tx,
                                                  const struct attendance_summary_in *in)
{
    struct rows rows = run_query(tx, &in_all, in);
    const struct attendance_counts *counts = NULL;
    while (rows_next(&rows)) {
        counts = counts_at(tx, &rows);
    }
    return counts;
}

static struct list read_roles(struct tx *tx, const struct attendance_summary_in *in)
{
    struct {
        struct role_counts *items;
        size_t count, capacity;
    } roles = {0};
    for (struct rows rows = run_query(tx, &by_role, in); rows_next(&rows);) {
        struct role_counts role = {
            (enum role)choice_index(&role_choice, rows_text(&rows, ATTENDANCE_COUNT_COLUMNS)),
            counts_at(tx, &rows)};
        ARENA_PUSH(tx->arena, &roles, role);
    }
    return (struct list){roles.items, roles.count};
}

static struct list read_departements(struct tx *tx, const struct attendance_summary_in *in)
{
    struct {
        struct departement_counts *items;
        size_t count, capacity;
    } list = {0};
    for (struct rows rows = run_query(tx, &by_departement, in); rows_next(&rows);) {
        const char *code = rows_copy(&rows, ATTENDANCE_COUNT_COLUMNS, tx->arena);
        struct departement_counts item = {
            .departement = *code ? code : NULL,
            .name = rows_copy(&rows, ATTENDANCE_COUNT_COLUMNS + 1, tx->arena),
            .counts = counts_at(tx, &rows),
        };
        ARENA_PUSH(tx->arena, &list, item);
    }
    return (struct list){list.items, list.count};
}

static struct event_counts count_event(struct tx *tx, int64_t event)
{
    struct attendance_counts *counts = ARENA_NEW(tx->arena, struct attendance_counts);
    struct event_counts counted = {.event = event, .counts = counts};
    *counts = attendance_counts_of(tx, event);
    struct rows rows = db_select(tx->db, &event_row, event);
    if (rows_next(&rows)) {
        counted.title = rows_copy(&rows, 0, tx->arena);
        counted.starts_at = rows_int(&rows, 1);
        counted.capacity = rows_int(&rows, 2);
        rows_end(&rows);
    }
    return counted;
}

static struct list read_events(struct tx *tx, const struct ids *ids)
{
    struct {
        struct event_counts *items;
        size_t count, capacity;
    } events = {0};
    for (size_t i = 0; i < ids->count && i < LIMIT_LIST_MAX; i++) {
        struct event_counts counted = count_event(tx, ids->items[i]);
        ARENA_PUSH(tx->arena, &events, counted);
    }
    return (struct list){events.items, events.count};
}

/* Each has its own right; exactly one of them is asked about. */
static enum err check(struct tx *tx, const struct attendance_summary_in *in)
{
    if (!in->event == !in->club) {
        return tx_fail(tx, in->event ? ERR_UNKNOWN : ERR_MISSING, in->event ? "club" : "event",
                       NULL);
    }
    return in->event ? may(tx, RIGHT_EVENT_MANAGE, in->event)
                     : may(tx, RIGHT_CLUB_MANAGE, in->club);
}

static enum err summary_run(struct tx *tx, const void *in_, void *out_)
{
    const struct attendance_summary_in *in = in_;
    struct attendance_summary *out = out_;
    struct ids events = {0};
    enum err err = check(tx, in);
    if (err) {
        return err;
    }
    ids_read(tx, run_query(tx, &events_of, in), &events);
    out->total = read_total(tx, in);
    out->roles = read_roles(tx, in);
    out->departements = read_departements(tx, in);
    out->events = in->club ? read_events(tx, &events) : (struct list){0};
    out->events_count = (int64_t)events.count;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command attendance_summary_command = {
    .name = "attendance.summary",
    .doc = "How many were invited, registered, waiting and present at an event or in all of a "
           "Club's, by role and by département.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON, /* then that of the event or the Club */
    .in = summary_in,
    .in_bytes = sizeof(struct attendance_summary_in),
    .out = summary_out,
    .out_bytes = sizeof(struct attendance_summary),
    .run = summary_run,
};
