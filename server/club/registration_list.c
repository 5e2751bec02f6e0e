/* registration.list: who comes, waits and asks, for who manages the event. */
#include "club/attendance.h"
#include "club/registration.h"
#include "store/journal.h"

struct registration_list {
    int64_t event, cursor, limit;
};
static const struct field list_in[] = {
    FIELD_ID(struct registration_list, event, "Event"),
    FIELD_ID_OPT(struct registration_list, cursor, "`next` of the page before"),
    FIELD_INT_OR(struct registration_list, limit, 1, LIMIT_LIST_MAX, LIMIT_LIST_DEFAULT,
                 "Registrations in a page"),
    FIELD_END,
};

struct registered_person {
    int64_t id;
    const char *name, *function;
};
static const struct field person_fields[] = {
    FIELD_ID(struct registered_person, id, "Person"),
    FIELD_LINE(struct registered_person, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE_OPT(struct registered_person, function, 0, LIMIT_LABEL_CHARS,
                   "Function in the role they came in"),
    FIELD_END,
};
struct registration_shown {
    int64_t id;
    const struct registered_person *person;
    enum registration_state state;
    int64_t held_until, turn, rank;
    bool invited;
    int64_t registered_by;
    enum role role;
    const char *departement;
    enum maybe present;
    struct list answers;
    int64_t at;
};
static const struct field shown_fields[] = {
    FIELD_ID(struct registration_shown, id, "Registration"),
    FIELD_OBJECT_OPT(struct registration_shown, person, registered_person, person_fields,
                     "Who; absent once erased"),
    FIELD_CHOICE(struct registration_shown, state, &registration_state_choice, "Where it stands"),
    FIELD_TIME_OPT(struct registration_shown, held_until, "Until when their seat is held"),
    FIELD_INT(struct registration_shown, turn, 0, INT64_MAX,
              "Number of the fact that brought it there: the order of the waiting list"),
    FIELD_INT_OPT(struct registration_shown, rank, 1, INT64_MAX, "Place in the waiting list"),
    FIELD_BOOL_OPT(struct registration_shown, invited, "Was invited, whatever came of it"),
    FIELD_ID_OPT(struct registration_shown, registered_by,
                 "The colleague or organiser who registered them; absent: themselves"),
    FIELD_CHOICE(struct registration_shown, role, &role_choice, "Role they came in"),
    FIELD_LINE_OPT(struct registration_shown, departement, 0, LIMIT_NAME_CHARS,
                   "Code of the département of their Club; absent: the national one"),
    FIELD_MAYBE(struct registration_shown, present, "Were they there; absent: not ticked"),
    FIELD_LIST_OPT(struct registration_shown, answers, answer, answer_fields, 0,
                   LIMIT_EVENT_QUESTIONS, "What they answered"),
    FIELD_TIME(struct registration_shown, at, "When it came to stand so"),
    FIELD_END,
};
struct registration_page {
    int64_t seq;
    struct list registrations;
    const struct attendance_counts *counts;
    int64_t next;
};
static const struct field list_out[] = {
    FIELD_INT(struct registration_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct registration_page, registrations, registration_shown, shown_fields, 0,
               LIMIT_LIST_MAX, "In the order they first came"),
    FIELD_OBJECT(struct registration_page, counts, attendance_counts, attendance_counts_fields,
                 "Of all registrations, not of this page"),
    FIELD_ID_OPT(struct registration_page, next, "There is another page: `cursor` for it"),
    FIELD_END,
};

SQL(page,
    "SELECT r.id, r.person, p.name, (SELECT m.label FROM membership m WHERE m.person = r.person"
    " AND m.role = r.role ORDER BY m.active DESC, m.id DESC LIMIT 1), r.state, r.held_until,"
    " r.turn, CASE WHEN r.state = 'waiting' THEN (SELECT count(*) FROM registration w"
    " WHERE w.event = r.event AND w.state = 'waiting' AND w.turn <= r.turn) END, r.invited,"
    " r.registered_by, r.role, r.departement, r.present, r.changed_at"
    " FROM registration r LEFT JOIN person p ON p.id = r.person"
    " WHERE r.event = ?1 AND r.id > ?2 ORDER BY r.id LIMIT ?3");
SQL(answers_of, "SELECT a.question, a.text FROM answer a JOIN question q ON q.id = a.question"
                " WHERE a.registration = ?1 ORDER BY q.position, q.id");

static const struct registered_person *read_person(struct tx *tx, const struct rows *rows)
{
    if (rows_is_null(rows, 1)) {
        return NULL;
    }
    struct registered_person *person = ARENA_NEW(tx->arena, struct registered_person);
    *person = (struct registered_person){
        .id = rows_int(rows, 1),
        .name = rows_copy(rows, 2, tx->arena),
        .function = rows_copy(rows, 3, tx->arena),
    };
    return person;
}

static struct registration_shown read_shown(struct tx *tx, const struct rows *rows)
{
    const char *departement = rows_copy(rows, 11, tx->arena);
    return (struct registration_shown){
        .id = rows_int(rows, 0),
        .person = read_person(tx, rows),
        .state =
            (enum registration_state)choice_index(&registration_state_choice, rows_text(rows, 4)),
        .held_until = rows_int(rows, 5),
        .turn = rows_int(rows, 6),
        .rank = rows_int(rows, 7),
        .invited = rows_int(rows, 8) != 0,
        .registered_by = rows_int(rows, 9),
        .role = (enum role)choice_index(&role_choice, rows_text(rows, 10)),
        .departement = *departement ? departement : NULL,
        .present = presence_at(rows, 12),
        .at = rows_int(rows, 13),
    };
}

static struct list read_answers(struct tx *tx, int64_t registration)
{
    struct {
        struct answer *items;
        size_t count, capacity;
    } answers = {0};
    for (struct rows rows = db_select(tx->db, &answers_of, registration); rows_next(&rows);) {
        struct answer answer = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &answers, answer);
    }
    return (struct list){answers.items, answers.count};
}

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct registration_list *in = in_;
    struct registration_page *out = out_;
    struct {
        struct registration_shown *items;
        size_t count, capacity;
    } list = {0};
    int64_t last = 0;
    struct rows rows = db_select(tx->db, &page, in->event, in->cursor, in->limit + 1);
    while (rows_next(&rows)) {
        if (list.count == (size_t)in->limit) {
            out->next = last;
            rows_end(&rows);
            break;
        }
        struct registration_shown shown = read_shown(tx, &rows);
        ARENA_PUSH(tx->arena, &list, shown);
        last = shown.id;
    }
    for (size_t i = 0; i < list.count; i++) {
        list.items[i].answers = read_answers(tx, list.items[i].id);
    }
    struct attendance_counts *counts = ARENA_NEW(tx->arena, struct attendance_counts);
    *counts = attendance_counts_of(tx, in->event);
    out->registrations = (struct list){list.items, list.count};
    out->counts = counts;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command registration_list_command = {
    .name = "registration.list",
    .doc = "Who comes to an event, waits for a seat, asks to come or did: page by page, with their "
           "answers.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = list_in,
    .in_bytes = sizeof(struct registration_list),
    .out = list_out,
    .out_bytes = sizeof(struct registration_page),
    .run = list_run,
};
