/* member.list: who is in a Club; guest.list: who is let into single channels of it. */
#include "club/fold.h"
#include "club/member.h"
#include "store/journal.h"

/* --- member.list ------------------------------------------------------------------------------ */

struct member_list {
    int64_t club;
    const char *query;
    int64_t after, limit;
};
static const struct field member_list_in[] = {
    FIELD_ID(struct member_list, club, "Club"),
    FIELD_LINE_OPT(struct member_list, query, 0, LIMIT_QUERY_CHARS,
                   "Beginning of a word of the name, or part of the function"),
    FIELD_ID_OPT(struct member_list, after, "Last person of the page before"),
    FIELD_INT_OPT(struct member_list, limit, 1, LIMIT_LIST_MAX, "Members in a page"),
    FIELD_END,
};
struct member_page {
    int64_t seq;
    struct list members;
    bool more;
};
static const struct field member_list_out[] = {
    FIELD_INT(struct member_page, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct member_page, members, member, member_fields, 0, LIMIT_LIST_MAX,
               "Members of the whole Club, by name"),
    FIELD_BOOL_OPT(struct member_page, more, "There is another page"),
    FIELD_END,
};

SQL(people, "SELECT DISTINCT p.id, p.folded FROM membership m JOIN person p ON p.id = m.person"
            " WHERE m.club = ?1 AND m.channel IS NULL AND m.active = 1 AND p.state = 'active'"
            " AND (?2 IS NULL OR ' ' || p.folded LIKE ?2 OR m.label LIKE ?3)"
            " AND (?4 = 0 OR (p.folded, p.id) > (SELECT folded, id FROM person WHERE id = ?4))"
            " ORDER BY p.folded, p.id LIMIT ?5");

/* A word in a LIKE pattern means itself. */
static const char *anywhere(struct tx *tx, const char *query)
{
    char *out = arena_printf(tx->arena, "%%%s%%", query);
    for (char *s = out + 1; s[1]; s++) {
        *s = *s == '%' ? '_' : *s; /* any one character, itself among them */
    }
    return out;
}

static enum err member_list_run(struct tx *tx, const void *in, void *out)
{
    const struct member_list *asked = in;
    struct member_page *page = out;
    int64_t limit = asked->limit ? asked->limit : LIMIT_LIST_DEFAULT, count = 0;
    int64_t *ids = ARENA_ARRAY(tx->arena, int64_t, limit + 1);
    const char *folded = asked->query ? fold(asked->query, tx->arena) : "";
    const char *begins = *folded ? fold_pattern(folded, tx->arena) : NULL;
    struct rows rows =
        db_select(tx->db, &people, asked->club, begins, begins ? anywhere(tx, asked->query) : NULL,
                  asked->after, limit + 1);
    while (rows_next(&rows)) {
        ids[count++] = rows_int(&rows, 0);
    }
    page->more = count > limit;
    count = page->more ? limit : count;
    struct member *members = ARENA_ARRAY(tx->arena, struct member, count);
    for (int64_t i = 0; i < count; i++) {
        member_load(tx, ids[i], asked->club, 0, &members[i]);
    }
    page->members = (struct list){members, (size_t)count};
    page->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command member_list_command = {
    .name = "member.list",
    .doc = "Members of a Club, by name; with a query, those it may mean (for mentions).",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_READ,
    .in = member_list_in,
    .in_bytes = sizeof(struct member_list),
    .out = member_list_out,
    .out_bytes = sizeof(struct member_page),
    .run = member_list_run,
};

/* --- guest.list ------------------------------------------------------------------------------- */

struct guest {
    int64_t channel;
    const char *channel_name;
    const struct member *member;
};
static const struct field guest_fields[] = {
    FIELD_ID(struct guest, channel, "Channel they are let into"),
    FIELD_LINE(struct guest, channel_name, 0, LIMIT_NAME_CHARS, "Its name"),
    FIELD_OBJECT(struct guest, member, member, member_fields, "Who"),
    FIELD_END,
};
struct guest_list {
    int64_t club;
};
static const struct field guest_list_in[] = {
    FIELD_ID(struct guest_list, club, "Club"),
    FIELD_END,
};
struct guest_page {
    struct list guests;
};
static const struct field guest_list_out[] = {
    FIELD_LIST(struct guest_page, guests, guest, guest_fields, 0, LIMIT_POSTS_PER_CLUB,
               "Guests, by channel and name"),
    FIELD_END,
};

SQL(guests, "SELECT DISTINCT m.channel, p.id, p.folded FROM membership m JOIN person p"
            " ON p.id = m.person WHERE m.club = ?1 AND m.channel IS NOT NULL AND m.active = 1"
            " AND p.state = 'active' ORDER BY m.channel, p.folded, p.id LIMIT ?2");

struct guest_ids {
    struct guest_id {
        int64_t channel, person;
    } * items;
    size_t count, capacity;
};

/* Guests of private channels are for those who may see the channel. */
static bool guest_load(struct tx *tx, int64_t club, const struct guest_id *id, struct guest *out)
{
    struct channel channel;
    struct member *member = ARENA_NEW(tx->arena, struct member);
    if (!channel_find(tx, id->channel, &channel) ||
        !(may_in_channel(tx, &channel) & (CAN_READ | CAN_ENTER)) ||
        !member_load(tx, id->person, club, id->channel, member)) {
        return false;
    }
    *out = (struct guest){channel.id, channel.name, member};
    return true;
}

static enum err guest_list_run(struct tx *tx, const void *in, void *out)
{
    const struct guest_list *asked = in;
    struct guest_page *page = out;
    struct guest_ids ids = {0};
    struct rows rows = db_select(tx->db, &guests, asked->club, LIMIT_POSTS_PER_CLUB);
    while (rows_next(&rows)) {
        struct guest_id id = {rows_int(&rows, 0), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &ids, id);
    }
    struct guest *items = ARENA_ARRAY(tx->arena, struct guest, ids.count);
    size_t count = 0;
    for (size_t i = 0; i < ids.count; i++) {
        count += guest_load(tx, asked->club, &ids.items[i], &items[count]);
    }
    page->guests = (struct list){items, count};
    return ERR_NONE;
}

const struct command guest_list_command = {
    .name = "guest.list",
    .doc = "People let into single channels of a Club.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = guest_list_in,
    .in_bytes = sizeof(struct guest_list),
    .out = guest_list_out,
    .out_bytes = sizeof(struct guest_page),
    .run = guest_list_run,
};
