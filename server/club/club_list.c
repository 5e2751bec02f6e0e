/* club.list, club.get: the Clubs a person sees. */
#include "base/str.h"
#include "club/access.h"
#include "club/club.h"
#include "store/journal.h"

static const char *const kind_words[] = {"national", "departement", NULL};
static const struct choice kind_choice = {"ClubKind", kind_words};

#define CLUB_FIELDS                                                                                \
    FIELD_ID(struct club_view, id, "Club"),                                                        \
        FIELD_LINE(struct club_view, name, 1, LIMIT_NAME_CHARS, "Name"),                           \
        FIELD_CHOICE(struct club_view, kind, &kind_choice, "National, or of a département"),       \
        FIELD_LINE_OPT(struct club_view, departement, 2, 3, "Code of its département"),            \
        FIELD_WORDS(struct club_view, can, &can_choice,                                            \
                    "What the person can do there; nothing for a guest of one channel"),           \
        FIELD_WORDS(struct club_view, roles, &role_choice, "The person's roles there")

const struct field club_view_fields[] = {CLUB_FIELDS, FIELD_END};

/* --- reading ---------------------------------------------------------------------------------- */

SQL(row, "SELECT name, kind, departement FROM club WHERE id = ?1");

bool club_see(struct tx *tx, int64_t person, int64_t id, struct club_view *out)
{
    uint32_t reasons = reasons_in_club(tx, person, id);
    if (!reasons && !club_entered(tx, person, id)) {
        return false;
    }
    struct rows rows = db_select(tx->db, &row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct club_view){
        .id = id,
        .name = rows_copy(&rows, 0, tx->arena),
        .kind = str_equal(rows_text(&rows, 1), "national") ? CLUB_NATIONAL : CLUB_DEPARTEMENT,
        .departement = rows_copy(&rows, 2, tx->arena),
        .can = reasons_can(reasons),
        .roles = reasons & REASON_ROLES,
    };
    rows_end(&rows);
    return true;
}

/* ?2: Clubs an administrator sees without belonging to them are left out. */
SQL(listed, "SELECT k.id FROM club k WHERE k.id IN (" CLUBS_ENTERED ")"
            " OR (NOT ?2 AND EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1))"
            " ORDER BY k.position, k.id");

void clubs_of(struct tx *tx, int64_t person, bool own, struct club_views *out)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids = {0};
    for (struct rows rows = db_select(tx->db, &listed, person, own); rows_next(&rows);) {
        ARENA_PUSH(tx->arena, &ids, rows_int(&rows, 0));
    }
    for (size_t i = 0; i < ids.count; i++) {
        struct club_view view = {0};
        if (club_see(tx, person, ids.items[i], &view)) {
            ARENA_PUSH(tx->arena, out, view);
        }
    }
}

/* --- club.list -------------------------------------------------------------------------------- */

struct club_list_item {
    struct club_view club; /* first: its rows serve here too */
    int64_t members;
};
static const struct field item_fields[] = {
    CLUB_FIELDS,
    FIELD_INT(struct club_list_item, members, 0, INT64_MAX, "People in the whole Club, as of now"),
    FIELD_END,
};
struct club_list_out {
    int64_t seq;
    struct list clubs;
};
static const struct field list_out[] = {
    FIELD_INT(struct club_list_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct club_list_out, clubs, club_list_item, item_fields, 0, INT64_MAX,
               "Clubs the person sees, the national one first"),
    FIELD_END,
};

SQL(members, "SELECT count(DISTINCT m.person) FROM membership m JOIN person p ON p.id = m.person"
             " WHERE m.club = ?1 AND m.active = 1 AND m.channel IS NULL AND p.state = 'active'");

static enum err list_run(struct tx *tx, const void *in, void *out_)
{
    struct club_list_out *out = out_;
    struct club_views views = {0};
    (void)in;
    clubs_of(tx, tx->actor.person, false, &views);
    struct club_list_item *items = ARENA_ARRAY(tx->arena, struct club_list_item, views.count);
    for (size_t i = 0; i < views.count; i++) {
        items[i].club = views.items[i];
        items[i].members = db_int(tx->db, &members, 0, views.items[i].id);
    }
    out->clubs = (struct list){items, views.count};
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command club_list_command = {
    .name = "club.list",
    .doc = "Clubs the person sees: their own, those they are a guest in, all for an administrator.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = list_out,
    .out_bytes = sizeof(struct club_list_out),
    .run = list_run,
};

/* --- club.get --------------------------------------------------------------------------------- */

struct club_get {
    int64_t club;
};
static const struct field get_in[] = {
    FIELD_ID(struct club_get, club, "Club"),
    FIELD_END,
};
struct club_get_out {
    int64_t seq;
    const struct club_view *club;
};
static const struct field get_out[] = {
    FIELD_INT(struct club_get_out, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_OBJECT(struct club_get_out, club, club_view, club_view_fields, "Club"),
    FIELD_END,
};

static enum err get_run(struct tx *tx, const void *in_, void *out_)
{
    const struct club_get *in = in_;
    struct club_get_out *out = out_;
    struct club_view *view = ARENA_NEW(tx->arena, struct club_view);
    if (!club_see(tx, tx->actor.person, in->club, view)) {
        return tx_fail(tx, ERR_NOT_FOUND, "club", NULL);
    }
    out->club = view;
    out->seq = journal_head(tx->db);
    return ERR_NONE;
}

const struct command club_get_command = {
    .name = "club.get",
    .doc = "One Club with the person's rights and roles in it.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_SEE,
    .in = get_in,
    .in_bytes = sizeof(struct club_get),
    .out = get_out,
    .out_bytes = sizeof(struct club_get_out),
    .run = get_run,
};
