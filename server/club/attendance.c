/* attendance.set and attendance.log: who was there, and who said so. */
#include "club/attendance.h"

#include "club/audience.h"
#include "club/person.h"
#include "club/registration.h"
#include "store/journal.h"

enum maybe presence_at(const struct rows *rows, int column)
{
    if (rows_is_null(rows, column)) {
        return MAYBE_UNSAID;
    }
    return rows_int(rows, column) ? MAYBE_TRUE : MAYBE_FALSE;
}

struct db_value presence_value(enum maybe present)
{
    return present == MAYBE_UNSAID ? db_null() : db_value_int(present == MAYBE_TRUE);
}

/* --- counts ----------------------------------------------------------------------------------- */

const struct field attendance_counts_fields[] = {
    FIELD_INT(struct attendance_counts, invited, 0, INT64_MAX, "Were invited, whatever came of it"),
    FIELD_INT(struct attendance_counts, asked, 0, INT64_MAX, "Wait for approval"),
    FIELD_INT(struct attendance_counts, registered, 0, INT64_MAX,
              "Have a seat, or one is held for them"),
    FIELD_INT(struct attendance_counts, waiting, 0, INT64_MAX, "Are in the waiting list"),
    FIELD_INT(struct attendance_counts, present, 0, INT64_MAX, "Were there"),
    FIELD_END,
};

struct attendance_counts attendance_counts_at(const struct rows *rows, int column)
{
    return (struct attendance_counts){
        .invited = rows_int(rows, column),
        .asked = rows_int(rows, column + 1),
        .registered = rows_int(rows, column + 2),
        .waiting = rows_int(rows, column + 3),
        .present = rows_int(rows, column + 4),
    };
}

SQL(counts_of, "SELECT " ATTENDANCE_COUNTS " FROM registration r WHERE r.event = ?1");

struct attendance_counts attendance_counts_of(struct tx *tx, int64_t event)
{
    struct attendance_counts counts = {0};
    struct rows rows = db_select(tx->db, &counts_of, event);
    if (rows_next(&rows)) {
        counts = attendance_counts_at(&rows, 0);
        rows_end(&rows);
    }
    return counts;
}

/* --- attendance.changed ----------------------------------------------------------------------- */

struct attendance {
    int64_t event, person;
    enum maybe present;
};
static const struct field attendance_fields[] = {
    FIELD_ID(struct attendance, event, "Event"),
    FIELD_ID(struct attendance, person, "Who is registered for it, in whatever state"),
    FIELD_MAYBE(struct attendance, present, "Were they there; absent: not ticked, or no longer"),
    FIELD_END,
};

SQL(row, "SELECT event, person, present FROM registration WHERE id = ?1 AND person IS NOT NULL");

static bool attendance_load(struct tx *tx, int64_t audience, int64_t registration, void *out_)
{
    struct attendance *out = out_;
    struct event_head head = {0};
    struct rows rows = db_select(tx->db, &row, registration);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct attendance){rows_int(&rows, 0), rows_int(&rows, 1), presence_at(&rows, 2)};
    rows_end(&rows);
    return event_find(tx, audience_id(audience), out->event, &head) &&
           (head.can & EVENT_CAN_MANAGE);
}

const struct fact attendance_changed_fact = {
    .name = "attendance.changed",
    .doc = "Who runs an event ticked that somebody was there, or was not, or took the tick back.",
    .out = attendance_fields,
    .out_bytes = sizeof(struct attendance),
    .load = attendance_load,
};

/* --- attendance.set --------------------------------------------------------------------------- */

SQL(set_present, "UPDATE registration SET present = ?2 WHERE id = ?1 AND present IS NOT ?2");
SQL(log_tick, "INSERT INTO attendance (registration, present, by, at) VALUES (?1, ?2, ?3, ?4)");

static void tell(struct tx *tx, const struct registration *registration)
{
    struct ids runners = {0};
    event_runners(tx, registration->event, &runners);
    for (size_t i = 0; i < runners.count; i++) {
        fact_note(tx, &attendance_changed_fact, audience_person(runners.items[i]),
                  registration->id);
    }
}

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    const struct attendance *in = in_;
    struct registration registration;
    (void)out;
    if (!registration_find(tx, in->event, in->person, &registration)) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    db_run(tx->db, &set_present, registration.id, presence_value(in->present));
    if (db_changed(tx->db)) {
        db_run(tx->db, &log_tick, registration.id, presence_value(in->present),
               db_id(tx->actor.person), tx->now_ms);
        tell(tx, &registration);
    }
    return ERR_NONE;
}

const struct command attendance_set_command = {
    .name = "attendance.set",
    .doc = "Tick that somebody was at an event, or was not, or take the tick back; each is logged.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = attendance_fields,
    .in_bytes = sizeof(struct attendance),
    .out = no_fields,
    .facts = (const struct fact *const[]){&attendance_changed_fact, NULL},
    .run = set_run,
};

/* --- attendance.log --------------------------------------------------------------------------- */

struct attendance_log {
    int64_t event, cursor, limit;
};
static const struct field log_in[] = {
    FIELD_ID(struct attendance_log, event, "Event"),
    FIELD_ID_OPT(struct attendance_log, cursor, "`next` of the page before"),
    FIELD_INT_OR(struct attendance_log, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Ticks in a page"),
    FIELD_END,
};
struct attendance_tick {
    int64_t id;
    const struct person_name *person;
    enum maybe present;
    const struct person_name *by;
    int64_t at;
};
static const struct field tick_fields[] = {
    FIELD_ID(struct attendance_tick, id, "Tick; later ones are greater"),
    FIELD_OBJECT_OPT(struct attendance_tick, person, person_name, person_name_fields,
                     "Of whom; absent once erased"),
    FIELD_MAYBE(struct attendance_tick, present,
                "What was ticked; absent: the tick was taken back"),
    FIELD_OBJECT_OPT(struct attendance_tick, by, person_name, person_name_fields,
                     "By whom; absent once erased"),
    FIELD_TIME(struct attendance_tick, at, "When"),
    FIELD_END,
};
struct attendance_page {
    int64_t seq;
    struct list ticks;
    int64_t next;
};
static const struct field log_out[] = {
    FIELD_INT(struct attendance_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct attendance_page, ticks, attendance_tick, tick_fields, 0, LIMIT_LIST_MAX,
               "Every tick and correction, the last first"),
    FIELD_ID_OPT(struct attendance_page, next, "There is another page: `cursor` for it"),
    FIELD_END,
};

SQL(ticks, "SELECT a.id, a.present, a.at, p.id, p.name, b.id, b.name FROM registration r"
           " JOIN attendance a ON a.registration = r.id LEFT JOIN person p ON p.id = r.person"
           " LEFT JOIN person b ON b.id = a.by WHERE r.event = ?1 AND a.id < ?2"
           " ORDER BY a.id DESC LIMIT ?3");

static const struct person_name *name_at(struct tx *tx, const struct rows *rows, int column)
{
    if (rows_is_null(rows, column)) {
        return NULL;
    }
    struct person_name *name = ARENA_NEW(tx->arena, struct person_name);
    *name = (struct person_name){rows_int(rows, column), rows_copy(rows, column + 1, tx->arena)};
    return name;
}

static enum err log_run(struct tx *tx, const void *in_, void *out_)
{
    const struct attendance_log *in = in_;
    struct attendance_page *out = out_;
    struct {
        struct attendance_tick *items;
        size_t count, capacity;
    } list = {0};
    int64_t last = 0;
    struct rows rows =
        db_select(tx->db, &ticks, in->event, in->cursor ? in->cursor : INT64_MAX, in->limit + 1);
    while (rows_next(&rows)) {
        if (list.count == (size_t)in->limit) {
            out->next = last;
            rows_end(&rows);
            break;
        }
        struct attendance_tick tick = {
            .id = rows_int(&rows, 0),
            .present = presence_at(&rows, 1),
            .at = rows_int(&rows, 2),
            .person = name_at(tx, &rows, 3),
            .by = name_at(tx, &rows, 5),
        };
        ARENA_PUSH(tx->arena, &list, tick);
        last = tick.id;
    }
    out->ticks = (struct list){list.items, list.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command attendance_log_command = {
    .name = "attendance.log",
    .doc = "Who ticked what about whom at an event, corrections included.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = log_in,
    .in_bytes = sizeof(struct attendance_log),
    .out = log_out,
    .out_bytes = sizeof(struct attendance_page),
    .run = log_run,
};
