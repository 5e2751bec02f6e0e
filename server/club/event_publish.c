/* event.publish: an event becomes known, now or at an hour set. */
#include "club/channel.h"
#include "club/event_card.h"
#include "club/event_form.h"
#include "club/event_life.h"

struct event_publish {
    int64_t event, at;
    bool hold;
};
static const struct field publish_in[] = {
    FIELD_ID(struct event_publish, event, "Event"),
    FIELD_TIME_OPT(struct event_publish, at, "When; absent or past: now"),
    FIELD_BOOL_OPT(struct event_publish, hold, "Keep it a draft, and forget the hour set"),
    FIELD_END,
};

SQL(set_hour, "UPDATE event SET publish_at = ?2, changed_at = max(?3, changed_at + 1)"
              " WHERE id = ?1");

/* `at` 0: no hour. */
static void publish_later(struct tx *tx, int64_t event, int64_t at)
{
    db_run(tx->db, &set_hour, event, db_id(at), tx->now_ms);
    due_set(tx, &event_publish_command, event, at ? at : INT64_MAX);
    event_tell(tx, event);
}

SQL(hour_came, "SELECT 1 FROM event WHERE id = ?1 AND publish_at <= ?2");

/* Nobody is there to be told so: it is tried again each day, and its page says when. */
static bool has_to_wait(struct tx *tx, int64_t event)
{
    return tx->actor.is_operator && db_int(tx->db, &hour_came, 0, event, tx->now_ms) &&
           !event_has_room(tx, tx->event.club);
}

SQL(set_published, "UPDATE event SET state = 'published', publish_at = NULL, published_at = ?2,"
                   " changed_at = max(?2, changed_at + 1) WHERE id = ?1");

/* One that is over rings for nobody; one that is long over is not talked about either. */
static enum err publish_now(struct tx *tx, int64_t event)
{
    struct ids clubs = {0};
    due_set(tx, &event_publish_command, event, INT64_MAX);
    db_run(tx->db, &set_published, event, tx->now_ms);
    if (!event_is_closed(tx, tx->event.ends_at)) {
        enum err err = event_open_channel(tx, event);
        if (err) {
            return err;
        }
        event_schedule(tx, event);
    }
    event_tell(tx, event);
    if (tx->event.ends_at > tx->now_ms) {
        event_clubs(tx, event, &clubs);
        event_card_post(tx, event, &clubs);
    }
    return ERR_NONE;
}

static enum err publish_run(struct tx *tx, const void *in_, void *out)
{
    const struct event_publish *in = in_;
    (void)out;
    if (tx->event.state != EVENT_DRAFT) {
        return tx_fail(tx, ERR_CONFLICT, NULL,
                       PHRASE("cet événement est déjà publié", "this event is published already"));
    }
    if (in->hold) {
        publish_later(tx, in->event, 0);
        return ERR_NONE;
    }
    enum err err = event_may_announce(tx, in->event);
    if (!err && in->at > tx->now_ms && in->at >= tx->event.ends_at) {
        err = tx_fail(tx, ERR_VALUE, "at",
                      PHRASE("l'événement sera terminé", "the event will be over"));
    }
    if (err) {
        return err;
    }
    if (in->at > tx->now_ms || has_to_wait(tx, in->event)) {
        publish_later(tx, in->event, in->at > tx->now_ms ? in->at : tx->now_ms + MS_PER_DAY);
        return ERR_NONE;
    }
    return publish_now(tx, in->event);
}

const struct command event_publish_command = {
    .name = "event.publish",
    .doc = "Publish a draft, now or at an hour: who it is announced to sees it, its channel opens,"
           " and a card is posted in the announcements of its Clubs.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_EVENT_MANAGE,
    .in = publish_in,
    .in_bytes = sizeof(struct event_publish),
    .out = no_fields,
    .facts = (const struct fact *const[]){EVENT_FACTS, CARD_FACTS, EVENT_CHANNEL_FACTS, NULL},
    .run = publish_run,
};
