#include "club/channel.h"

#include "base/str.h"
#include "club/access.h"
#include "club/audience.h"
#include "club/person.h"
#include "club/unread.h"

static const char *const kind_words[] = {"open", "private", "direct", "event", NULL};
const struct choice channel_kind_choice = {"ChannelKind", kind_words};
static const char *const posting_words[] = {"all", "animateurs", NULL};
const struct choice channel_posting_choice = {"Posting", posting_words};
static const char *const level_words[] = {"all", "mentions", "none", NULL};
const struct choice level_choice = {"Level", level_words};

#define SHARED_FIELDS                                                                              \
    FIELD_ID(struct channel_shared, id, "Channel"),                                                \
        FIELD_ID_OPT(struct channel_shared, club, "Its Club; absent: a direct conversation"),      \
        FIELD_CHOICE(struct channel_shared, kind, &channel_kind_choice, "Who may read it"),        \
        FIELD_CHOICE(struct channel_shared, posting, &channel_posting_choice,                      \
                     "Who may write in its main stream; who can write may answer in any case"),    \
        FIELD_LINE(struct channel_shared, name, 0, LIMIT_NAME_CHARS, "Name"),                      \
        FIELD_LINE(struct channel_shared, purpose, 0, LIMIT_PURPOSE_CHARS, "What it is for"),      \
        FIELD_INT(struct channel_shared, position, 0, INT64_MAX,                                   \
                  "Order in its Club; 0: an event's, in no order"),                                \
        FIELD_BOOL(struct channel_shared, archived, "Kept to be read only"),                       \
        FIELD_IDS_OPT(struct channel_shared, people, 0, LIMIT_DIRECT_PEOPLE,                       \
                      "Who takes part in a direct conversation")

const struct field channel_shared_fields[] = {SHARED_FIELDS, FIELD_END};

static const struct field mine_fields[] = {
    FIELD_WORDS(struct channel_mine, can, &can_choice, "What the person can do there"),
    FIELD_CHOICE(struct channel_mine, level, &level_choice, "What notifies the person"),
    UNREAD_FIELDS(struct channel_mine),
    FIELD_TEXT_OPT(struct channel_mine, draft, 0, LIMIT_BODY_CHARS, "Begun and not sent"),
    FIELD_END,
};
const struct field channel_view_fields[] = {
    SHARED_FIELDS,
    FIELD_OBJECT(struct channel_view, mine, channel_mine, mine_fields, "The person's own part"),
    FIELD_END,
};

/* --- what is shared --------------------------------------------------------------------------- */

SQL(row, "SELECT id, club, kind, posting, name, purpose, position, archived_at IS NOT NULL"
         " FROM channel WHERE id = ?1");
SQL(members, "SELECT person FROM channel_member WHERE channel = ?1 ORDER BY person");

static struct list load_people(struct tx *tx, int64_t channel)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids = {0};
    for (struct rows rows = db_select(tx->db, &members, channel); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
    }
    return (struct list){ids.items, ids.count};
}

bool channel_load(struct tx *tx, int64_t id, struct channel_shared *out)
{
    struct rows rows = db_select(tx->db, &row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct channel_shared){
        .id = id,
        .club = rows_int(&rows, 1),
        .kind = (enum channel_kind)choice_index(&channel_kind_choice, rows_text(&rows, 2)),
        .posting = (enum channel_posting)choice_index(&channel_posting_choice, rows_text(&rows, 3)),
        .name = rows_copy(&rows, 4, tx->arena),
        .purpose = rows_copy(&rows, 5, tx->arena),
        .position = rows_int(&rows, 6),
        .archived = rows_int(&rows, 7) != 0,
    };
    rows_end(&rows);
    if (out->kind == CHANNEL_DIRECT) {
        out->people = load_people(tx, id);
    }
    return true;
}

struct channel_changed {
    const struct channel_shared *channel;
};
static const struct field changed_out[] = {
    FIELD_OBJECT(struct channel_changed, channel, channel_shared, channel_shared_fields,
                 "The channel as it is now"),
    FIELD_END,
};

static bool changed_load(struct tx *tx, int64_t audience, int64_t entity, void *out_)
{
    (void)audience;
    struct channel_changed *out = out_;
    struct channel_shared *channel = ARENA_NEW(tx->arena, struct channel_shared);
    out->channel = channel;
    return channel_load(tx, entity, channel);
}

const struct fact channel_changed_fact = {
    .name = "channel.changed",
    .doc = "A channel was renamed, moved, archived, or its rules changed.",
    .out = changed_out,
    .out_bytes = sizeof(struct channel_changed),
    .load = changed_load,
};

/* --- what is one's own ------------------------------------------------------------------------ */

SQL(level_get, "SELECT level FROM notification WHERE person = ?1 AND channel = ?2");
SQL(draft_get, "SELECT body FROM draft WHERE person = ?1 AND channel = ?2");

enum level level_of(struct tx *tx, int64_t person, int64_t channel)
{
    const char *word = db_text(tx->db, &level_get, tx->arena, person, channel);
    return word ? (enum level)choice_index(&level_choice, word) : LEVEL_ALL;
}

static const struct channel_mine *load_mine(struct tx *tx, int64_t person, int64_t channel,
                                            uint32_t can)
{
    struct channel_mine *mine = ARENA_NEW(tx->arena, struct channel_mine);
    struct unread unread = unread_of(tx, person, channel);
    mine->can = can;
    mine->level = level_of(tx, person, channel);
    mine->position = unread.position;
    mine->unread = unread.unread;
    mine->mentions = unread.mentions;
    mine->draft = db_text(tx->db, &draft_get, tx->arena, person, channel);
    return mine;
}

bool channel_see(struct tx *tx, int64_t person, int64_t id, struct channel_view *out)
{
    uint32_t can = reasons_can(reasons_in_channel(tx, person, id));
    if (!(can & CAN_READ) || !channel_load(tx, id, &out->shared)) {
        return false;
    }
    out->mine = load_mine(tx, person, id, can);
    return true;
}

/* --- several ---------------------------------------------------------------------------------- */

SQL(in_club, "SELECT id FROM channel WHERE club = ?1 AND (kind <> 'event' OR archived_at IS NULL)"
             " ORDER BY kind = 'event', position, id");
SQL(direct, "SELECT c.id FROM channel_member m JOIN channel c ON c.id = m.channel"
            " WHERE m.person = ?1 AND c.kind = 'direct' ORDER BY c.id");

static void see_all(struct tx *tx, int64_t person, struct rows rows, struct channel_views *out)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids = {0};
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
    }
    for (size_t i = 0; i < ids.count; i++) {
        struct channel_view view = {0};
        if (channel_see(tx, person, ids.items[i], &view)) {
            ARENA_PUSH(tx->arena, out, view);
        }
    }
}

void channels_of_club(struct tx *tx, int64_t person, int64_t club, struct channel_views *out)
{
    see_all(tx, person, db_select(tx->db, &in_club, club), out);
}

void channels_direct(struct tx *tx, int64_t person, struct channel_views *out)
{
    see_all(tx, person, db_select(tx->db, &direct, person), out);
}

SQL(direct_people,
    "SELECT DISTINCT p.id, p.name FROM channel_member mine JOIN channel c ON c.id = mine.channel"
    " JOIN channel_member m ON m.channel = c.id JOIN person p ON p.id = m.person"
    " WHERE mine.person = ?1 AND c.kind = 'direct' ORDER BY p.id");

struct list channels_direct_people(struct tx *tx, int64_t person)
{
    struct {
        struct person_name *items;
        size_t count, capacity;
    } people = {0};
    for (struct rows rows = db_select(tx->db, &direct_people, person); rows_next(&rows);) {
        struct person_name one = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena)};
        ARENA_PUSH(tx->arena, &people, one);
    }
    return (struct list){people.items, people.count};
}

/* --- making one ------------------------------------------------------------------------------- */

SQL(name_taken, "SELECT 1 FROM channel WHERE club = ?1 AND name = ?2 COLLATE NOCASE AND id <> ?3"
                " AND archived_at IS NULL AND kind <> 'event'");

enum err channel_name_free(struct tx *tx, int64_t club, const char *name, int64_t except)
{
    if (db_int(tx->db, &name_taken, 0, club, name, except)) {
        return tx_fail(tx, ERR_EXISTS, "name", NULL);
    }
    return ERR_NONE;
}

SQL(insert, "INSERT INTO channel (club, kind, posting, name, purpose, position, created_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, CASE ?2 WHEN 'event' THEN 0 ELSE 1 + coalesce((SELECT"
            " max(position) FROM channel WHERE club = ?1), 0) END, ?6)");

int64_t channel_insert(struct tx *tx, const struct channel_shared *channel)
{
    db_run(tx->db, &insert, db_id(channel->club), kind_words[channel->kind],
           posting_words[channel->posting], channel->name, channel->purpose, tx->now_ms);
    return db_last_id(tx->db);
}
