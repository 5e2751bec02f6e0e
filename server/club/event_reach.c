/* event.reach: to whom who runs a Club may announce its events, to be chosen from. event.create and
 * event.update decide for themselves (event_check.c). */
#include "club/command.h"
#include "club/may.h"

struct reach {
    int64_t club;
};
static const struct field reach_in[] = {
    FIELD_ID(struct reach, club, "Club that organises"),
    FIELD_END,
};
struct reached_club {
    int64_t id;
    const char *name, *region;
};
static const struct field reached_club_fields[] = {
    FIELD_ID(struct reached_club, id, "Club"),
    FIELD_LINE(struct reached_club, name, 1, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE_OPT(struct reached_club, region, 1, LIMIT_NAME_CHARS, "Region of its département"),
    FIELD_END,
};
struct reach_out {
    bool network;
    struct list clubs;
};
static const struct field reach_out[] = {
    FIELD_BOOL(struct reach_out, network, "Everybody too, and each region as a whole"),
    FIELD_LIST(struct reach_out, clubs, reached_club, reached_club_fields, 0, LIMIT_EVENT_CLUBS,
               "Clubs, in their order"),
    FIELD_END,
};

SQL(national_club, "SELECT id FROM club WHERE kind = 'national'");
SQL(clubs, "SELECT k.id, k.name, d.region FROM club k LEFT JOIN departement d"
           " ON d.code = k.departement ORDER BY k.position, k.id LIMIT ?1");

static enum err reach_run(struct tx *tx, const void *in, void *out_)
{
    struct reach_out *out = out_;
    struct {
        struct reached_club *items;
        size_t count, capacity;
    } found = {0};
    (void)in;
    out->network = may_in_club(tx, db_int(tx->db, &national_club, 0)) & CAN_MANAGE;
    for (struct rows rows = db_select(tx->db, &clubs, LIMIT_EVENT_CLUBS); rows_next(&rows);) {
        struct reached_club club = {rows_int(&rows, 0), rows_copy(&rows, 1, tx->arena),
                                    rows_copy(&rows, 2, tx->arena)};
        if (out->network || (may_in_club(tx, club.id) & CAN_MANAGE)) {
            ARENA_PUSH(tx->arena, &found, club);
        }
    }
    out->clubs = (struct list){found.items, found.count};
    return ERR_NONE;
}

const struct command event_reach_command = {
    .name = "event.reach",
    .doc = "To whom who runs a Club may announce its events.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_CLUB_MANAGE,
    .in = reach_in,
    .in_bytes = sizeof(struct reach),
    .out = reach_out,
    .out_bytes = sizeof(struct reach_out),
    .run = reach_run,
};
