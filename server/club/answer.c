/* What is answered to the organiser's questions. */
#include "base/str.h"
#include "club/registration.h"

struct asked {
    int64_t id;
    enum question_kind kind;
    const char *label;
    bool required;
};
struct asked_list {
    struct asked *items;
    size_t count, capacity;
};

SQL(questions, "SELECT id, kind, label, required FROM question WHERE event = ?1 ORDER BY position");

static void read_questions(struct tx *tx, int64_t event, struct asked_list *out)
{
    for (struct rows rows = db_select(tx->db, &questions, event); rows_next(&rows);) {
        struct asked asked = {
            .id = rows_int(&rows, 0),
            .kind = (enum question_kind)choice_index(&question_kind_choice, rows_text(&rows, 1)),
            .label = rows_copy(&rows, 2, tx->arena),
            .required = rows_int(&rows, 3) != 0,
        };
        ARENA_PUSH(tx->arena, out, asked);
    }
}

static const struct answer *answer_to(const struct list *answers, int64_t question)
{
    const struct answer *items = answers->items;
    for (size_t i = 0; i < answers->count; i++) {
        if (items[i].question == question) {
            return &items[i];
        }
    }
    return NULL;
}

SQL(is_option, "SELECT 1 FROM question q, json_each(q.options) o WHERE q.id = ?1 AND o.value = ?2");
SQL(all_options,
    "SELECT group_concat(o.value, ', ') FROM question q, json_each(q.options) o WHERE q.id = ?1");

/* The question is named by its own words: that is what the person has before them. */
static enum err check_answer(struct tx *tx, const struct asked *asked, const struct answer *answer,
                             bool complete)
{
    if (!answer || str_is_blank(answer->text)) {
        return asked->required && complete ? tx_fail(tx, ERR_MISSING, asked->label, NULL)
                                           : ERR_NONE;
    }
    if (asked->kind == QUESTION_YES_NO && !str_equal(answer->text, "oui") &&
        !str_equal(answer->text, "non")) {
        return tx_fail(tx, ERR_CHOICE, asked->label, "oui, non");
    }
    if (asked->kind == QUESTION_CHOICE && !db_int(tx->db, &is_option, 0, asked->id, answer->text)) {
        return tx_fail(tx, ERR_CHOICE, asked->label,
                       db_text(tx->db, &all_options, tx->arena, asked->id));
    }
    return ERR_NONE;
}

/* Each answer is to another question of this event. */
static enum err check_targets(struct tx *tx, const struct asked_list *asked,
                              const struct list *answers)
{
    const struct answer *items = answers->items;
    for (size_t i = 0; i < answers->count; i++) {
        bool known = false;
        for (size_t q = 0; q < asked->count && !known; q++) {
            known = asked->items[q].id == items[i].question;
        }
        if (!known || answer_to(answers, items[i].question) != &items[i]) {
            return tx_fail(tx, known ? ERR_EXISTS : ERR_NOT_FOUND,
                           arena_printf(tx->arena, "answers[%zu].question", i), NULL);
        }
    }
    return ERR_NONE;
}

enum err answers_check(struct tx *tx, int64_t event, const struct list *answers, bool complete)
{
    struct asked_list asked = {0};
    read_questions(tx, event, &asked);
    enum err err = check_targets(tx, &asked, answers);
    for (size_t i = 0; i < asked.count && !err; i++) {
        const struct asked *question = &asked.items[i];
        err = check_answer(tx, question, answer_to(answers, question->id), complete);
    }
    return err;
}

SQL(forget, "DELETE FROM answer WHERE registration = ?1");
SQL(keep, "INSERT INTO answer (registration, question, text) VALUES (?1, ?2, ?3)");

void answers_set(struct tx *tx, int64_t registration, const struct list *answers)
{
    const struct answer *items = answers->items;
    db_run(tx->db, &forget, registration);
    for (size_t i = 0; i < answers->count; i++) {
        if (!str_is_blank(items[i].text)) {
            db_run(tx->db, &keep, registration, items[i].question, items[i].text);
        }
    }
}
