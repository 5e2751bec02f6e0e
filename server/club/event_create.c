/* event.create: an event begins as a draft that its organisers alone see. */
#include "club/event_form.h"

static const struct field create_in[] = {
    FIELD_ID(struct event_form, club, "Club whose animateurs run it"),
    EVENT_FORM_FIELDS,
    FIELD_LINE(struct event_form, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
               "Chosen by the sender, the same when it sends this again"),
    FIELD_END,
};

static enum err create_run(struct tx *tx, const void *in, void *out_)
{
    const struct event_form *form = in;
    struct created *out = out_;
    struct event_plan plan;
    enum err err = event_check(tx, form->club, 0, form, &plan);
    if (err) {
        return err;
    }
    err = event_insert(tx, form->club, form, &plan, &out->id);
    if (err) {
        return err;
    }
    event_tell(tx, out->id);
    return ERR_NONE;
}

const struct command event_create_command = {
    .name = "event.create",
    .doc = "Draft an event of a Club. Nobody but who runs the Club sees it until it is published.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = create_in,
    .in_bytes = sizeof(struct event_form),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){EVENT_FACTS, NULL},
    .run = create_run,
};
