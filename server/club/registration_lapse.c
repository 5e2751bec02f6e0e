/* registration.lapse: a seat that was held and not taken goes to who waits next. */
#include "club/registration.h"

struct registration_lapse {
    int64_t registration;
};
static const struct field lapse_in[] = {
    FIELD_ID(struct registration_lapse, registration, "Registration whose seat was held"),
    FIELD_END,
};

static enum err lapse_run(struct tx *tx, const void *in_, void *out)
{
    const struct registration_lapse *in = in_;
    struct registration registration;
    struct seating seating;
    (void)out;
    bool over = registration_by_id(tx, in->registration, &registration) &&
                registration.state == REG_OFFERED && registration.held_until <= tx->now_ms &&
                seating_load(tx, registration.event, &seating) && seating.state == EVENT_PUBLISHED;
    if (over) {
        registration_move(tx, &registration, REG_LAPSED, NULL);
    }
    return ERR_NONE;
}

const struct command registration_lapse_command = {
    .name = "registration.lapse",
    .doc = "The time is over for which a seat was held: it goes to who waits next.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_OPERATOR,
    .operator_only = true,
    .in = lapse_in,
    .in_bytes = sizeof(struct registration_lapse),
    .out = no_fields,
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = lapse_run,
};
