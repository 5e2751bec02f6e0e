#include "club/registration.h"

#include "club/audience.h"

/* --- rows ------------------------------------------------------------------------------------- */

SQL(seating_row,
    "SELECT state, registration, capacity, coalesce(deadline_at, starts_at), starts_at,"
    " ends_at, hold_hours FROM event WHERE id = ?1");

bool seating_load(struct tx *tx, int64_t event, struct seating *out)
{
    struct rows rows = db_select(tx->db, &seating_row, event);
    *out = (struct seating){.event = event};
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct seating){
        .event = event,
        .state = (enum event_state)choice_index(&event_state_choice, rows_text(&rows, 0)),
        .mode =
            (enum registration_mode)choice_index(&registration_mode_choice, rows_text(&rows, 1)),
        .capacity = rows_int(&rows, 2),
        .deadline_at = rows_int(&rows, 3),
        .starts_at = rows_int(&rows, 4),
        .ends_at = rows_int(&rows, 5),
        .hold_ms = rows_int(&rows, 6) * MS_PER_HOUR,
    };
    rows_end(&rows);
    return true;
}

#define REGISTRATION                                                                               \
    "SELECT id, event, person, state, invited, held_until, registered_by FROM registration WHERE "
SQL(of_person, REGISTRATION "event = ?1 AND person = ?2");
SQL(of_id, REGISTRATION "id = ?1");

static bool read_registration(struct rows rows, struct registration *out)
{
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct registration){
        .id = rows_int(&rows, 0),
        .event = rows_int(&rows, 1),
        .person = rows_int(&rows, 2),
        .state =
            (enum registration_state)choice_index(&registration_state_choice, rows_text(&rows, 3)),
        .invited = rows_int(&rows, 4) != 0,
        .held_until = rows_int(&rows, 5),
        .registered_by = rows_int(&rows, 6),
    };
    rows_end(&rows);
    return true;
}

bool registration_find(struct tx *tx, int64_t event, int64_t person, struct registration *out)
{
    *out = (struct registration){.event = event, .person = person};
    return read_registration(db_select(tx->db, &of_person, event, person), out);
}

bool registration_by_id(struct tx *tx, int64_t id, struct registration *out)
{
    return read_registration(db_select(tx->db, &of_id, id), out);
}

bool registration_is_live(enum registration_state state)
{
    return state >= REG_INVITED && state <= REG_SEATED;
}

bool registration_has_seat(enum registration_state state)
{
    return state == REG_OFFERED || state == REG_SEATED;
}

/* --- moving ----------------------------------------------------------------------------------- */

static const struct {
    enum notice_kind notice;
    bool to_managers; /* instead of the person */
} told[] = {
    [REG_INVITED] = {NOTICE_INVITED, false}, [REG_ASKED] = {NOTICE_ASKED, true},
    [REG_WAITING] = {NOTICE_WAITING, false}, [REG_OFFERED] = {NOTICE_OFFERED, false},
    [REG_SEATED] = {NOTICE_SEATED, false},   [REG_REFUSED] = {NOTICE_REFUSED, false},
    [REG_LAPSED] = {NOTICE_LAPSED, false},   [REG_CANCELLED] = {NOTICE_UNREGISTERED, false},
};

static void tell(struct tx *tx, const struct registration *was, enum registration_state to,
                 int64_t held_until, const char *detail)
{
    struct ids people = {0};
    if (told[to].to_managers) {
        event_managers(tx, was->event, &people);
    } else {
        ARENA_PUSH(tx->arena, &people, was->person);
    }
    for (size_t i = 0; i < people.count; i++) {
        notice_put(tx, &(struct notice_new){
                           .person = people.items[i],
                           .kind = told[to].notice,
                           .event = was->event,
                           .detail = detail,
                           .held_until = held_until,
                           .in_calendar = to == REG_SEATED || was->state == REG_SEATED,
                       });
    }
}

/* As the person comes: by a role that was asked for, in a Club it is announced to, a departmental
 * one before the national. */
SQL(standing,
    "SELECT m.role, coalesce(k.departement, '') FROM membership m JOIN club k ON k.id = m.club"
    " WHERE m.person = ?2 AND m.active = 1 ORDER BY"
    " EXISTS (SELECT 1 FROM event_role WHERE event = ?1) AND NOT EXISTS (SELECT 1 FROM event_role r"
    " WHERE r.event = ?1 AND r.role = m.role),"
    " EXISTS (SELECT 1 FROM event_club WHERE event = ?1) AND NOT EXISTS (SELECT 1 FROM event_club a"
    " WHERE a.event = ?1 AND a.club = m.club),"
    " m.channel IS NOT NULL, k.departement IS NULL,"
    " CASE m.role WHEN 'animateur' THEN 0 WHEN 'chef_de_projet' THEN 1 WHEN 'elu' THEN 2"
    " WHEN 'partenaire' THEN 3 ELSE 4 END, m.id LIMIT 1");
SQL(is_administrator, "SELECT 1 FROM person WHERE id = ?1 AND administrator = 1");
SQL(insert_row, "INSERT INTO registration (event, person, state, role, created_at, changed_at)"
                " VALUES (?1, ?2, 'cancelled', 'lecteur', ?3, ?3)");
SQL(set_standing, "UPDATE registration SET role = ?2, departement = ?3 WHERE id = ?1");

/* An administrator has all an animateur may do, in no Club of their own. */
static void note_standing(struct tx *tx, const struct registration *registration)
{
    struct rows rows = db_select(tx->db, &standing, registration->event, registration->person);
    const char *role = "lecteur", *departement = "";
    if (rows_next(&rows)) {
        role = rows_copy(&rows, 0, tx->arena);
        departement = rows_copy(&rows, 1, tx->arena);
        rows_end(&rows);
    } else if (db_int(tx->db, &is_administrator, 0, registration->person)) {
        role = "animateur";
    }
    db_run(tx->db, &set_standing, registration->id, role, departement);
}

/* Makes the row. Who did not see the event until now is told it first. */
static void begin(struct tx *tx, struct registration *registration)
{
    struct event_head head;
    bool known = event_find(tx, registration->person, registration->event, &head) &&
                 (head.can & EVENT_CAN_SEE);
    if (!known) {
        fact_note(tx, &event_changed_fact, audience_person(registration->person),
                  registration->event);
    }
    db_run(tx->db, &insert_row, registration->event, registration->person, tx->now_ms);
    registration->id = db_last_id(tx->db);
}

SQL(hold_of, "SELECT min(?2 + hold_hours * 3600000, starts_at) FROM event WHERE id = ?1");
SQL(set_state, "UPDATE registration SET state = ?2, turn = ?3, held_until = ?4, invited = ?5,"
               " registered_by = ?6, changed_at = ?7 WHERE id = ?1");

/* The lapse of what is held; none where nothing is any more. */
static void hold(struct tx *tx, struct registration *registration, enum registration_state to)
{
    bool held = to == REG_OFFERED;
    if (held || registration->state == REG_OFFERED) {
        registration->held_until =
            held ? db_int(tx->db, &hold_of, 0, registration->event, tx->now_ms) : 0;
        due_set(tx, &registration_lapse_command, registration->id,
                held ? registration->held_until : INT64_MAX);
    }
}

/* The fact and the row; the seat that becomes free is the caller's. */
static int64_t put(struct tx *tx, struct registration *registration, enum registration_state to)
{
    struct registration was = *registration;
    if ((was.state == REG_SEATED) != (to == REG_SEATED)) {
        rights_touch(tx, was.person); /* the event's channel */
    }
    if (!registration->id) {
        begin(tx, registration);
    }
    if (!registration_is_live(was.state)) {
        note_standing(tx, registration);
    }
    hold(tx, registration, to);
    registration->state = to;
    registration->invited = was.invited || to == REG_INVITED;
    int64_t seq = fact_note(tx, &registration_changed_fact, audience_person(was.person), was.event);
    db_run(tx->db, &set_state, registration->id, registration_state_choice.words[to], seq,
           db_id(registration->held_until), registration->invited,
           db_id(registration->registered_by), tx->now_ms);
    event_count_soon(tx, was.event);
    return seq;
}

int64_t registration_move(struct tx *tx, struct registration *registration,
                          enum registration_state to, const char *detail)
{
    struct registration was = *registration;
    int64_t seq = put(tx, registration, to);
    tell(tx, &was, to, registration->held_until, detail);
    if (registration_has_seat(was.state) && !registration_has_seat(to)) {
        seats_settle(tx, was.event);
    }
    return seq;
}

int64_t registration_let_in(struct tx *tx, struct registration *registration)
{
    return put(tx, registration, REG_SEATED);
}

/* --- seats ------------------------------------------------------------------------------------ */

/* Never counts further than the capacity. */
SQL(seats_taken, "SELECT count(*) FROM (SELECT 1 FROM registration WHERE event = ?1"
                 " AND state IN ('offered', 'seated') LIMIT ?2)");
/* Who is suspended keeps their place, but is offered nothing: no letter would reach them. */
SQL(first_waiting,
    REGISTRATION "event = ?1 AND state = 'waiting' AND EXISTS (SELECT 1 FROM person p"
                 " WHERE p.id = person AND p.state = 'active') ORDER BY turn LIMIT 1");
SQL(held_too_long, "SELECT id FROM registration WHERE event = ?1 AND state = 'offered'"
                   " AND held_until > ?2");
SQL(shorten, "UPDATE registration SET held_until = ?2 WHERE id = ?1");

static int64_t free_seats(struct tx *tx, const struct seating *seating)
{
    return seating->capacity == 0 ? INT64_MAX
                                  : seating->capacity - db_int(tx->db, &seats_taken, 0,
                                                               seating->event, seating->capacity);
}

static bool next_waiting(struct tx *tx, int64_t event, struct registration *out)
{
    return read_registration(db_select(tx->db, &first_waiting, event), out);
}

int64_t registration_enter(struct tx *tx, const struct seating *seating,
                           struct registration *registration)
{
    struct registration other;
    bool seat = free_seats(tx, seating) > 0 &&
                (seating->capacity == 0 || !next_waiting(tx, seating->event, &other));
    return registration_move(tx, registration, seat ? REG_SEATED : REG_WAITING, NULL);
}

/* Nothing is held beyond the start, wherever that moved. */
static void shorten_holds(struct tx *tx, const struct seating *seating)
{
    struct ids held = {0};
    ids_read(tx, db_select(tx->db, &held_too_long, seating->event, seating->starts_at), &held);
    for (size_t i = 0; i < held.count; i++) {
        struct registration registration;
        if (registration_by_id(tx, held.items[i], &registration)) {
            db_run(tx->db, &shorten, registration.id, seating->starts_at);
            due_set(tx, &registration_lapse_command, registration.id, seating->starts_at);
            fact_note(tx, &registration_changed_fact, audience_person(registration.person),
                      seating->event);
        }
    }
}

void seats_settle(struct tx *tx, int64_t event)
{
    struct seating seating;
    struct registration next;
    if (!seating_load(tx, event, &seating) || seating.state != EVENT_PUBLISHED) {
        return;
    }
    shorten_holds(tx, &seating);
    int64_t left = tx->now_ms < seating.starts_at ? free_seats(tx, &seating) : 0;
    for (; left > 0 && !db_error(tx->db) && next_waiting(tx, event, &next); left--) {
        registration_move(tx, &next, REG_OFFERED, NULL);
    }
}

/* --- when ------------------------------------------------------------------------------------- */

static enum err conflict(struct tx *tx, const char *why)
{
    return tx_fail(tx, ERR_CONFLICT, "event", why);
}

static enum err check_published(struct tx *tx, const struct seating *seating)
{
    if (seating->state == EVENT_CANCELLED) {
        return conflict(tx, PHRASE("l'événement est annulé", "the event is cancelled"));
    }
    if (seating->state == EVENT_DRAFT) {
        return conflict(tx,
                        PHRASE("l'événement n'est pas publié", "the event is not published yet"));
    }
    return ERR_NONE;
}

static enum err check_mode(struct tx *tx, const struct seating *seating)
{
    return seating->mode == REGISTRATION_NONE
               ? conflict(tx, PHRASE("on y vient sans s'inscrire", "one comes without registering"))
               : ERR_NONE;
}

enum err seating_not_begun(struct tx *tx, const struct seating *seating)
{
    enum err err = check_published(tx, seating);
    if (!err && seating->ends_at <= tx->now_ms) {
        return conflict(tx, PHRASE("l'événement est terminé", "the event is over"));
    }
    if (!err && seating->starts_at <= tx->now_ms) {
        return conflict(tx, PHRASE("l'événement a commencé", "the event has begun"));
    }
    return err;
}

enum err seating_is_open(struct tx *tx, const struct seating *seating)
{
    enum err err = seating_not_begun(tx, seating);
    err = err ? err : check_mode(tx, seating);
    if (!err && seating->deadline_at <= tx->now_ms) {
        return conflict(tx, PHRASE("la date limite d'inscription est passée",
                                   "the deadline of registrations is past"));
    }
    return err;
}

enum err seating_not_closed(struct tx *tx, const struct seating *seating)
{
    enum err err = check_published(tx, seating);
    err = err ? err : check_mode(tx, seating);
    if (!err && seating->ends_at + LIMIT_EVENT_OPEN_DAYS * MS_PER_DAY <= tx->now_ms) {
        return conflict(tx,
                        arena_printf(tx->arena,
                                     PHRASE("l'événement est clos : il est terminé depuis %d jours",
                                            "the event is closed: it was over %d days ago"),
                                     LIMIT_EVENT_OPEN_DAYS, LIMIT_EVENT_OPEN_DAYS));
    }
    return err;
}

/* --- people ----------------------------------------------------------------------------------- */

SQL(colleagues, "SELECT 1 FROM tenure a JOIN post p ON p.id = a.post JOIN tenure b ON b.post = p.id"
                " WHERE a.person = ?1 AND b.person = ?2 AND a.state = 'active'"
                " AND b.state = 'active' AND p.town IS NOT NULL");

bool people_are_colleagues(struct tx *tx, int64_t a, int64_t b)
{
    return db_int(tx->db, &colleagues, 0, a, b) != 0;
}

SQL(registered, "SELECT person FROM registration WHERE event = ?1 AND person IS NOT NULL"
                " AND state IN ('invited', 'asked', 'waiting', 'offered', 'seated') ORDER BY id");
SQL(seated, "SELECT person FROM registration WHERE event = ?1 AND person IS NOT NULL"
            " AND state = 'seated' ORDER BY id");

void registered_people(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &registered, event), out);
}

void seated_people(struct tx *tx, int64_t event, struct ids *out)
{
    ids_read(tx, db_select(tx->db, &seated, event), out);
}
