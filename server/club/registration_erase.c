/* What becomes of a person's part in events when they are erased. */
#include "club/registration.h"

/* Of events that are not over: a seat of one that is past was taken, and is counted. */
SQL(to_come, "SELECT r.id FROM registration r JOIN event e ON e.id = r.event WHERE r.person = ?1"
             " AND r.state IN ('invited', 'asked', 'waiting', 'offered', 'seated')"
             " AND e.ends_at > ?2 AND e.state = 'published' ORDER BY r.id");
SQL(cancel, "UPDATE registration SET state = 'cancelled', held_until = NULL, changed_at = ?2"
            " WHERE id = ?1");
SQL(drop_answers, "DELETE FROM answer WHERE registration IN"
                  " (SELECT id FROM registration WHERE person = ?1)");
SQL(forget_registered, "UPDATE registration SET person = NULL WHERE person = ?1");
SQL(forget_registrar, "UPDATE registration SET registered_by = NULL WHERE registered_by = ?1");
SQL(forget_ticker, "UPDATE attendance SET by = NULL WHERE by = ?1");
SQL(forget_maker, "UPDATE event SET created_by = NULL WHERE created_by = ?1");
SQL(drop_notices, "DELETE FROM notice WHERE person = ?1");
SQL(drop_seen, "DELETE FROM notice_seen WHERE person = ?1");
SQL(drop_refused, "DELETE FROM reminder_refused WHERE person = ?1");
SQL(drop_feeds, "DELETE FROM feed WHERE person = ?1");

/* Not registration_move(): nobody is left to be told, by notice or by letter. */
static void leave(struct tx *tx, const struct registration *registration)
{
    due_set(tx, &registration_lapse_command, registration->id, INT64_MAX);
    db_run(tx->db, &cancel, registration->id, tx->now_ms);
    event_count_soon(tx, registration->event);
    if (registration_has_seat(registration->state)) {
        seats_settle(tx, registration->event);
    }
}

void registrations_erase(struct tx *tx, int64_t person)
{
    static const struct sql *const by_person[] = {
        &drop_answers, &forget_registered, &forget_registrar, &forget_ticker, &forget_maker,
        &drop_notices, &drop_seen,         &drop_refused,     &drop_feeds,
    };
    struct ids ids = {0};
    ids_read(tx, db_select(tx->db, &to_come, person, tx->now_ms), &ids);
    for (size_t i = 0; i < ids.count; i++) {
        struct registration registration;
        if (registration_by_id(tx, ids.items[i], &registration)) {
            leave(tx, &registration);
        }
    }
    for (size_t i = 0; i < sizeof by_person / sizeof *by_person; i++) {
        db_run(tx->db, by_person[i], person);
    }
}
