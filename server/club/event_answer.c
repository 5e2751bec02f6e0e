/* event.answer: other answers to the organiser's questions, until the deadline. */
#include "club/audience.h"
#include "club/registration.h"

struct event_answer {
    int64_t event;
    struct list answers;
};
static const struct field answer_in[] = {
    FIELD_ID(struct event_answer, event, "Event one is registered for"),
    FIELD_LIST(struct event_answer, answers, answer, answer_fields, 0, LIMIT_EVENT_QUESTIONS,
               "All answers, in place of those before"),
    FIELD_END,
};

static enum err answer_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_answer *in = in_;
    struct registration registration;
    struct seating seating;
    (void)out;
    registration_find(tx, in->event, tx->actor.person, &registration);
    if (!registration_is_live(registration.state) || registration.state == REG_INVITED) {
        return tx_fail(tx, ERR_CONFLICT, "event",
                       PHRASE("inscrivez-vous d'abord", "register first"));
    }
    seating_load(tx, in->event, &seating);
    enum err err = seating_is_open(tx, &seating);
    err = err ? err : answers_check(tx, in->event, &in->answers, true);
    if (!err) {
        answers_set(tx, registration.id, &in->answers);
        fact_note(tx, &registration_changed_fact, audience_person(tx->actor.person), in->event);
    }
    return err;
}

const struct command event_answer_command = {
    .name = "event.answer",
    .doc = "Change what one answered to the organiser's questions, until the deadline.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_SEE,
    .in = answer_in,
    .in_bytes = sizeof(struct event_answer),
    .out = no_fields,
    .facts = (const struct fact *const[]){&registration_changed_fact, NULL},
    .run = answer_run,
};
