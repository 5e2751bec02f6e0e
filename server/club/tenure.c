#include "club/tenure.h"

#include "base/str.h"
#include "club/town.h"

extern const struct command tenure_due_command;

/* --- posts ------------------------------------------------------------------------------------ */

SQL(post_row, "SELECT id FROM post WHERE (?1 IS NOT NULL AND town = ?1)"
              " OR (?1 IS NULL AND club = ?2)");
SQL(add_post, "INSERT INTO post (role, town, club, label) VALUES (?1, ?2, ?3, ?4)");

static const char *post_label(struct tx *tx, int role, const char *place)
{
    return member_label(tx, role, place);
}

int64_t post_find(struct tx *tx, int64_t town, int64_t club)
{
    return db_int(tx->db, &post_row, 0, db_id(town), club);
}

int64_t post_of(struct tx *tx, int64_t town, int64_t club)
{
    struct town of_town;
    struct club of_club;
    int64_t post = post_find(tx, town, club);
    if (post) {
        return post;
    }
    int role = town ? ROLE_CHEF_DE_PROJET : ROLE_ANIMATEUR;
    bool found = town ? town_find(tx, town, &of_town) : club_find(tx, club, &of_club);
    if (!found) {
        return 0;
    }
    db_run(tx->db, &add_post, role_word(role), db_id(town), db_id(town ? 0 : club),
           post_label(tx, role, town ? of_town.name : of_club.name));
    return db_last_id(tx->db);
}

SQL(rename_post, "UPDATE post SET label = ?2 WHERE town = ?1");

void post_rename(struct tx *tx, int64_t town, const char *town_name)
{
    db_run(tx->db, &rename_post, town, post_label(tx, ROLE_CHEF_DE_PROJET, town_name));
}

SQL(is_held, "SELECT 1 FROM tenure WHERE post = ?1 AND person = ?2 AND state <> 'ended'");

bool post_is_held_by(struct tx *tx, int64_t post, int64_t person)
{
    return db_int(tx->db, &is_held, 0, post, person) != 0;
}

/* --- what a tenure brings --------------------------------------------------------------------- */

struct memberships {
    struct membership *items;
    size_t count, capacity;
};

struct tenure {
    int64_t id, post, person, starts_at, ends_at;
    int64_t town, club; /* of the post: one of them */
    const char *label;  /* of the post */
    bool active;
};

SQL(tenure_row, "SELECT t.id, t.post, t.person, t.starts_at, t.ends_at, p.town, p.club, p.label"
                " FROM tenure t JOIN post p ON p.id = t.post WHERE t.id = ?1");

static bool find_tenure(struct tx *tx, int64_t id, struct tenure *out)
{
    struct rows rows = db_select(tx->db, &tenure_row, id);
    if (!rows_next(&rows)) {
        return false;
    }
    *out = (struct tenure){
        .id = rows_int(&rows, 0),
        .post = rows_int(&rows, 1),
        .person = rows_int(&rows, 2),
        .starts_at = rows_int(&rows, 3),
        .ends_at = rows_int(&rows, 4),
        .town = rows_int(&rows, 5),
        .club = rows_int(&rows, 6),
        .label = rows_copy(&rows, 7, tx->arena),
    };
    rows_end(&rows);
    return true;
}

/* A town that left the list keeps its Clubs: its people and their posts stay. */
SQL(clubs_of_town,
    "SELECT DISTINCT k.id FROM commune c JOIN club k ON k.departement = c.departement"
    " WHERE c.town = ?1 AND (c.left_on IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM commune x WHERE x.town = ?1 AND x.left_on IS NULL))"
    " UNION SELECT id FROM club WHERE kind = 'national'");
SQL(national_beside, "SELECT id FROM club WHERE kind = 'national' AND id <> ?1");

static void want(struct tx *tx, const struct tenure *tenure, struct memberships *wanted,
                 int64_t club, int role)
{
    struct membership membership = {
        .person = tenure->person,
        .club = club,
        .role = role,
        .tenure = tenure->id,
        .label = tenure->label,
        .since = tx->now_ms,
        .until = tenure->ends_at,
    };
    ARENA_PUSH(tx->arena, wanted, membership);
}

static struct memberships wanted_by(struct tx *tx, const struct tenure *tenure)
{
    struct memberships wanted = {0};
    if (!tenure->active) {
        return wanted;
    }
    if (tenure->club) {
        want(tx, tenure, &wanted, tenure->club, ROLE_ANIMATEUR);
    }
    struct rows rows = tenure->club ? db_select(tx->db, &national_beside, tenure->club)
                                    : db_select(tx->db, &clubs_of_town, tenure->town);
    while (rows_next(&rows)) {
        want(tx, tenure, &wanted, rows_int(&rows, 0),
             tenure->club ? ROLE_PARTENAIRE : ROLE_CHEF_DE_PROJET);
    }
    return wanted;
}

SQL(brought, "SELECT id, club, role, label, person, until FROM membership"
             " WHERE tenure = ?1 AND active = 1 ORDER BY id");

static struct memberships brought_by(struct tx *tx, int64_t tenure)
{
    struct memberships found = {0};
    struct rows rows = db_select(tx->db, &brought, tenure);
    while (rows_next(&rows)) {
        struct membership membership = {
            .id = rows_int(&rows, 0),
            .club = rows_int(&rows, 1),
            .role = role_of(rows_text(&rows, 2)),
            .label = rows_copy(&rows, 3, tx->arena),
            .person = rows_int(&rows, 4),
            .until = rows_int(&rows, 5),
        };
        ARENA_PUSH(tx->arena, &found, membership);
    }
    return found;
}

static bool has(const struct memberships *list, const struct membership *like)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct membership *item = &list->items[i];
        if (item->club == like->club && item->role == like->role && item->until == like->until &&
            str_equal(item->label, like->label)) {
            return true;
        }
    }
    return false;
}

static bool has_club(const struct memberships *list, int64_t club)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].club == club) {
            return true;
        }
    }
    return false;
}

static void bring(struct tx *tx, const struct tenure *tenure)
{
    struct memberships wanted = wanted_by(tx, tenure), is = brought_by(tx, tenure->id);
    struct memberships told = {0}; /* one fact for each Club where something changed */
    for (size_t i = 0; i < is.count; i++) {
        if (!has(&wanted, &is.items[i])) {
            membership_stop(tx, &is.items[i]);
            ARENA_PUSH(tx->arena, &told, is.items[i]);
        }
    }
    for (size_t i = 0; i < wanted.count; i++) {
        if (!has(&is, &wanted.items[i])) {
            membership_start(tx, &wanted.items[i]);
            if (!has_club(&told, wanted.items[i].club)) {
                ARENA_PUSH(tx->arena, &told, wanted.items[i]);
            }
        }
    }
    for (size_t i = 0; i < told.count; i++) {
        member_note(tx, tenure->person, told.items[i].club, 0);
    }
}

/* --- time ------------------------------------------------------------------------------------- */

SQL(set_state, "UPDATE tenure SET state = ?2 WHERE id = ?1");

void tenure_settle(struct tx *tx, int64_t id)
{
    struct tenure tenure;
    if (!find_tenure(tx, id, &tenure)) {
        return;
    }
    bool ended = tenure.ends_at && tenure.ends_at <= tx->now_ms;
    tenure.active = !ended && tenure.starts_at <= tx->now_ms;
    const char *state = ended ? "ended" : tenure.active ? "active" : "planned";
    int64_t next = ended ? 0 : tenure.active ? tenure.ends_at : tenure.starts_at;
    db_run(tx->db, &set_state, id, state);
    due_set(tx, &tenure_due_command, id, next ? next : INT64_MAX);
    bring(tx, &tenure);
}

SQL(insert_tenure, "INSERT INTO tenure (post, person, starts_at, ends_at, state)"
                   " VALUES (?1, ?2, ?3, ?4, 'planned')");

int64_t tenure_start(struct tx *tx, int64_t post, int64_t person, int64_t starts_at,
                     int64_t ends_at)
{
    db_run(tx->db, &insert_tenure, post, person, starts_at, db_id(ends_at));
    int64_t tenure = db_last_id(tx->db);
    tenure_settle(tx, tenure);
    return tenure;
}

static void settle_all(struct tx *tx, struct rows rows)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } found = {0};
    while (rows_next(&rows)) {
        ARENA_PUSH(tx->arena, &found, rows_int(&rows, 0));
    }
    for (size_t i = 0; i < found.count; i++) {
        tenure_settle(tx, found.items[i]);
    }
}

SQL(tenures_of_town, "SELECT t.id FROM tenure t JOIN post p ON p.id = t.post"
                     " WHERE p.town = ?1 AND t.state = 'active'");

void tenure_settle_town(struct tx *tx, int64_t town)
{
    settle_all(tx, db_select(tx->db, &tenures_of_town, town));
}

SQL(end_tenures, "UPDATE tenure SET ends_at = ?2, starts_at = min(starts_at, ?2)"
                 " WHERE person = ?1 AND state <> 'ended'");
SQL(tenures_to_end, "SELECT id FROM tenure WHERE person = ?1 AND state <> 'ended'");

void tenure_end_all(struct tx *tx, int64_t person)
{
    db_run(tx->db, &end_tenures, person, tx->now_ms);
    settle_all(tx, db_select(tx->db, &tenures_to_end, person));
}
