/* event.invite: asks people to come, from the Clubs it is announced to or from elsewhere. */
#include "club/person.h"
#include "club/registration.h"

struct event_invite {
    int64_t event;
    struct list people;
};
static const struct field invite_in[] = {
    FIELD_ID(struct event_invite, event, "Event"),
    FIELD_IDS(struct event_invite, people, 1, LIMIT_INVITED, "People the actor may know"),
    FIELD_END,
};
struct event_invited {
    int64_t invited;
};
static const struct field invite_out[] = {
    FIELD_INT(struct event_invited, invited, 0, LIMIT_INVITED,
              "How many were invited now; those who take part already were not"),
    FIELD_END,
};

SQL(is_active, "SELECT 1 FROM person WHERE id = ?1 AND state = 'active'");

static enum err check_people(struct tx *tx, const struct list *people)
{
    const int64_t *ids = people->items;
    for (size_t i = 0; i < people->count; i++) {
        if (!person_visible(tx, ids[i]) || !db_int(tx->db, &is_active, 0, ids[i])) {
            return tx_fail(tx, ERR_NOT_FOUND, arena_printf(tx->arena, "people[%zu]", i), NULL);
        }
    }
    return ERR_NONE;
}

/* Who had asked to come is let in. */
static bool invite(struct tx *tx, const struct seating *seating, int64_t person)
{
    struct registration registration;
    registration_find(tx, seating->event, person, &registration);
    if (registration.state == REG_ASKED) {
        registration.invited = true;
        registration_enter(tx, seating, &registration);
        return true;
    }
    if (registration_is_live(registration.state)) {
        return false;
    }
    registration.registered_by = 0; /* who did once has no part in this */
    registration_move(tx, &registration, REG_INVITED, NULL);
    return true;
}

static enum err invite_run(struct tx *tx, const void *in_, void *out_)
{
    const struct event_invite *in = in_;
    struct event_invited *out = out_;
    const int64_t *people = in->people.items;
    struct seating seating;
    seating_load(tx, in->event, &seating);
    enum err err = seating_is_open(tx, &seating);
    err = err ? err : check_people(tx, &in->people);
    for (size_t i = 0; i < in->people.count && !err; i++) {
        out->invited += invite(tx, &seating, people[i]);
    }
    return err;
}

const struct command event_invite_command = {
    .name = "event.invite",
    .doc = "Invite people to a published event; where registration is by invitation, nobody else "
           "may register.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = invite_in,
    .in_bytes = sizeof(struct event_invite),
    .out = invite_out,
    .out_bytes = sizeof(struct event_invited),
    .facts = (const struct fact *const[]){REGISTRATION_FACTS, NULL},
    .run = invite_run,
};
