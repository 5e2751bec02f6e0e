/* event.register: takes a seat, a place in the waiting list, or asks for one; for oneself, for a
 * colleague of one's own town, or, by who manages the event, for anybody who may register. */
#include "club/person.h"
#include "club/registration.h"

struct event_register {
    int64_t event, person;
    struct list answers;
    const char *nonce;
};
static const struct field register_in[] = {
    FIELD_ID(struct event_register, event, "Event"),
    FIELD_ID_OPT(struct event_register, person,
                 "A colleague of one's own town, or anybody who may register where one manages the "
                 "event; absent: oneself"),
    FIELD_LIST_OPT(struct event_register, answers, answer, answer_fields, 0, LIMIT_EVENT_QUESTIONS,
                   "To the organiser's questions"),
    FIELD_LINE(struct event_register, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Drawn by the sender: sent again, it registers nobody twice"),
    FIELD_END,
};

/* May the actor register this person, and may that person register? */
static enum err check_person(struct tx *tx, int64_t event, int64_t person, bool manages)
{
    struct event_head theirs = {0};
    if (person == tx->actor.person) {
        return may(tx, RIGHT_EVENT_REGISTER, event);
    }
    if (!manages && !people_are_colleagues(tx, tx->actor.person, person)) {
        return tx_fail(tx, person_visible(tx, person) ? ERR_FORBIDDEN : ERR_NOT_FOUND, "person",
                       NULL);
    }
    if (!event_find(tx, person, event, &theirs) || !(theirs.can & EVENT_CAN_REGISTER)) {
        return tx_fail(tx, ERR_CONFLICT, "person",
                       PHRASE("cet événement n'est pas ouvert à cette personne",
                              "this event is not open to this person"));
    }
    return ERR_NONE;
}

/* Who manages may still let somebody in late, and enter afterwards who signed the sheet of paper:
 * people come to the door. */
static enum err check_time(struct tx *tx, const struct seating *seating, bool manages)
{
    return manages ? seating_not_closed(tx, seating) : seating_is_open(tx, seating);
}

/* They came: whatever they waited for, they have it. */
static bool is_at_the_door(const struct tx *tx, const struct seating *seating, bool manages)
{
    return manages && seating->starts_at <= tx->now_ms;
}

static enum err check_state(struct tx *tx, const struct seating *seating,
                            const struct registration *registration, bool manages)
{
    if (is_at_the_door(tx, seating, manages) && registration->state != REG_SEATED) {
        return ERR_NONE;
    }
    switch (registration->state) {
    case REG_OFFERED:
        return tx_fail(tx, ERR_CONFLICT, "event",
                       PHRASE("une place est gardée, qu'il suffit de confirmer",
                              "a seat is held, which only needs to be confirmed"));
    case REG_ASKED:
    case REG_WAITING:
    case REG_SEATED:
        return tx_fail(tx, ERR_CONFLICT, "event",
                       PHRASE("l'inscription est déjà faite", "this is registered already"));
    case REG_REFUSED:
        return manages ? ERR_NONE
                       : tx_fail(tx, ERR_CONFLICT, "event",
                                 PHRASE("l'organisateur n'a pas retenu cette demande",
                                        "the organiser has turned this request down"));
    default:
        return ERR_NONE;
    }
}

/* By themselves or by another: who waits and is let in keeps who that was. */
static bool has_registered(enum registration_state state)
{
    return registration_is_live(state) && state != REG_INVITED;
}

static int64_t enter(struct tx *tx, const struct seating *seating,
                     struct registration *registration, bool manages)
{
    if (is_at_the_door(tx, seating, manages)) {
        return registration_let_in(tx, registration);
    }
    bool asks = seating->mode == REGISTRATION_APPROVAL && !manages && !registration->invited;
    return asks ? registration_move(tx, registration, REG_ASKED, NULL)
                : registration_enter(tx, seating, registration);
}

static enum err register_run(struct tx *tx, const void *in_, void *out_)
{
    const struct event_register *in = in_;
    struct created *out = out_;
    int64_t person = in->person ? in->person : tx->actor.person;
    bool manages = (tx->event.can & EVENT_CAN_MANAGE) != 0;
    bool other = person != tx->actor.person;
    struct registration registration;
    struct seating seating;
    seating_load(tx, in->event, &seating);
    enum err err = check_person(tx, in->event, person, manages);
    err = err ? err : check_time(tx, &seating, manages);
    registration_find(tx, in->event, person, &registration);
    err = err ? err : check_state(tx, &seating, &registration, manages);
    err = err ? err : answers_check(tx, in->event, &in->answers, !(manages && other));
    if (err) {
        return err;
    }
    if (!has_registered(registration.state)) {
        registration.registered_by = other ? tx->actor.person : 0;
    }
    out->seq = enter(tx, &seating, &registration, manages);
    out->id = registration.id;
    if (!(manages && other) || in->answers.count > 0) { /* else what they answered stays */
        answers_set(tx, registration.id, &in->answers);
    }
    return ERR_NONE;
}

const struct command event_register_command = {
    .name = "event.register",
    .doc = "Register for an event: a seat if one is free, else a place in the waiting list; where "
           "the organiser approves, a request. Once it has begun, who manages it enters who came, "
           "whatever the seats, until 60 days after its end.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_SEE,
    .in = register_in,
    .in_bytes = sizeof(struct event_register),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = register_run,
};
