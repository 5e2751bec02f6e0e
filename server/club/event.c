#include "club/event.h"

#include "base/str.h"
#include "club/meeting_link.h"
#include "club/rows.h"

/* --- what is shared --------------------------------------------------------------------------- */

SQL(row, "SELECT e.club, e.parent, e.kind, e.title, e.description, e.nodes,"
         " coalesce(o.name, k.name), o.name, e.scope, e.region, e.public, e.starts_at, e.ends_at,"
         " e.zone, e.all_day, e.address, e.commune, e.link, e.link_shown, e.registration,"
         " e.capacity, e.deadline_at, e.hold_hours, e.state, e.publish_at, e.published_at,"
         " e.reason, e.sequence, e.seated, e.waiting, e.channel, e.replay, e.changed_at"
         " FROM event e JOIN club k ON k.id = e.club"
         " LEFT JOIN organisation o ON o.id = e.organisation WHERE e.id = ?1");

static void read_place(struct tx *tx, const struct rows *rows, struct event *out)
{
    out->address = rows_some(tx, rows, 15);
    out->commune = rows_some(tx, rows, 16);
    out->link_shown = (enum link_shown)rows_word(rows, 18, &link_shown_choice);
    out->link = out->link_shown == LINK_ALL ? rows_some(tx, rows, 17) : NULL;
    out->platform = meeting_link_platform(rows_text(rows, 17));
}

static void read_life(struct tx *tx, const struct rows *rows, struct event *out)
{
    out->registration = (enum registration_mode)rows_word(rows, 19, &registration_mode_choice);
    out->capacity = rows_int(rows, 20);
    out->deadline_at = rows_int(rows, 21);
    out->hold_hours = rows_int(rows, 22);
    out->state = (enum event_state)rows_word(rows, 23, &event_state_choice);
    out->publish_at = rows_int(rows, 24);
    out->published_at = rows_int(rows, 25);
    out->reason = rows_some(tx, rows, 26);
    out->sequence = rows_int(rows, 27);
    out->seated = rows_int(rows, 28);
    out->waiting = rows_int(rows, 29);
    out->channel = rows_int(rows, 30);
    out->replay = rows_some(tx, rows, 31);
    out->changed_at = rows_int(rows, 32);
}

static bool read_row(struct tx *tx, int64_t id, struct event *out)
{
    struct rows rows = db_select(tx->db, &row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct event){
        .id = id,
        .club = rows_int(&rows, 0),
        .parent = rows_int(&rows, 1),
        .kind = (enum event_kind)rows_word(&rows, 2, &event_kind_choice),
        .title = rows_copy(&rows, 3, tx->arena),
        .description = rows_copy(&rows, 4, tx->arena),
        .nodes = rows_copy(&rows, 5, tx->arena),
        .organiser = rows_copy(&rows, 6, tx->arena),
        .organisation = rows_copy(&rows, 7, tx->arena),
        .scope = (enum event_scope)rows_word(&rows, 8, &event_scope_choice),
        .region = rows_copy(&rows, 9, tx->arena),
        .is_public = rows_int(&rows, 10) != 0,
        .starts_at = rows_int(&rows, 11),
        .ends_at = rows_int(&rows, 12),
        .zone = rows_word(&rows, 13, &zone_choice),
        .all_day = rows_int(&rows, 14) != 0,
    };
    read_place(tx, &rows, out);
    read_life(tx, &rows, out);
    rows_end(&rows);
    return true;
}

SQL(themes_of, "SELECT theme FROM event_theme WHERE event = ?1 ORDER BY theme");
SQL(clubs_of, "SELECT club FROM event_club WHERE event = ?1 ORDER BY club");
SQL(roles_of, "SELECT role FROM event_role WHERE event = ?1");

static uint32_t read_roles(struct tx *tx, int64_t event)
{
    uint32_t roles = 0;
    for (struct rows rows = db_select(tx->db, &roles_of, event); rows_next(&rows);) {
        roles |= UINT32_C(1) << rows_word(&rows, 0, &role_choice);
    }
    return roles;
}

SQL(questions_of, "SELECT id, kind, label, required FROM question WHERE event = ?1"
                  " ORDER BY position, id");
SQL(options_of, "SELECT o.value FROM question q JOIN json_each(q.options) o WHERE q.id = ?1"
                " ORDER BY o.key");

static struct list read_options(struct tx *tx, int64_t question)
{
    struct {
        const char **items;
        size_t count, capacity;
    } options = {0};
    for (struct rows rows = db_select(tx->db, &options_of, question); rows_next(&rows);) {
        const char *option = rows_copy(&rows, 0, tx->arena);
        ARENA_PUSH(tx->arena, &options, option);
    }
    return (struct list){options.items, options.count};
}

static struct list read_questions(struct tx *tx, int64_t event)
{
    struct {
        struct question *items;
        size_t count, capacity;
    } questions = {0};
    for (struct rows rows = db_select(tx->db, &questions_of, event); rows_next(&rows);) {
        struct question question = {
            .id = rows_int(&rows, 0),
            .kind = (enum question_kind)rows_word(&rows, 1, &question_kind_choice),
            .label = rows_copy(&rows, 2, tx->arena),
            .required = rows_int(&rows, 3) != 0,
        };
        ARENA_PUSH(tx->arena, &questions, question);
    }
    for (size_t i = 0; i < questions.count; i++) {
        questions.items[i].options = read_options(tx, questions.items[i].id);
    }
    return (struct list){questions.items, questions.count};
}

bool event_load(struct tx *tx, int64_t id, struct event *out)
{
    if (!read_row(tx, id, out)) {
        return false;
    }
    out->themes = rows_ids(tx, db_select(tx->db, &themes_of, id));
    out->clubs = rows_ids(tx, db_select(tx->db, &clubs_of, id));
    out->roles = read_roles(tx, id);
    out->questions = read_questions(tx, id);
    out->documents = event_documents(tx, id);
    return true;
}

/* --- what is one's own ------------------------------------------------------------------------ */

SQL(mine, "SELECT r.state, r.held_until FROM registration r WHERE r.event = ?2 AND r.person = ?1");
SQL(hidden_link, "SELECT nullif(link, '') FROM event WHERE id = ?1 AND link_shown = 'registered'");
SQL(answers_of,
    "SELECT a.question, a.text FROM registration r JOIN answer a ON a.registration = r.id"
    " JOIN question q ON q.id = a.question WHERE r.event = ?2 AND r.person = ?1"
    " ORDER BY q.position, q.id");

static struct list read_answers(struct tx *tx, int64_t person, int64_t event)
{
    struct {
        struct answer *items;
        size_t count, capacity;
    } answers = {0};
    for (struct rows rows = db_select(tx->db, &answers_of, person, event); rows_next(&rows);) {
        struct answer answer = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &answers, answer);
    }
    return (struct list){answers.items, answers.count};
}

void event_mine_load(struct tx *tx, int64_t person, int64_t event, struct event_mine *out)
{
    struct event_head head = {0};
    event_find(tx, person, event, &head);
    *out = (struct event_mine){.event = event, .can = head.can};
    struct rows rows = db_select(tx->db, &mine, person, event);
    if (rows_next(&rows)) {
        out->registration =
            (enum registration_state)rows_word(&rows, 0, &registration_state_choice);
        out->held_until = out->registration == REG_OFFERED ? rows_int(&rows, 1) : 0;
        rows_end(&rows);
        out->answers = read_answers(tx, person, event);
    }
    if (out->registration == REG_SEATED || (out->can & EVENT_CAN_MANAGE)) {
        out->link = db_text(tx->db, &hidden_link, tx->arena, event);
    }
}
