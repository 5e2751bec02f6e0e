/* event.remind: reminders a week, a day and an hour before, to who comes and did not refuse them;
 * reminder.get, reminder.set: which ones a person wants.
 *
 * An event has one hour ahead of it in the list of what is due: its next stage. What was given is
 * seen by the notices, so that each stage is given once whatever happens; of several that passed
 * while the server was stopped only the latest is. */
#include "base/zone.h"
#include "club/event_life.h"
#include "club/notice.h"

enum { MORNING_HOUR = 9, STAGES = 3 };

/* Of a whole day: in the morning, so many days before; an hour before midnight helps nobody. */
static const struct stage {
    const char *word;
    int64_t before_ms;
    int days; /* 0: not of a whole day */
} stages[STAGES] = {{"week", 7 * MS_PER_DAY, 7}, {"day", MS_PER_DAY, 1}, {"hour", MS_PER_HOUR, 0}};

struct reminded {
    int64_t starts_at;
    const struct zone *zone;
    bool published, all_day;
};

SQL(event_row, "SELECT starts_at, zone, state = 'published', all_day FROM event WHERE id = ?1");

static bool load(struct tx *tx, int64_t event, struct reminded *out)
{
    struct rows rows = db_select(tx->db, &event_row, event);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct reminded){
        .starts_at = rows_int(&rows, 0),
        .zone = zone_find(rows_text(&rows, 1)),
        .published = rows_int(&rows, 2) != 0,
        .all_day = rows_int(&rows, 3) != 0,
    };
    rows_end(&rows);
    return true;
}

/* When a stage comes; INT64_MAX: never. */
static int64_t stage_at(const struct reminded *event, const struct stage *stage)
{
    if (!event->all_day) {
        return event->starts_at - stage->before_ms;
    }
    if (stage->days == 0) {
        return INT64_MAX;
    }
    struct local_time local = zone_local(event->zone, event->starts_at);
    local.day -= stage->days;
    local.hour = MORNING_HOUR;
    local.second = 0;
    local.minute = 0;
    return zone_instant(event->zone, &local);
}

static bool is_to_come(const struct tx *tx, const struct reminded *event)
{
    return event->published && event->starts_at > tx->now_ms;
}

static int64_t next_at(const struct tx *tx, const struct reminded *event)
{
    int64_t next = INT64_MAX;
    for (int i = 0; is_to_come(tx, event) && i < STAGES; i++) {
        int64_t at = stage_at(event, &stages[i]);
        next = at > tx->now_ms && at < next ? at : next;
    }
    return next;
}

void event_remind_plan(struct tx *tx, int64_t event)
{
    struct reminded reminded;
    if (load(tx, event, &reminded)) {
        due_set(tx, &event_remind_command, event, next_at(tx, &reminded));
    }
}

/* --- event.remind ----------------------------------------------------------------------------- */

/* ?2 stage, ?3 when it came. */
SQL(to_remind, "SELECT r.person FROM registration r WHERE r.event = ?1 AND r.state = 'seated'"
               " AND r.person IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reminder_refused f"
               " WHERE f.person = r.person AND f.stage = ?2)"
               " AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person = r.person AND n.event = ?1"
               " AND n.kind = 'reminder' AND n.detail = ?2 AND n.at >= ?3) ORDER BY r.person");

static void give(struct tx *tx, int64_t event, const struct stage *stage, int64_t at)
{
    struct ids people = {0};
    ids_read(tx, db_select(tx->db, &to_remind, event, stage->word, at), &people);
    for (size_t i = 0; i < people.count; i++) {
        notice_give(tx, people.items[i], NOTICE_REMINDER, event, stage->word);
    }
}

/* The one that came last; NULL if none has come yet. */
static const struct stage *latest(const struct tx *tx, const struct reminded *event,
                                  int64_t *at_out)
{
    const struct stage *found = NULL;
    for (int i = 0; is_to_come(tx, event) && i < STAGES; i++) {
        int64_t at = stage_at(event, &stages[i]);
        if (at <= tx->now_ms && (!found || at >= *at_out)) {
            found = &stages[i];
            *at_out = at;
        }
    }
    return found;
}

struct event_remind {
    int64_t event;
};
static const struct field remind_in[] = {
    FIELD_ID(struct event_remind, event, "Event"),
    FIELD_END,
};

static enum err remind_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_remind *in = in_;
    struct reminded event;
    int64_t at = 0;
    (void)out;
    if (!load(tx, in->event, &event)) {
        return ERR_NONE;
    }
    const struct stage *stage = latest(tx, &event, &at);
    if (stage) {
        give(tx, in->event, stage, at);
    }
    event_remind_plan(tx, in->event);
    return ERR_NONE;
}

const struct command event_remind_command = {
    .name = "event.remind",
    .doc = "Remind who comes to an event, a week, a day and an hour before it.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .operator_only = true,
    .in = remind_in,
    .in_bytes = sizeof(struct event_remind),
    .out = no_fields,
    .facts = (const struct fact *const[]){&notice_added_fact, NULL},
    .run = remind_run,
};

/* --- reminder.get, reminder.set --------------------------------------------------------------- */

struct reminders {
    bool week, day, hour;
};
static const struct field reminders_fields[] = {
    FIELD_BOOL(struct reminders, week, "A week before"),
    FIELD_BOOL(struct reminders, day, "A day before"),
    FIELD_BOOL(struct reminders, hour, "An hour before"),
    FIELD_END,
};

SQL(is_refused, "SELECT 1 FROM reminder_refused WHERE person = ?1 AND stage = ?2");

static bool wants(struct tx *tx, const char *stage)
{
    return !db_int(tx->db, &is_refused, 0, tx->actor.person, stage);
}

static enum err get_run(struct tx *tx, const void *in, void *out)
{
    (void)in;
    *(struct reminders *)out =
        (struct reminders){wants(tx, "week"), wants(tx, "day"), wants(tx, "hour")};
    return ERR_NONE;
}

const struct command reminder_get_command = {
    .name = "reminder.get",
    .doc = "Which reminders of events the person wants.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = reminders_fields,
    .out_bytes = sizeof(struct reminders),
    .run = get_run,
};

SQL(refuse, "INSERT OR IGNORE INTO reminder_refused (person, stage) VALUES (?1, ?2)");
SQL(accept, "DELETE FROM reminder_refused WHERE person = ?1 AND stage = ?2");

static enum err set_run(struct tx *tx, const void *in, void *out)
{
    const struct reminders *asked = in;
    (void)out;
    db_run(tx->db, asked->week ? &accept : &refuse, tx->actor.person, "week");
    db_run(tx->db, asked->day ? &accept : &refuse, tx->actor.person, "day");
    db_run(tx->db, asked->hour ? &accept : &refuse, tx->actor.person, "hour");
    return ERR_NONE;
}

const struct command reminder_set_command = {
    .name = "reminder.set",
    .doc = "Choose which reminders of events to get, by mail and in the page.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = reminders_fields,
    .in_bytes = sizeof(struct reminders),
    .out = no_fields,
    .run = set_run,
};
