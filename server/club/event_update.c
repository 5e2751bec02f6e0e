/* event.update: an event said anew, as a whole. Once it is published, who comes is told what moved,
 * and who it is no longer announced to that it is gone. */
#include "base/str.h"
#include "club/audience.h"
#include "club/channel.h"
#include "club/event_card.h"
#include "club/event_form.h"
#include "club/event_life.h"
#include "club/event_words.h"
#include "club/notice.h"
#include "club/registration.h"

static const struct field update_in[] = {
    FIELD_ID(struct event_form, event, "Event"),
    EVENT_FORM_FIELDS,
    FIELD_END,
};

/* What is to be compared once it is rewritten. */
struct was {
    struct event event;
    const char *link;     /* shown or not */
    struct ids audiences; /* who heard of it */
    struct ids clubs;
};

SQL(link_of, "SELECT link FROM event WHERE id = ?1");

static void look(struct tx *tx, int64_t event, struct was *out)
{
    event_load(tx, event, &out->event);
    out->link = db_text(tx->db, &link_of, tx->arena, event);
    event_audiences(tx, event, &out->audiences);
    event_clubs(tx, event, &out->clubs);
}

/* --- announced to others ---------------------------------------------------------------------- */

/* Those of `a` that are not in `b`; both rise. */
static struct ids without(struct tx *tx, const struct ids *a, const struct ids *b)
{
    struct ids rest = {0};
    for (size_t i = 0, j = 0; i < a->count; i++) {
        while (j < b->count && b->items[j] < a->items[i]) {
            j++;
        }
        if (j == b->count || b->items[j] != a->items[i]) {
            ARENA_PUSH(tx->arena, &rest, a->items[i]);
        }
    }
    return rest;
}

/* A card rings in each Club that comes to it, and leaves each that goes. One that was over when it
 * was published rang nowhere yet. */
static void move_cards(struct tx *tx, const struct event *now, const struct was *before)
{
    struct ids after = {0};
    event_clubs(tx, now->id, &after);
    struct ids gained = without(tx, &after, &before->clubs),
               lost = without(tx, &before->clubs, &after);
    event_card_remove(tx, now->id, &lost);
    bool rang = before->event.published_at < before->event.ends_at;
    if (now->ends_at > tx->now_ms) {
        event_card_post(tx, now->id, rang ? &gained : &after);
    }
}

/* --- moved ------------------------------------------------------------------------------------ */

SQL(count_change, "UPDATE event SET sequence = sequence + 1 WHERE id = ?1");

/* What moved, for those it concerns; nothing if all is as it was, or it is over. */
static void tell_move(struct tx *tx, const struct was *before, const struct event *now,
                      const char *link)
{
    struct ids people = {0};
    bool link_changed = !str_equal(before->link, link);
    const char *words = event_move_words(tx->arena, &before->event, now, link_changed);
    if (!words) {
        return;
    }
    db_run(tx->db, &count_change, now->id);
    event_schedule(tx, now->id);
    if (now->ends_at <= tx->now_ms) {
        return;
    }
    registered_people(tx, now->id, &people);
    for (size_t i = 0; i < people.count; i++) {
        notice_give(tx, people.items[i], NOTICE_MOVED, now->id, words);
    }
}

/* --- event.update ----------------------------------------------------------------------------- */

static enum err update_published(struct tx *tx, int64_t event, const struct was *before)
{
    struct event now;
    event_load(tx, event, &now);
    bool reopens = event_is_closed(tx, before->event.ends_at) && !event_is_closed(tx, now.ends_at);
    enum err err = reopens ? event_reopen_channel(tx, event) : ERR_NONE;
    if (err) {
        return err;
    }
    event_name_channel(tx, event);
    tell_move(tx, before, &now, db_text(tx->db, &link_of, tx->arena, event));
    event_tell_gone(tx, event, &before->audiences);
    event_tell(tx, event);
    move_cards(tx, &now, before);
    seats_settle(tx, event);
    return ERR_NONE;
}

static enum err update_run(struct tx *tx, const void *in, void *out)
{
    const struct event_form *form = in;
    struct event_plan plan;
    struct was before = {0};
    (void)out;
    if (tx->event.state == EVENT_CANCELLED) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("cet événement est annulé", "this event is cancelled"));
    }
    enum err err = event_check(tx, tx->event.club, form->event, form, &plan);
    if (err) {
        return err;
    }
    look(tx, form->event, &before);
    err = event_rewrite(tx, form->event, form, &plan);
    if (err) {
        return err;
    }
    if (tx->event.state == EVENT_DRAFT) {
        event_tell(tx, form->event);
        return ERR_NONE;
    }
    return update_published(tx, form->event, &before);
}

const struct command event_update_command = {
    .name = "event.update",
    .doc = "Say an event anew: all that is left out is taken away. Once it is published, those "
           "registered are told a new hour, place or link.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = update_in,
    .in_bytes = sizeof(struct event_form),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_FACTS, CARD_FACTS, &channel_changed_fact,
                                          REGISTRATION_FACTS, NULL},
    .run = update_run,
};
