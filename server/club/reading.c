/* read.set, draft.set, notification.set: what each person keeps about a channel. Last values, so
 * marks: ten changes while a device was away come back as one. */
#include "club/access.h"
#include "club/audience.h"
#include "club/channel.h"
#include "club/unread.h"
#include "store/journal.h"

/* A mark of a channel the person has lost since says nothing any more. */
static bool still_reads(struct tx *tx, int64_t audience, int64_t channel)
{
    return (reasons_can(reasons_in_channel(tx, audience_id(audience), channel)) & CAN_READ) != 0;
}

/* --- read.set --------------------------------------------------------------------------------- */

struct read_set {
    int64_t channel, position;
};
static const struct field read_in[] = {
    FIELD_ID(struct read_set, channel, "Channel"),
    FIELD_INT(struct read_set, position, 0, INT64_MAX,
              "Last message read; lower than before marks as unread from there"),
    FIELD_END,
};
struct read_moved {
    int64_t channel, position, unread, mentions;
};
static const struct field moved_out[] = {
    FIELD_ID(struct read_moved, channel, "Channel"),
    UNREAD_FIELDS(struct read_moved),
    FIELD_END,
};

static struct read_moved moved_in(struct tx *tx, int64_t person, int64_t channel)
{
    struct unread unread = unread_of(tx, person, channel);
    return (struct read_moved){channel, unread.position, unread.unread, unread.mentions};
}

static bool moved_load(struct tx *tx, int64_t audience, int64_t channel, void *out)
{
    *(struct read_moved *)out = moved_in(tx, audience_id(audience), channel);
    return still_reads(tx, audience, channel);
}

const struct fact read_moved_fact = {
    .name = "read.moved",
    .doc =
        "The person has read further in a channel, or marked it unread, on one of their devices.",
    .out = moved_out,
    .out_bytes = sizeof(struct read_moved),
    .load = moved_load,
};

SQL(position_set, "INSERT INTO reading (person, channel, position) VALUES (?1, ?2, ?3)"
                  " ON CONFLICT DO UPDATE SET position = excluded.position"
                  " WHERE position <> excluded.position");

static enum err read_run(struct tx *tx, const void *in_, void *out)
{
    const struct read_set *in = in_;
    int64_t head = journal_head(tx->db);
    if (in->position > head) {
        return tx_fail(tx, ERR_RANGE, "position",
                       arena_printf(tx->arena, PHRASE("0 et %lld", "0 and %lld"), (long long)head,
                                    (long long)head));
    }
    db_run(tx->db, &position_set, tx->actor.person, in->channel, in->position);
    if (db_changed(tx->db)) {
        mark_note(tx, &read_moved_fact, tx->actor.person, in->channel);
    }
    *(struct read_moved *)out = moved_in(tx, tx->actor.person, in->channel);
    return ERR_NONE;
}

const struct command read_set_command = {
    .name = "read.set",
    .doc = "Say up to where a channel's main stream is read.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = read_in,
    .in_bytes = sizeof(struct read_set),
    .out = moved_out,
    .out_bytes = sizeof(struct read_moved),
    .facts = (const struct fact *const[]){&read_moved_fact, NULL},
    .run = read_run,
};

/* --- draft.set -------------------------------------------------------------------------------- */

struct draft {
    int64_t channel;
    const char *body;
};
static const struct field draft_fields[] = {
    FIELD_ID(struct draft, channel, "Channel"),
    FIELD_TEXT(struct draft, body, 0, LIMIT_BODY_CHARS, "What was begun; empty: nothing"),
    FIELD_END,
};

SQL(draft_get, "SELECT body FROM draft WHERE person = ?1 AND channel = ?2");

static bool draft_load(struct tx *tx, int64_t audience, int64_t channel, void *out_)
{
    struct draft *out = out_;
    out->channel = channel;
    out->body = db_text(tx->db, &draft_get, tx->arena, audience_id(audience), channel);
    return still_reads(tx, audience, channel);
}

static const struct fact draft_fact = {
    .name = "draft.changed",
    .doc = "The person's draft in a channel is another now.",
    .out = draft_fields,
    .out_bytes = sizeof(struct draft),
    .load = draft_load,
};

SQL(draft_put, "INSERT INTO draft (person, channel, body, at) VALUES (?1, ?2, ?3, ?4)"
               " ON CONFLICT DO UPDATE SET body = excluded.body, at = excluded.at");
SQL(draft_drop, "DELETE FROM draft WHERE person = ?1 AND channel = ?2");

static enum err draft_run(struct tx *tx, const void *in_, void *out)
{
    const struct draft *in = in_;
    (void)out;
    if (in->body[0]) {
        db_run(tx->db, &draft_put, tx->actor.person, in->channel, in->body, tx->now_ms);
    } else {
        db_run(tx->db, &draft_drop, tx->actor.person, in->channel);
    }
    if (db_changed(tx->db)) {
        mark_note(tx, &draft_fact, tx->actor.person, in->channel);
    }
    return ERR_NONE;
}

const struct command draft_set_command = {
    .name = "draft.set",
    .doc = "Keep what was begun in a channel, for the person's other devices.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = draft_fields,
    .in_bytes = sizeof(struct draft),
    .out = no_fields,
    .facts = (const struct fact *const[]){&draft_fact, NULL},
    .run = draft_run,
};

/* --- notification.set ------------------------------------------------------------------------- */

struct notification {
    int64_t channel;
    enum level level;
};
static const struct field notification_fields[] = {
    FIELD_ID(struct notification, channel, "Channel"),
    FIELD_CHOICE(struct notification, level, &level_choice, "What notifies the person"),
    FIELD_END,
};

static bool notification_load(struct tx *tx, int64_t audience, int64_t channel, void *out_)
{
    struct notification *out = out_;
    out->channel = channel;
    out->level = level_of(tx, audience_id(audience), channel);
    return still_reads(tx, audience, channel);
}

static const struct fact notification_fact = {
    .name = "notification.changed",
    .doc = "The person chose what notifies them in a channel.",
    .out = notification_fields,
    .out_bytes = sizeof(struct notification),
    .load = notification_load,
};

SQL(level_put, "INSERT INTO notification (person, channel, level) VALUES (?1, ?2, ?3)"
               " ON CONFLICT DO UPDATE SET level = excluded.level");

static enum err notification_run(struct tx *tx, const void *in_, void *out)
{
    const struct notification *in = in_;
    (void)out;
    if (in->level != level_of(tx, tx->actor.person, in->channel)) {
        db_run(tx->db, &level_put, tx->actor.person, in->channel, level_choice.words[in->level]);
        mark_note(tx, &notification_fact, tx->actor.person, in->channel);
    }
    return ERR_NONE;
}

const struct command notification_set_command = {
    .name = "notification.set",
    .doc = "Choose what notifies in a channel: everything, mentions, or nothing.",
    .kind = MARK,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = notification_fields,
    .in_bytes = sizeof(struct notification),
    .out = no_fields,
    .facts = (const struct fact *const[]){&notification_fact, NULL},
    .run = notification_run,
};
