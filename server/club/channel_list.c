/* channel.list, channel.get, channel.members, channel.enterable: what channels there are, and who
 * reads them. */
#include "club/access.h"
#include "club/audience.h"
#include "club/channel.h"
#include "store/journal.h"

/* --- channel.list ----------------------------------------------------------------------------- */

struct channel_list_in {
    int64_t club;
};
static const struct field list_in[] = {
    FIELD_ID(struct channel_list_in, club, "Club"),
    FIELD_END,
};
struct channel_list_out {
    int64_t seq;
    struct list channels;
};
static const struct field list_out[] = {
    FIELD_INT(struct channel_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct channel_list_out, channels, channel_view, channel_view_fields, 0,
               LIMIT_CHANNELS_LISTED + LIMIT_EVENT_CHANNELS,
               "Channels the person reads, in their order"),
    FIELD_END,
};

static enum err list_run(struct tx *tx, const void *in_, void *out_)
{
    const struct channel_list_in *in = in_;
    struct channel_list_out *out = out_;
    struct channel_views views = {0};
    channels_of_club(tx, tx->actor.person, in->club, &views);
    out->channels = (struct list){views.items, views.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command channel_list_command = {
    .name = "channel.list",
    .doc = "Channels of a Club that the person reads, archived ones included but for events'.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_SEE,
    .in = list_in,
    .in_bytes = sizeof(struct channel_list_in),
    .out = list_out,
    .out_bytes = sizeof(struct channel_list_out),
    .run = list_run,
};

/* --- channel.get ------------------------------------------------------------------------------ */

struct channel_of {
    int64_t channel;
};
static const struct field channel_in[] = {
    FIELD_ID(struct channel_of, channel, "Channel"),
    FIELD_END,
};
struct channel_get_out {
    int64_t seq;
    const struct channel_view *channel;
};
static const struct field get_out[] = {
    FIELD_INT(struct channel_get_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct channel_get_out, channel, channel_view, channel_view_fields, "Channel"),
    FIELD_END,
};

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct channel_of *in = in_;
    struct channel_get_out *out = out_;
    struct channel_view *view = ARENA_NEW(tx->arena, struct channel_view);
    channel_see(tx, tx->actor.person, in->channel, view);
    out->channel = view;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command channel_get_command = {
    .name = "channel.get",
    .doc = "One channel with the person's own part of it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = channel_in,
    .in_bytes = sizeof(struct channel_of),
    .out = get_out,
    .out_bytes = sizeof(struct channel_get_out),
    .run = get_run,
};

/* --- channel.members -------------------------------------------------------------------------- */

struct channel_members_in {
    int64_t channel, after, limit;
};
static const struct field members_in[] = {
    FIELD_ID(struct channel_members_in, channel, "Channel"),
    FIELD_ID_OPT(struct channel_members_in, after, "Last person of the page before"),
    FIELD_INT_OPT(struct channel_members_in, limit, 1, LIMIT_LIST_MAX, "People in a page"),
    FIELD_END,
};
struct channel_reader {
    int64_t id;
    const char *name;
    uint32_t roles;
    bool administrator;
};
static const struct field reader_fields[] = {
    FIELD_ID(struct channel_reader, id, "Person"),
    FIELD_LINE(struct channel_reader, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_WORDS(struct channel_reader, roles, &role_choice, "Roles that let them in"),
    FIELD_BOOL_OPT(struct channel_reader, administrator, "Reads it as an administrator"),
    FIELD_END,
};
struct channel_members_out {
    int64_t readers;
    struct list members;
};
static const struct field members_out[] = {
    FIELD_INT(struct channel_members_out, readers, 0, INT64_MAX, "How many read it in all"),
    FIELD_LIST(struct channel_members_out, members, channel_reader, reader_fields, 0,
               LIMIT_LIST_MAX, "Who reads it, by person"),
    FIELD_END,
};

SQL(name_of, "SELECT name FROM person WHERE id = ?1");

static enum err members_run(struct tx *tx, const void *in_, void *out_)
{
    const struct channel_members_in *in = in_;
    struct channel_members_out *out = out_;
    size_t limit = in->limit ? (size_t)in->limit : LIMIT_LIST_DEFAULT;
    struct standing_list all = {0};
    struct channel_reader *page = ARENA_ARRAY(tx->arena, struct channel_reader, limit);
    size_t count = 0;
    standings_of_channel(tx, in->channel, &all);
    standings_merge(&all);
    for (size_t i = 0; i < all.count && count < limit; i++) {
        const struct standing *standing = &all.items[i];
        if (standing->person > in->after) {
            page[count++] = (struct channel_reader){
                .id = standing->person,
                .name = db_text(tx->db, &name_of, tx->arena, standing->person),
                .roles = standing->reasons & REASON_ROLES,
                .administrator = (standing->reasons & REASON_ADMINISTRATOR) != 0,
            };
        }
    }
    out->readers = (int64_t)all.count;
    out->members = (struct list){page, count};
    return ERR_NONE;
}

const struct command channel_members_command = {
    .name = "channel.members",
    .doc = "Who reads a channel.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CHANNEL_READ,
    .in = members_in,
    .in_bytes = sizeof(struct channel_members_in),
    .out = members_out,
    .out_bytes = sizeof(struct channel_members_out),
    .run = members_run,
};

/* --- channel.enterable ------------------------------------------------------------------------ */

struct enterable_channel {
    int64_t id;
    const char *name;
};
static const struct field enterable_fields[] = {
    FIELD_ID(struct enterable_channel, id, "Channel"),
    FIELD_LINE(struct enterable_channel, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_END,
};
struct channel_enterable_out {
    struct list channels;
};
static const struct field enterable_out[] = {
    FIELD_LIST(struct channel_enterable_out, channels, enterable_channel, enterable_fields, 0,
               LIMIT_CHANNELS_LISTED + LIMIT_EVENT_CHANNELS,
               "Private channels, and events' living ones, the administrator has not entered"),
    FIELD_END,
};

SQL(enterable, "SELECT id, name FROM channel WHERE club = ?1 AND (kind = 'private'"
               " OR kind = 'event' AND archived_at IS NULL) AND id NOT IN"
               " (SELECT channel FROM channel_member WHERE person = ?2)"
               " ORDER BY kind = 'event', position, id");

static enum err enterable_run(struct tx *tx, const void *in_, void *out_)
{
    const struct channel_list_in *in = in_;
    struct channel_enterable_out *out = out_;
    struct {
        struct enterable_channel *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows = db_select(tx->db, &enterable, in->club, tx->actor.person);
    while (rows_next(&rows)) {
        struct enterable_channel channel = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &found, channel);
    }
    out->channels = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command channel_enterable_command = {
    .name = "channel.enterable",
    .doc = "Private channels of a Club, and its events', that an administrator may enter with "
           "channel.enter.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = list_in,
    .in_bytes = sizeof(struct channel_list_in),
    .out = enterable_out,
    .out_bytes = sizeof(struct channel_enterable_out),
    .run = enterable_run,
};
