/* today.get: what happened in each Club since the person left, and what mentions them. */
#include "club/channel.h"
#include "club/club.h"
#include "club/message.h"
#include "store/journal.h"

#define LATEST_MAX     3 /* messages shown of a channel */
#define MENTIONS_MAX   20
#define CLOCK_SLACK_MS MS_PER_DAY /* of message_id_at(), whose filter is exact beside it */
#define MENTION_DAYS   30

struct today_get {
    int64_t since;
};
static const struct field today_in[] = {
    FIELD_TIME_OPT(struct today_get, since,
                   "Show what came from this instant on; absent: what is not read yet"),
    FIELD_END,
};

struct today_channel {
    int64_t channel;
    const char *name;
    int64_t unread, mentions;
    struct list messages;
    struct ids shown; /* of these, before they are read */
};
static const struct field channel_fields[] = {
    FIELD_ID(struct today_channel, channel, "Channel"),
    FIELD_LINE(struct today_channel, name, 0, LIMIT_NAME_CHARS, "Its name"),
    FIELD_INT(struct today_channel, unread, 0, LIMIT_UNREAD, "As in the channel itself"),
    FIELD_INT(struct today_channel, mentions, 0, LIMIT_UNREAD, "As in the channel itself"),
    FIELD_LIST(struct today_channel, messages, message, message_fields, 0, LATEST_MAX,
               "The last ones of others, oldest first; fewer when they are long"),
    FIELD_END,
};
struct today_club {
    int64_t club;
    const char *name;
    struct list channels;
};
static const struct field club_fields[] = {
    FIELD_ID_OPT(struct today_club, club, "Club; absent: direct conversations"),
    FIELD_LINE_OPT(struct today_club, name, 1, LIMIT_NAME_CHARS, "Its name"),
    FIELD_LIST(struct today_club, channels, today_channel, channel_fields, 0, INT64_MAX,
               "Channels where something happened"),
    FIELD_END,
};
struct today_get_out {
    int64_t seq;
    struct list clubs, mentions;
};
static const struct field today_out[] = {
    FIELD_INT(struct today_get_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct today_get_out, clubs, today_club, club_fields, 0, INT64_MAX,
               "Clubs where something happened, then direct conversations"),
    FIELD_LIST(struct today_get_out, mentions, message, message_fields, 0, MENTIONS_MAX,
               "What mentions the person, the last one first"),
    FIELD_END,
};

/* All channels in one row, and which of them are each Club's: their messages are read at once. */
struct today {
    struct {
        struct today_channel *items;
        size_t count, capacity;
    } channels;
    struct {
        struct today_club *items;
        size_t count, capacity;
    } clubs;
    int64_t since, first; /* instant and the first id that may be of it; 0: what is not read */
};

/* --- channels --------------------------------------------------------------------------------- */

/* ?1 channel, ?2 person, ?3 last id that is too old, ?4 instant. */
SQL(latest, "SELECT id FROM message WHERE channel = ?1 AND thread IS NULL AND id > ?3 AND at >= ?4"
            " AND deleted_at IS NULL AND author IS NOT ?2 ORDER BY id DESC LIMIT 3");

static void look_into(struct tx *tx, const struct channel_view *view, struct today *today)
{
    struct today_channel channel = {
        .channel = view->shared.id,
        .name = view->shared.name,
        .unread = view->mine->unread,
        .mentions = view->mine->mentions,
    };
    int64_t position = today->since ? today->first - 1 : view->mine->position;
    if (!today->since && channel.unread == 0) {
        return;
    }
    ids_read(tx,
             db_select(tx->db, &latest, channel.channel, tx->actor.person, position, today->since),
             &channel.shown);
    if (channel.shown.count > 0) {
        ARENA_PUSH(tx->arena, &today->channels, channel);
    }
}

static void look_into_club(struct tx *tx, struct today_club club, const struct channel_views *views,
                           struct today *today)
{
    size_t start = today->channels.count;
    for (size_t i = 0; i < views->count; i++) {
        look_into(tx, &views->items[i], today);
    }
    club.channels.count = today->channels.count - start;
    if (club.channels.count > 0) {
        ARENA_PUSH(tx->arena, &today->clubs, club);
    }
}

static void look_into_clubs(struct tx *tx, struct today *today)
{
    struct club_views own = {0};
    struct channel_views directs = {0};
    clubs_of(tx, tx->actor.person, true, &own);
    for (size_t i = 0; i < own.count; i++) {
        struct today_club club = {.club = own.items[i].id, .name = own.items[i].name};
        struct channel_views channels = {0};
        channels_of_club(tx, tx->actor.person, club.club, &channels);
        look_into_club(tx, club, &channels, today);
    }
    channels_direct(tx, tx->actor.person, &directs);
    look_into_club(tx, (struct today_club){0}, &directs, today);
}

/* --- their messages --------------------------------------------------------------------------- */

/* Takes the channel's own from `*next` on; they come newest first and are shown oldest first. */
static void give_messages(struct tx *tx, struct today_channel *channel,
                          const struct messages *messages, size_t *next)
{
    struct messages own = {0};
    size_t start = *next;
    while (*next < messages->count && messages->items[*next].channel == channel->channel) {
        (*next)++;
    }
    for (size_t i = *next; i-- > start;) {
        ARENA_PUSH(tx->arena, &own, messages->items[i]);
    }
    channel->messages = (struct list){own.items, own.count};
}

static void read_messages(struct tx *tx, struct today *today)
{
    struct ids all = {0};
    struct messages messages = {0};
    size_t next = 0, first = 0;
    for (size_t i = 0; i < today->channels.count; i++) {
        const struct ids *shown = &today->channels.items[i].shown;
        for (size_t j = 0; j < shown->count; j++) {
            ARENA_PUSH(tx->arena, &all, shown->items[j]);
        }
    }
    messages_by_id(tx, &all, &messages);
    for (size_t i = 0; i < today->channels.count; i++) {
        give_messages(tx, &today->channels.items[i], &messages, &next);
    }
    for (size_t i = 0; i < today->clubs.count; i++) {
        struct list *channels = &today->clubs.items[i].channels;
        channels->items = &today->channels.items[first];
        first += channels->count;
    }
}

/* --- mentions --------------------------------------------------------------------------------- */

/* ?1 person, ?2 channels, ?3 first id, ?4 instant. An answer in a thread that is not followed goes
 * by the channel's position. */
SQL(mentioning, MESSAGE_SELECT
    "WHERE m.id IN (SELECT message FROM mention WHERE kind = 'all' AND target = '' AND message >= "
    "?3"
    " UNION SELECT message FROM mention WHERE kind = 'person' AND target = CAST(?1 AS TEXT)"
    " AND message >= ?3"
    " UNION SELECT x.message FROM mention x JOIN message n ON n.id = x.message"
    " JOIN channel c ON c.id = n.channel JOIN membership q ON q.club = c.club AND q.role = x.target"
    " WHERE x.kind = 'role' AND x.target IN (SELECT role FROM membership WHERE person = ?1"
    " AND active = 1) AND x.message >= ?3 AND q.person = ?1 AND q.active = 1"
    " AND (q.channel IS NULL OR q.channel = c.id))"
    " AND m.channel IN (SELECT value FROM json_each(?2)) AND m.at >= ?4"
    " AND m.deleted_at IS NULL AND m.author IS NOT ?1"
    " AND (?5 OR m.id > coalesce((SELECT position FROM following WHERE person = ?1 AND thread = "
    "m.thread),"
    " (SELECT position FROM reading WHERE person = ?1 AND channel = m.channel), 0))"
    " ORDER BY m.id DESC LIMIT 21");

static struct list read_mentions(struct tx *tx, const struct today *today)
{
    struct ids channels = {0};
    struct messages messages = {0};
    int64_t from = today->since ? today->since : tx->now_ms - MENTION_DAYS * MS_PER_DAY;
    ids_of_readable(tx, 0, &channels);
    struct rows rows = db_select(tx->db, &mentioning, tx->actor.person, ids_json(tx, &channels),
                                 message_id_at(tx, from - CLOCK_SLACK_MS), from, today->since != 0);
    messages_read(tx, rows, MENTIONS_MAX, &messages);
    return (struct list){messages.items, messages.count};
}

static enum err today_run(struct tx *tx, const void *in_, void *out_)
{
    const struct today_get *in = in_;
    struct today_get_out *out = out_;
    struct today today = {.since = in->since};
    today.first = in->since ? message_id_at(tx, in->since - CLOCK_SLACK_MS) : 0;
    look_into_clubs(tx, &today);
    read_messages(tx, &today);
    out->clubs = (struct list){today.clubs.items, today.clubs.count};
    out->mentions = read_mentions(tx, &today);
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command today_get_command = {
    .name = "today.get",
    .doc = "What happened in each Club since the person left, and what mentions them.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = today_in,
    .in_bytes = sizeof(struct today_get),
    .out = today_out,
    .out_bytes = sizeof(struct today_get_out),
    .run = today_run,
};
