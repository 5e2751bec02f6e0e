#include "club/event_form.h"

#include "base/zone.h"
#include "club/entry.h"
#include "club/member.h"
#include "club/rows.h"
#include "club/secret.h"
#include "wire/json.h"

/* --- the event's own row ---------------------------------------------------------------------- */

/* What every row must hold; event_rewrite() says the rest. */
SQL(insert, "INSERT INTO event (uid, club, kind, title, description, nodes, scope, starts_at,"
            " ends_at, zone, registration, created_by, created_at, changed_at)"
            " VALUES (?1, ?2, ?3, '', '', '[]', 'network', 0, 1, 'UTC', 'none', ?4, ?5, 0)");

enum err event_insert(struct tx *tx, int64_t club, const struct event_form *form,
                      const struct event_plan *plan, int64_t *id_out)
{
    db_run(tx->db, &insert, uuid_draw(tx->arena), club, event_kind_choice.words[form->kind],
           db_id(tx->actor.person), tx->now_ms);
    *id_out = db_last_id(tx->db);
    return event_rewrite(tx, *id_out, form, plan);
}

SQL(set_words, "UPDATE event SET kind = ?2, title = ?3, description = ?4, nodes = ?5,"
               " organisation = ?6, parent = ?7, public = ?8, address = ?9, commune = ?10,"
               " link = ?11, link_shown = ?12, replay = ?13 WHERE id = ?1");

static void write_words(struct tx *tx, int64_t event, const struct event_form *form,
                        const struct event_plan *plan)
{
    db_run(tx->db, &set_words, event, event_kind_choice.words[form->kind], form->title,
           text_or_empty(form->description), plan->nodes, db_id(plan->organisation),
           db_id(form->parent), form->is_public, text_or_empty(form->address),
           text_or_empty(form->commune), text_or_empty(form->link),
           link_shown_choice.words[form->link_shown], text_or_empty(form->replay));
}

/* changed_at rises with each edit, two in one millisecond too: it tells versions apart. */
SQL(set_frame, "UPDATE event SET scope = ?2, region = ?3, starts_at = ?4, ends_at = ?5, zone = ?6,"
               " all_day = ?7, registration = ?8, capacity = ?9, deadline_at = ?10,"
               " hold_hours = ?11, changed_at = max(?12, changed_at + 1) WHERE id = ?1");

static void write_frame(struct tx *tx, int64_t event, const struct event_form *form)
{
    db_run(tx->db, &set_frame, event, event_scope_choice.words[form->scope], form->region,
           form->starts_at, form->ends_at, zone_names[form->zone], form->all_day,
           registration_mode_choice.words[form->registration], db_id(form->capacity),
           db_id(form->deadline_at), form->hold_hours, tx->now_ms);
}

/* --- what belongs to it ----------------------------------------------------------------------- */

SQL(no_clubs, "DELETE FROM event_club WHERE event = ?1");
SQL(add_clubs, "INSERT INTO event_club (event, club) SELECT DISTINCT ?1, value FROM json_each(?2)");
SQL(no_themes, "DELETE FROM event_theme WHERE event = ?1");
SQL(add_themes, "INSERT INTO event_theme (event, theme)"
                " SELECT DISTINCT ?1, value FROM json_each(?2)");
SQL(no_roles, "DELETE FROM event_role WHERE event = ?1");
SQL(add_role, "INSERT INTO event_role (event, role) VALUES (?1, ?2)");

static void write_audience(struct tx *tx, int64_t event, const struct event_form *form,
                           const struct event_plan *plan)
{
    struct ids themes = {0};
    ids_add(tx, &form->themes, &themes);
    db_run(tx->db, &no_clubs, event);
    db_run(tx->db, &add_clubs, event, ids_json(tx, &plan->clubs));
    db_run(tx->db, &no_themes, event);
    db_run(tx->db, &add_themes, event, ids_json(tx, &themes));
    db_run(tx->db, &no_roles, event);
    for (int role = 0; role_choice.words[role]; role++) {
        if (form->roles >> role & 1) {
            db_run(tx->db, &add_role, event, role_choice.words[role]);
        }
    }
}

/* --- questions -------------------------------------------------------------------------------- */

static const char *options_json(struct tx *tx, const struct question *question)
{
    const char *const *options = question->options.items;
    struct buf buf;
    buf_init(&buf);
    for (size_t i = 0; i < question->options.count; i++) {
        buf_text(&buf, i > 0 ? "," : "[");
        json_text(&buf, options[i]);
    }
    buf_text(&buf, question->options.count > 0 ? "]" : "[]");
    const char *json = arena_memdup(tx->arena, buf.data, buf.len);
    buf_finish(&buf);
    return json;
}

SQL(drop_answers, "DELETE FROM answer WHERE question IN (SELECT id FROM question"
                  " WHERE event = ?1 AND id NOT IN (SELECT value FROM json_each(?2)))");
SQL(drop_questions, "DELETE FROM question WHERE event = ?1"
                    " AND id NOT IN (SELECT value FROM json_each(?2))");
SQL(add_question, "INSERT INTO question (event, position, kind, label, required, options)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
SQL(set_question, "UPDATE question SET position = ?2, kind = ?3, label = ?4, required = ?5,"
                  " options = ?6 WHERE id = ?1");

static void write_question(struct tx *tx, int64_t event, int64_t position,
                           const struct question *question)
{
    const struct sql *write = question->id ? &set_question : &add_question;
    db_run(tx->db, write, question->id ? question->id : event, position,
           question_kind_choice.words[question->kind], question->label, question->required,
           options_json(tx, question));
}

static void write_questions(struct tx *tx, int64_t event, const struct event_form *form)
{
    const struct question *questions = form->questions.items;
    struct ids kept = {0};
    for (size_t i = 0; i < form->questions.count; i++) {
        if (questions[i].id) {
            ARENA_PUSH(tx->arena, &kept, questions[i].id);
        }
    }
    db_run(tx->db, &drop_answers, event, ids_json(tx, &kept));
    db_run(tx->db, &drop_questions, event, ids_json(tx, &kept));
    for (size_t i = 0; i < form->questions.count; i++) {
        write_question(tx, event, (int64_t)i, &questions[i]);
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

enum err event_rewrite(struct tx *tx, int64_t event, const struct event_form *form,
                       const struct event_plan *plan)
{
    write_words(tx, event, form, plan);
    write_frame(tx, event, form);
    write_audience(tx, event, form, plan);
    write_questions(tx, event, form);
    entry_changed(tx, ENTRY_EVENT, event);
    return event_documents_write(tx, event, &form->documents);
}
