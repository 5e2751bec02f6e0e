/* event.confirm: takes the seat that was held. */
#include "club/registration.h"

struct event_confirm {
    int64_t event;
};
static const struct field confirm_in[] = {
    FIELD_ID(struct event_confirm, event, "Event with a seat held for one"),
    FIELD_END,
};

static enum err confirm_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_confirm *in = in_;
    struct registration registration;
    struct seating seating;
    (void)out;
    registration_find(tx, in->event, tx->actor.person, &registration);
    if (registration.state == REG_SEATED) {
        return ERR_NONE; /* sent twice */
    }
    if (registration.state != REG_OFFERED || registration.held_until <= tx->now_ms) {
        return tx_fail(tx, ERR_CONFLICT, "event",
                       PHRASE("aucune place n'est gardée pour vous", "no seat is held for you"));
    }
    seating_load(tx, in->event, &seating);
    enum err err = seating_not_begun(tx, &seating);
    if (!err) {
        registration_move(tx, &registration, REG_SEATED, NULL);
    }
    return err;
}

const struct command event_confirm_command = {
    .name = "event.confirm",
    .doc = "Take the seat that is held for one.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_SEE,
    .in = confirm_in,
    .in_bytes = sizeof(struct event_confirm),
    .out = no_fields,
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = confirm_run,
};
