/* pin.set and pin.list: what a channel keeps in view. */
#include "club/audience.h"
#include "club/message.h"
#include "store/journal.h"

/* --- pin.set ---------------------------------------------------------------------------------- */

struct pin_set {
    int64_t message;
    bool pinned;
};
static const struct field set_in[] = {
    FIELD_ID(struct pin_set, message, "Message"),
    FIELD_BOOL(struct pin_set, pinned, "true to pin it, false to unpin it"),
    FIELD_END,
};

SQL(pin_count, "SELECT count(*) FROM pin WHERE channel = ?1");
SQL(pin, "INSERT INTO pin (message, channel, person, at) VALUES (?1, ?2, ?3, ?4)"
         " ON CONFLICT DO NOTHING");
SQL(unpin, "DELETE FROM pin WHERE message = ?1");

static enum err set_run(struct tx *tx, const void *in_, void *out)
{
    const struct pin_set *in = in_;
    int64_t channel = tx->channel.id;
    (void)out;
    if (!in->pinned) {
        db_run(tx->db, &unpin, in->message);
    } else if (db_int(tx->db, &pin_count, 0, channel) >= LIMIT_PINS_PER_CHANNEL) {
        return tx_fail(tx, ERR_FULL, NULL, PHRASE("50 messages épinglés", "50 pinned messages"));
    } else {
        db_run(tx->db, &pin, in->message, channel, db_id(tx->actor.person), tx->now_ms);
    }
    if (db_changed(tx->db)) {
        fact_note(tx, &message_pinned_fact, audience_channel(channel), in->message);
    }
    return ERR_NONE;
}

const struct command pin_set_command = {
    .name = "pin.set",
    .doc = "Pin a message in its channel, or unpin it.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_MESSAGE_MODERATE,
    .in = set_in,
    .in_bytes = sizeof(struct pin_set),
    .out = no_fields,
    .facts = (const struct fact *const[]){&message_pinned_fact, NULL},
    .run = set_run,
};

/* --- pin.list --------------------------------------------------------------------------------- */

struct pin_list_in {
    int64_t channel, before;
};
static const struct field list_in[] = {
    FIELD_ID(struct pin_list_in, channel, "Channel"),
    FIELD_ID_OPT(struct pin_list_in, before, "Last message of the page before"),
    FIELD_END,
};
struct pin_list_out {
    int64_t seq;
    struct list messages;
    bool more;
};
static const struct field list_out[] = {
    FIELD_INT(struct pin_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct pin_list_out, messages, message, message_fields, 0, LIMIT_PINS_PER_CHANNEL,
               "Pinned messages, the last pinned first"),
    FIELD_BOOL(struct pin_list_out, more, "There are more, pinned earlier"),
    FIELD_END,
};

SQL(page, MESSAGE_SELECT "JOIN pin k ON k.message = m.id WHERE k.channel = ?1"
                         " AND (?2 = 0 OR (k.at, k.message) <"
                         " (SELECT at, message FROM pin WHERE message = ?2))"
                         " ORDER BY k.at DESC, k.message DESC");

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct pin_list_in *in = in_;
    struct pin_list_out *out = out_;
    struct messages messages = {0};
    out->more = messages_read(tx, db_select(tx->db, &page, in->channel, in->before),
                              LIMIT_PINS_PER_CHANNEL, &messages);
    out->messages = (struct list){messages.items, messages.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command pin_list_command = {
    .name = "pin.list",
    .doc = "Messages pinned in a channel.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = list_in,
    .in_bytes = sizeof(struct pin_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct pin_list_out),
    .run = list_run,
};
