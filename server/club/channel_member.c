/* channel.member_add, channel.member_remove, channel.enter: who is chosen for a private channel. */
#include "club/audience.h"
#include "club/channel.h"

/* --- facts: who came and went ----------------------------------------------------------------- */

struct channel_member {
    int64_t channel, person;
    const char *name;
};
static const struct field member_out[] = {
    FIELD_ID(struct channel_member, channel, "Channel"),
    FIELD_ID(struct channel_member, person, "Person"),
    FIELD_LINE_OPT(struct channel_member, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_END,
};

SQL(name_of, "SELECT name FROM person WHERE id = ?1");

/* The entity is the person; the channel is in the audience. */
static bool member_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    struct channel_member *out = out_;
    out->channel = audience_id(audience);
    out->person = entity;
    out->name = db_text(tx->db, &name_of, tx->arena, entity);
    return true;
}

#define MEMBER_FACT(variable, name_, doc_)                                                         \
    static const struct fact variable = {.name = (name_),                                          \
                                         .doc = (doc_),                                            \
                                         .out = member_out,                                        \
                                         .out_bytes = sizeof(struct channel_member),               \
                                         .load = member_load}
MEMBER_FACT(added_fact, "channel.member_added", "A person was chosen for a private channel.");
MEMBER_FACT(removed_fact, "channel.member_removed", "A person left a private channel.");
MEMBER_FACT(entered_fact, "channel.entered", "An administrator entered a private channel.");

static void note_member(struct tx *tx, const struct fact *fact, int64_t channel, int64_t person)
{
    fact_note(tx, fact, audience_channel(channel), person);
}

/* --- choosing --------------------------------------------------------------------------------- */

SQL(in_club, "SELECT 1 FROM membership m JOIN person p ON p.id = m.person WHERE m.club = ?1"
             " AND m.person = ?2 AND m.active = 1 AND m.channel IS NULL AND p.state <> 'erased'");
SQL(choose, "INSERT INTO channel_member (channel, person, since) VALUES (?1, ?2, ?3)"
            " ON CONFLICT DO NOTHING");

static bool is_member(struct tx *tx, int64_t club, int64_t person)
{
    bool self = person == tx->actor.person && tx->actor.administrator;
    return self || db_int(tx->db, &in_club, 0, club, person);
}

enum err channel_choose(struct tx *tx, int64_t channel, int64_t club, int64_t person,
                        const char *field)
{
    if (!is_member(tx, club, person)) {
        return tx_fail(tx, ERR_NOT_FOUND, field, NULL);
    }
    db_run(tx->db, &choose, channel, person, tx->now_ms);
    return ERR_NONE;
}

/* --- channel.member_add and channel.member_remove --------------------------------------------- */

struct member_of_channel {
    int64_t channel, person;
};
static const struct field member_in[] = {
    FIELD_ID(struct member_of_channel, channel, "Private channel"),
    FIELD_ID(struct member_of_channel, person, "Person, a member of its Club"),
    FIELD_END,
};

static enum err only_private(struct tx *tx)
{
    return tx->channel.kind == CHANNEL_PRIVATE ? ERR_NONE
                                               : tx_fail(tx, ERR_FORBIDDEN, "channel", NULL);
}

/* An administrator enters an event's channel, and leaves it; who else reads it follows from the
 * seats. */
static enum err only_chosen(struct tx *tx)
{
    return tx->channel.kind == CHANNEL_EVENT ? ERR_NONE : only_private(tx);
}

static enum err add_run(struct tx *tx, const void *in_, void *out)
{
    const struct member_of_channel *in = in_;
    (void)out;
    enum err err = only_private(tx);
    if (err) {
        return err;
    }
    rights_touch(tx, in->person);
    err = channel_choose(tx, in->channel, tx->channel.club, in->person, "person");
    if (!err && db_changed(tx->db)) {
        note_member(tx, &added_fact, in->channel, in->person);
    }
    return err;
}

const struct command channel_member_add_command = {
    .name = "channel.member_add",
    .doc = "Choose a member of the Club for a private channel.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_MANAGE,
    .in = member_in,
    .in_bytes = sizeof(struct member_of_channel),
    .out = no_fields,
    .facts = (const struct fact *const[]){&added_fact, ACCESS_FACTS, NULL},
    .run = add_run,
};

SQL(dismiss, "DELETE FROM channel_member WHERE channel = ?1 AND person = ?2");

static enum err remove_run(struct tx *tx, const void *in_, void *out)
{
    const struct member_of_channel *in = in_;
    (void)out;
    enum err err = only_chosen(tx);
    if (err) {
        return err;
    }
    if (in->person != tx->actor.person && !(tx->can & CAN_MANAGE)) {
        return tx_fail(tx, ERR_FORBIDDEN, NULL, NULL);
    }
    rights_touch(tx, in->person);
    db_run(tx->db, &dismiss, in->channel, in->person);
    if (db_changed(tx->db)) {
        note_member(tx, &removed_fact, in->channel, in->person);
    }
    return ERR_NONE;
}

const struct command channel_member_remove_command = {
    .name = "channel.member_remove",
    .doc = "Take a person out of a private channel; anybody may leave one.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = member_in,
    .in_bytes = sizeof(struct member_of_channel),
    .out = no_fields,
    .facts = (const struct fact *const[]){&removed_fact, ACCESS_FACTS, NULL},
    .run = remove_run,
};

/* --- channel.enter ---------------------------------------------------------------------------- */

struct channel_enter {
    int64_t channel;
};
static const struct field enter_in[] = {
    FIELD_ID(struct channel_enter, channel, "Private channel"),
    FIELD_END,
};

static enum err enter_run(struct tx *tx, const void *in_, void *out)
{
    const struct channel_enter *in = in_;
    (void)out;
    enum err err = only_chosen(tx);
    if (err) {
        return err;
    }
    rights_touch(tx, tx->actor.person);
    err = channel_choose(tx, in->channel, tx->channel.club, tx->actor.person, NULL);
    if (!err && db_changed(tx->db)) {
        note_member(tx, &entered_fact, in->channel, tx->actor.person);
    }
    return err;
}

const struct command channel_enter_command = {
    .name = "channel.enter",
    .doc = "An administrator makes itself a member of a private channel; its members are told.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_ENTER,
    .in = enter_in,
    .in_bytes = sizeof(struct channel_enter),
    .out = no_fields,
    .facts = (const struct fact *const[]){&entered_fact, ACCESS_FACTS, NULL},
    .run = enter_run,
};
