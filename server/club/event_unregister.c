/* event.unregister: gives a seat back, leaves the list, or says no to an invitation. */
#include "club/person.h"
#include "club/registration.h"

struct event_unregister {
    int64_t event, person;
};
static const struct field unregister_in[] = {
    FIELD_ID(struct event_unregister, event, "Event"),
    FIELD_ID_OPT(struct event_unregister, person,
                 "Whom one registered oneself, or anybody where one manages the event; absent: "
                 "oneself"),
    FIELD_END,
};

static enum err unregister_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_unregister *in = in_;
    int64_t actor = tx->actor.person, person = in->person ? in->person : actor;
    struct registration registration;
    struct seating seating;
    (void)out;
    registration_find(tx, in->event, person, &registration);
    bool theirs = person == actor || (actor && registration.registered_by == actor) ||
                  (tx->event.can & EVENT_CAN_MANAGE);
    if (!theirs && person_visible(tx, person)) {
        return tx_fail(tx, ERR_FORBIDDEN, "person", NULL);
    }
    if (!theirs || !registration_is_live(registration.state)) {
        return tx_fail(tx, ERR_NOT_FOUND, in->person ? "person" : "event", NULL);
    }
    seating_load(tx, in->event, &seating);
    enum err err = seating_not_begun(tx, &seating);
    if (!err) {
        registration_move(tx, &registration, REG_CANCELLED, NULL);
    }
    return err;
}

const struct command event_unregister_command = {
    .name = "event.unregister",
    .doc = "Take a registration back, or decline an invitation, until the event begins; the seat "
           "goes to who waits longest.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_SEE,
    .in = unregister_in,
    .in_bytes = sizeof(struct event_unregister),
    .out = no_fields,
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = unregister_run,
};
