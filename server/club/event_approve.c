/* event.approve and event.refuse: the organiser's answer to who asks to come. */
#include "club/registration.h"

/* What they asked for, as long as the event has not begun. `again`: one that was refused counts. */
static enum err find_asked(struct tx *tx, int64_t event, int64_t person, bool again,
                           struct seating *seating, struct registration *out)
{
    registration_find(tx, event, person, out);
    if (out->state != REG_ASKED && !(again && out->state == REG_REFUSED)) {
        return tx_fail(
            tx, out->id ? ERR_CONFLICT : ERR_NOT_FOUND, "person",
            PHRASE("cette personne n'attend pas de réponse", "this person waits for no answer"));
    }
    seating_load(tx, event, seating);
    return seating_not_begun(tx, seating);
}

/* --- event.approve ---------------------------------------------------------------------------- */

struct event_approve {
    int64_t event, person;
};
static const struct field approve_in[] = {
    FIELD_ID(struct event_approve, event, "Event"),
    FIELD_ID(struct event_approve, person, "Who asked to come, or was refused"),
    FIELD_END,
};

static enum err approve_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_approve *in = in_;
    struct registration registration;
    struct seating seating;
    (void)out;
    enum err err = find_asked(tx, in->event, in->person, true, &seating, &registration);
    if (!err) {
        registration_enter(tx, &seating, &registration);
    }
    return err;
}

const struct command event_approve_command = {
    .name = "event.approve",
    .doc = "Let somebody in who asked to come: a seat if one is free, else the waiting list.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = approve_in,
    .in_bytes = sizeof(struct event_approve),
    .out = no_fields,
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = approve_run,
};

/* --- event.refuse ----------------------------------------------------------------------------- */

struct event_refuse {
    int64_t event, person;
    const char *reason;
};
static const struct field refuse_in[] = {
    FIELD_ID(struct event_refuse, event, "Event"),
    FIELD_ID(struct event_refuse, person, "Who asked to come"),
    FIELD_LINE_OPT(struct event_refuse, reason, 0, LIMIT_PURPOSE_CHARS, "Why; they are told"),
    FIELD_END,
};

static enum err refuse_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_refuse *in = in_;
    struct registration registration;
    struct seating seating;
    (void)out;
    enum err err = find_asked(tx, in->event, in->person, false, &seating, &registration);
    if (!err) {
        registration_move(tx, &registration, REG_REFUSED, in->reason);
    }
    return err;
}

const struct command event_refuse_command = {
    .name = "event.refuse",
    .doc = "Turn down somebody who asked to come, with a reason.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = refuse_in,
    .in_bytes = sizeof(struct event_refuse),
    .out = no_fields,
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = refuse_run,
};
