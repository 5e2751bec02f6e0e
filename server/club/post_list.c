/* post.list: the posts of a Club, who holds them and who held them. */
#include "base/str.h"
#include "club/member.h"

static const char *const state_words[] = {"planned", "active", "ended", NULL};
static const struct choice state_choice = {"TenureState", state_words};

struct holder {
    int64_t tenure, person;
    const char *name;
    int64_t starts_at, ends_at;
    int state;
};
static const struct field holder_fields[] = {
    FIELD_ID(struct holder, tenure, "Tenure"),
    FIELD_ID(struct holder, person, "Who holds, held or will hold the post"),
    FIELD_LINE_OPT(struct holder, name, 0, LIMIT_NAME_CHARS, "Their name; absent once erased"),
    FIELD_TIME(struct holder, starts_at, "From"),
    FIELD_TIME_OPT(struct holder, ends_at, "To; absent: open"),
    FIELD_CHOICE(struct holder, state, &state_choice, "Where it stands in time"),
    FIELD_END,
};

struct post {
    int64_t id, town;
    int role;
    const char *place;
    bool left;
    struct list holders;
};
static const struct field post_fields[] = {
    FIELD_ID_OPT(struct post, id, "Post; absent until somebody holds it"),
    FIELD_CHOICE(struct post, role, &role_choice, "Animateur of the Club, or chef de projet"),
    FIELD_ID_OPT(struct post, town, "Town of a chef de projet"),
    FIELD_LINE(struct post, place, 0, LIMIT_LABEL_CHARS, "Name of the town, or of the Club"),
    FIELD_BOOL_OPT(struct post, left, "The town is no longer on the official list"),
    FIELD_LIST(struct post, holders, holder, holder_fields, 0, LIMIT_LIST_MAX,
               "Who holds it, the latest first"),
    FIELD_END,
};

struct post_list {
    int64_t club;
};
static const struct field post_list_in[] = {
    FIELD_ID(struct post_list, club, "Club"),
    FIELD_END,
};
struct post_listed {
    struct list posts;
};
static const struct field post_list_out[] = {
    FIELD_LIST(struct post_listed, posts, post, post_fields, 0, LIMIT_POSTS_PER_CLUB,
               "The animateur's, then those of the towns by name"),
    FIELD_END,
};

/* A town that left is shown as long as its post has a history. */
SQL(posts, "SELECT p.id, 0, 'animateur', k.name, 0 FROM club k LEFT JOIN post p ON p.club = k.id"
           " WHERE k.id = ?1"
           " UNION ALL SELECT * FROM (SELECT p.id, t.id, 'chef_de_projet', t.name,"
           " t.left_on IS NOT NULL FROM town t LEFT JOIN post p ON p.town = t.id"
           " WHERE t.id IN (SELECT c.town FROM commune c JOIN club k"
           " ON k.departement = c.departement WHERE k.id = ?1)"
           " AND (t.left_on IS NULL OR p.id IS NOT NULL) ORDER BY t.folded LIMIT ?2)");
SQL(holders, "SELECT t.id, t.person, p.name, t.starts_at, t.ends_at, t.state FROM tenure t"
             " JOIN person p ON p.id = t.person WHERE t.post = ?1"
             " ORDER BY t.starts_at DESC, t.id DESC LIMIT ?2");

static int state_of(const char *word)
{
    return str_equal(word, "active") ? 1 : str_equal(word, "ended") ? 2 : 0;
}

static struct list holders_of(struct tx *tx, int64_t post)
{
    struct {
        struct holder *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows = db_select(tx->db, &holders, post, LIMIT_LIST_MAX);
    while (rows_next(&rows)) {
        struct holder holder = {
            .tenure = rows_int(&rows, 0),
            .person = rows_int(&rows, 1),
            .name = rows_copy(&rows, 2, tx->arena),
            .starts_at = rows_int(&rows, 3),
            .ends_at = rows_int(&rows, 4),
            .state = state_of(rows_text(&rows, 5)),
        };
        ARENA_PUSH(tx->arena, &found, holder);
    }
    return (struct list){found.items, found.count};
}

static enum err post_list_run(struct tx *tx, const void *in, void *out)
{
    const struct post_list *asked = in;
    struct post_listed *listed = out;
    struct {
        struct post *items;
        size_t count, capacity;
    } found = {0};
    struct rows rows = db_select(tx->db, &posts, asked->club, LIMIT_POSTS_PER_CLUB - 1);
    while (rows_next(&rows)) {
        struct post post = {
            .id = rows_int(&rows, 0),
            .town = rows_int(&rows, 1),
            .role = role_of(rows_text(&rows, 2)),
            .place = rows_copy(&rows, 3, tx->arena),
            .left = rows_int(&rows, 4) != 0,
        };
        ARENA_PUSH(tx->arena, &found, post);
    }
    for (size_t i = 0; i < found.count; i++) {
        found.items[i].holders = holders_of(tx, found.items[i].id);
    }
    listed->posts = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command post_list_command = {
    .name = "post.list",
    .doc = "Posts of a Club with who holds and held them; vacant towns included.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_READ,
    .in = post_list_in,
    .in_bytes = sizeof(struct post_list),
    .out = post_list_out,
    .out_bytes = sizeof(struct post_listed),
    .run = post_list_run,
};
