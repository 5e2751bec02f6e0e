/* channel.create, channel.update, channel.move, channel.archive: an animateur arranges the Club's
 * channels. */
#include "base/str.h"
#include "club/audience.h"
#include "club/channel.h"

SQL(channels_of, "SELECT count(*) FROM channel WHERE club = ?1 AND kind <> 'event'"
                 " AND (archived_at IS NOT NULL) = ?2");

static int64_t channel_count(struct tx *tx, int64_t club, bool archived)
{
    return db_int(tx->db, &channels_of, 0, club, (int64_t)archived);
}

static enum err room_to_live(struct tx *tx, int64_t club)
{
    if (channel_count(tx, club, false) < LIMIT_CHANNELS_PER_CLUB) {
        return ERR_NONE;
    }
    return tx_fail(tx, ERR_FULL, NULL,
                   arena_printf(tx->arena, PHRASE("%d canaux par Club", "%d channels per Club"),
                                LIMIT_CHANNELS_PER_CLUB, LIMIT_CHANNELS_PER_CLUB));
}

static enum err room_to_archive(struct tx *tx, int64_t club)
{
    if (channel_count(tx, club, true) < LIMIT_CHANNELS_ARCHIVED) {
        return ERR_NONE;
    }
    return tx_fail(
        tx, ERR_FULL, NULL,
        arena_printf(tx->arena,
                     PHRASE("%d canaux archivés par Club", "%d archived channels per Club"),
                     LIMIT_CHANNELS_ARCHIVED, LIMIT_CHANNELS_ARCHIVED));
}

/* An event's channel is opened and archived with the event, and stands in no order. */
static enum err not_of_event(struct tx *tx)
{
    return tx->channel.kind == CHANNEL_EVENT
               ? tx_fail(tx, ERR_CONFLICT, "channel",
                         PHRASE("ce canal est celui d'un événement", "this channel is an event's"))
               : ERR_NONE;
}

/* --- channel.create --------------------------------------------------------------------------- */

static const char *const creatable_words[] = {"open", "private", NULL};
static const struct choice creatable_choice = {"ClubChannelKind", creatable_words};

struct channel_create {
    int64_t club;
    const char *nonce, *name, *purpose;
    enum channel_kind kind;
    enum channel_posting posting;
    struct list members;
};
static const struct field create_in[] = {
    FIELD_ID(struct channel_create, club, "Club"),
    FIELD_LINE_OPT(struct channel_create, nonce, LIMIT_NONCE_MIN, LIMIT_NONCE_MAX,
                   "Chosen by the client: the same again does nothing again"),
    FIELD_LINE(struct channel_create, name, 1, LIMIT_NAME_CHARS, "Name, new in the Club"),
    FIELD_LINE_OPT(struct channel_create, purpose, 0, LIMIT_PURPOSE_CHARS, "What it is for"),
    FIELD_CHOICE_OPT(struct channel_create, kind, &creatable_choice,
                     "Open to the Club, or private to chosen members"),
    FIELD_CHOICE_OPT(struct channel_create, posting, &channel_posting_choice,
                     "Who may write in its main stream"),
    FIELD_IDS_OPT(struct channel_create, members, 0, LIMIT_LIST_MAX,
                  "Members of the Club who are chosen for a private channel; oneself always is"),
    FIELD_END,
};

#define NOT_CHOSEN                                                                                 \
    PHRASE("on ne choisit de membres que pour un canal privé",                                     \
           "members are chosen for a private channel only")

static enum err choose_members(struct tx *tx, const struct channel_create *in, int64_t channel)
{
    const int64_t *people = in->members.items;
    enum err err = ERR_NONE;
    if (in->kind != CHANNEL_PRIVATE) {
        return in->members.count ? tx_fail(tx, ERR_CONFLICT, "members", NOT_CHOSEN) : ERR_NONE;
    }
    if (tx->actor.person) {
        err = channel_choose(tx, channel, in->club, tx->actor.person, NULL);
    }
    for (size_t i = 0; i < in->members.count && !err; i++) {
        err = channel_choose(tx, channel, in->club, people[i], "members");
    }
    return err;
}

static enum err create_run(struct tx *tx, const void *in_, void *out_)
{
    const struct channel_create *in = in_;
    struct created *out = out_;
    enum err err = room_to_live(tx, in->club);
    if (!err) {
        err = channel_name_free(tx, in->club, in->name, 0);
    }
    if (err) {
        return err;
    }
    out->id =
        channel_insert(tx, &(struct channel_shared){.club = in->club,
                                                    .kind = in->kind,
                                                    .posting = in->posting,
                                                    .name = in->name,
                                                    .purpose = in->purpose ? in->purpose : ""});
    rights_new_channel(tx, out->id);
    err = choose_members(tx, in, out->id);
    if (!err) {
        out->seq = fact_note(tx, &channel_changed_fact, audience_channel(out->id), out->id);
    }
    return err;
}

const struct command channel_create_command = {
    .name = "channel.create",
    .doc = "Make a channel in a Club.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = create_in,
    .in_bytes = sizeof(struct channel_create),
    .out = created_fields,
    .out_bytes = sizeof(struct created),
    .facts = (const struct fact *const[]){&channel_changed_fact, ACCESS_FACTS, NULL},
    .run = create_run,
};

/* --- channel.update --------------------------------------------------------------------------- */

static const char *const posting_change_words[] = {"keep", "all", "animateurs", NULL};
static const struct choice posting_change_choice = {"PostingChange", posting_change_words};

struct channel_update {
    int64_t channel;
    const char *name, *purpose; /* NULL: as it is */
    enum { POSTING_KEEP, POSTING_SET_ALL, POSTING_SET_ANIMATEURS } posting;
};
static const struct field update_in[] = {
    FIELD_ID(struct channel_update, channel, "Channel"),
    FIELD_LINE_OPT(struct channel_update, name, 1, LIMIT_NAME_CHARS, "New name"),
    FIELD_LINE_OPT(struct channel_update, purpose, 0, LIMIT_PURPOSE_CHARS, "New purpose"),
    FIELD_CHOICE_OPT(struct channel_update, posting, &posting_change_choice,
                     "Who may write in its main stream from now on"),
    FIELD_END,
};

SQL(update, "UPDATE channel SET name = coalesce(?2, name), purpose = coalesce(?3, purpose),"
            " posting = coalesce(?4, posting) WHERE id = ?1");

static enum err update_run(struct tx *tx, const void *in_, void *out)
{
    const struct channel_update *in = in_;
    (void)out;
    const char *posting = in->posting == POSTING_KEEP ? NULL : posting_change_words[in->posting];
    if (in->name && !tx->channel.archived && tx->channel.kind != CHANNEL_EVENT) {
        enum err err = channel_name_free(tx, tx->channel.club, in->name, in->channel);
        if (err) {
            return err;
        }
    }
    db_run(tx->db, &update, in->channel, in->name, in->purpose, posting);
    fact_note(tx, &channel_changed_fact, audience_channel(in->channel), in->channel);
    return ERR_NONE;
}

const struct command channel_update_command = {
    .name = "channel.update",
    .doc = "Rename a channel, say anew what it is for, or who may write in it.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_MANAGE,
    .in = update_in,
    .in_bytes = sizeof(struct channel_update),
    .out = no_fields,
    .facts = (const struct fact *const[]){&channel_changed_fact, NULL},
    .run = update_run,
};

/* --- channel.move ----------------------------------------------------------------------------- */

struct channel_move {
    int64_t channel, before;
};
static const struct field move_in[] = {
    FIELD_ID(struct channel_move, channel, "Channel to move"),
    FIELD_ID_OPT(struct channel_move, before, "Channel it comes before; absent: it comes last"),
    FIELD_END,
};

SQL(order, "SELECT id, position FROM channel WHERE club = ?1 AND kind <> 'event'"
           " ORDER BY position, id");
SQL(place, "UPDATE channel SET position = ?2 WHERE id = ?1");

struct places {
    struct place {
        int64_t channel, position;
    } * items;
    size_t count, capacity;
};

static struct places places_of(struct tx *tx, int64_t club)
{
    struct places places = {0};
    for (struct rows rows = db_select(tx->db, &order, club); rows_next(&rows);) {
        struct place one = {rows_int(&rows, 0), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &places, one);
    }
    return places;
}

/* Index of the channel; the count if it is not there. */
static size_t find_place(const struct places *places, int64_t channel)
{
    size_t i = 0;
    while (i < places->count && places->items[i].channel != channel) {
        i++;
    }
    return i;
}

/* Takes the item at `from` to just before the one at `to`. */
static void move_place(struct places *places, size_t from, size_t to)
{
    struct place moved = places->items[from];
    for (; from + 1 < to; from++) {
        places->items[from] = places->items[from + 1];
    }
    for (; from > to; from--) {
        places->items[from] = places->items[from - 1];
    }
    places->items[from] = moved;
}

/* Channels are numbered anew from 1; only those whose number changes are told. */
static void number_places(struct tx *tx, const struct places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct place *one = &places->items[i];
        int64_t position = (int64_t)i + 1;
        if (one->position != position) {
            db_run(tx->db, &place, one->channel, position);
            fact_note(tx, &channel_changed_fact, audience_channel(one->channel), one->channel);
        }
    }
}

static enum err move_run(struct tx *tx, const void *in_, void *out)
{
    const struct channel_move *in = in_;
    (void)out;
    enum err err = not_of_event(tx);
    if (err) {
        return err;
    }
    struct places places = places_of(tx, tx->channel.club);
    size_t from = find_place(&places, in->channel), to = places.count;
    if (in->before) {
        to = find_place(&places, in->before);
        if (to == places.count) {
            return tx_fail(tx, ERR_NOT_FOUND, "before", NULL);
        }
    }
    if (to != from) {
        move_place(&places, from, to);
        number_places(tx, &places);
    }
    return ERR_NONE;
}

const struct command channel_move_command = {
    .name = "channel.move",
    .doc = "Put a channel elsewhere in the order of its Club.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_MANAGE,
    .in = move_in,
    .in_bytes = sizeof(struct channel_move),
    .out = no_fields,
    .facts = (const struct fact *const[]){&channel_changed_fact, NULL},
    .run = move_run,
};

/* --- channel.archive -------------------------------------------------------------------------- */

struct channel_archive {
    int64_t channel;
    bool archived;
};
static const struct field archive_in[] = {
    FIELD_ID(struct channel_archive, channel, "Channel"),
    FIELD_BOOL(struct channel_archive, archived, "true to archive, false to bring it back"),
    FIELD_END,
};

SQL(archive, "UPDATE channel SET archived_at = ?2 WHERE id = ?1");

static enum err may_come_back(struct tx *tx)
{
    enum err err = room_to_live(tx, tx->channel.club);
    return err ? err : channel_name_free(tx, tx->channel.club, tx->channel.name, tx->channel.id);
}

static enum err archive_run(struct tx *tx, const void *in_, void *out)
{
    const struct channel_archive *in = in_;
    (void)out;
    enum err err = not_of_event(tx);
    if (err || in->archived == tx->channel.archived) {
        return err;
    }
    err = in->archived ? room_to_archive(tx, tx->channel.club) : may_come_back(tx);
    if (err) {
        return err;
    }
    db_run(tx->db, &archive, in->channel, db_id(in->archived ? tx->now_ms : 0));
    fact_note(tx, &channel_changed_fact, audience_channel(in->channel), in->channel);
    return ERR_NONE;
}

const struct command channel_archive_command = {
    .name = "channel.archive",
    .doc = "Archive a channel, to be read only, or bring it back.",
    .kind = FACT,
    .since = 1,
    .right = RIGHT_CHANNEL_MANAGE,
    .in = archive_in,
    .in_bytes = sizeof(struct channel_archive),
    .out = no_fields,
    .facts = (const struct fact *const[]){&channel_changed_fact, NULL},
    .run = archive_run,
};
