#include "club/access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/audience.h"
#include "store/memo.h"

/* --- what follows from a reason --------------------------------------------------------------- */

#define CAN_TALK (CAN_READ | CAN_WRITE | CAN_REACT)
#define CAN_RUN  (CAN_TALK | CAN_MODERATE | CAN_MANAGE | CAN_BROADCAST)

static const struct {
    const char *word; /* as the statements below say it */
    uint32_t can;
} reason_table[] = {
    [ROLE_ANIMATEUR] = {"animateur", CAN_RUN},
    [ROLE_CHEF_DE_PROJET] = {"chef_de_projet", CAN_TALK},
    [ROLE_ELU] = {"elu", CAN_TALK},
    [ROLE_PARTENAIRE] = {"partenaire", CAN_TALK},
    [ROLE_LECTEUR] = {"lecteur", CAN_READ | CAN_REACT},
    {"administrator", CAN_RUN},
    {"direct", CAN_TALK},
    {"direct_closed", CAN_READ},
    {"registered", CAN_TALK},
};
#define REASON_COUNT (sizeof reason_table / sizeof reason_table[0])

/* The words are those of the statements above and of CHECKs; another, as of a damaged database, is
 * no reason at all. No test can bring one here, hence the marks for gcovr. */
static uint32_t reason_bit(const char *word)
{
    for (size_t i = 0; i < REASON_COUNT; i++) { /* GCOVR_EXCL_BR_LINE */
        if (str_equal(reason_table[i].word, word)) {
            return UINT32_C(1) << i;
        }
    }
    return 0; /* GCOVR_EXCL_LINE */
}

uint32_t reasons_can(uint32_t reasons)
{
    uint32_t can = 0;
    for (size_t i = 0; i < REASON_COUNT; i++) {
        can |= reasons >> i & 1 ? reason_table[i].can : 0;
    }
    return can;
}

/* --- the reasons, in SQL ---------------------------------------------------------------------- */

/* Rows as CHANNEL_REASONS gives them, of the Club itself: their channel is NULL. */
#define CLUB_REASONS(where)                                                                        \
    "SELECT p.id, k.id, NULL, m.role AS reason FROM person p"                                      \
    " JOIN membership m ON m.person = p.id JOIN club k ON k.id = m.club"                           \
    " WHERE p.state = 'active' AND m.active = 1 AND m.channel IS NULL AND " where                  \
    " UNION ALL SELECT p.id, k.id, NULL, 'administrator' FROM person p JOIN club k"                \
    " WHERE p.administrator = 1 AND p.state = 'active' AND " where

/* The archived channel of an event may be read, but is heard and listed no more: nothing happens
 * there, and there is one more after each event. */
#define HEARD "(c.kind <> 'event' OR c.archived_at IS NULL)"

#define DIRECT_REASONS(where)                                                                      \
    "SELECT p.id, NULL, c.id, CASE WHEN EXISTS ("                                                  \
    "SELECT 1 FROM channel_member a JOIN channel_member b ON b.channel = a.channel"                \
    " AND b.person > a.person WHERE a.channel = c.id AND NOT " SHARE(                              \
        "a.person", "b.person") ") THEN 'direct_closed' ELSE 'direct' END" DIRECT_FROM where

/* Two people share a Club, or a channel of which one of them at least is a guest, or an event at
 * which both have a seat, or one while the other runs its Club; an administrator is in every Club.
 * Suspension does not count: it passes. */
#define SHARE(a, b)                                                                                \
    "(EXISTS (SELECT 1 FROM person WHERE id IN (" a ", " b ") AND administrator = 1)"              \
    " OR EXISTS (SELECT 1 FROM membership x JOIN membership y ON y.club = x.club"                  \
    " WHERE x.person = " a " AND y.person = " b " AND x.active = 1 AND y.active = 1"               \
    " AND " MEMBERSHIPS_MEET ")"                                                                   \
    " OR EXISTS (SELECT 1 FROM registration x JOIN registration y ON y.event = x.event"            \
    " WHERE x.person = " a " AND y.person = " b " AND x.state = 'seated' AND y.state = 'seated')"  \
    " OR EXISTS (SELECT 1 FROM registration x JOIN event z ON z.id = x.event"                      \
    " JOIN membership y ON y.club = z.club WHERE x.person IN (" a ", " b ")"                       \
    " AND y.person IN (" a ", " b ") AND x.person <> y.person AND x.state = 'seated'"              \
    " AND y.role = 'animateur' AND y.active = 1 AND y.channel IS NULL))"

SQL(of_person, CLUB_REASONS("p.id = ?1") " UNION ALL " CHANNEL_REASONS(
                   "p.id = ?1 AND " HEARD) " UNION ALL " DIRECT_REASONS("p.id = ?1"));
SQL(of_club, CLUB_REASONS("k.id = ?1") " UNION ALL " CHANNEL_REASONS("k.id = ?1 AND " HEARD));
SQL(of_channel, CHANNEL_REASONS("c.id = ?1 AND " HEARD) " UNION ALL " DIRECT_REASONS("c.id = ?1"));
/* The words alone, one after the other: what each command asks, and so kept (store/memo.h). */
#define WORDS(reasons) "SELECT group_concat(reason, ' ') FROM (" reasons ")"
SQL(in_club, WORDS(CLUB_REASONS("p.id = ?1 AND k.id = ?2")));
SQL(in_channel, WORDS(CHANNEL_REASONS("p.id = ?1 AND c.id = ?2") " UNION ALL " DIRECT_REASONS(
                    "p.id = ?1 AND c.id = ?2")));
SQL(share, "SELECT " SHARE("?1", "?2"));
SQL(share_club,
    "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND administrator = 1)"
    " OR EXISTS (SELECT 1 FROM membership x WHERE x.person = ?1 AND x.active = 1"
    " AND x.channel IS NULL AND (EXISTS (SELECT 1 FROM person WHERE id = ?2 AND administrator = 1)"
    " OR EXISTS (SELECT 1 FROM membership y WHERE y.person = ?2 AND y.club = x.club"
    " AND y.active = 1 AND y.channel IS NULL)))");

/* --- reading them ----------------------------------------------------------------------------- */

static void collect(struct tx *tx, struct rows rows, struct standing_list *out)
{
    while (rows_next(&rows)) {
        int64_t club = rows_int(&rows, 1), channel = rows_int(&rows, 2);
        struct standing standing = {
            .person = rows_int(&rows, 0),
            .audience = channel ? audience_channel(channel) : audience_club(club),
            .club = club,
            .reasons = reason_bit(rows_text(&rows, 3)),
        };
        ARENA_PUSH(tx->arena, out, standing);
    }
}

void standings_of_person(struct tx *tx, int64_t person, struct standing_list *out)
{
    collect(tx, db_select(tx->db, &of_person, person), out);
}

void standings_of_club(struct tx *tx, int64_t club, struct standing_list *out)
{
    collect(tx, db_select(tx->db, &of_club, club), out);
}

void standings_of_channel(struct tx *tx, int64_t channel, struct standing_list *out)
{
    collect(tx, db_select(tx->db, &of_channel, channel), out);
}

int standing_order(const void *a_, const void *b_)
{
    const struct standing *a = a_, *b = b_;
    if (a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    return (a->audience > b->audience) - (a->audience < b->audience);
}

void standings_merge(struct standing_list *list)
{
    if (list->count == 0) {
        return;
    }
    qsort(list->items, list->count, sizeof *list->items, standing_order);
    size_t kept = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (standing_order(&list->items[kept], &list->items[i]) == 0) {
            list->items[kept].reasons |= list->items[i].reasons;
        } else {
            list->items[++kept] = list->items[i];
        }
    }
    list->count = kept + 1;
}

static uint32_t unite(const struct memo *memo)
{
    uint32_t reasons = 0;
    char word[32];
    const char *at = memo ? memo_text(memo, 0) : NULL;
    for (size_t length = 0; at && *at; at += length + (at[length] == ' ')) {
        length = strcspn(at, " ");
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        reasons |= reason_bit(word);
    }
    return reasons;
}

uint32_t reasons_in_club(struct tx *tx, int64_t person, int64_t club)
{
    return unite(memo_row(tx->db, &in_club, person, club));
}

uint32_t reasons_in_channel(struct tx *tx, int64_t person, int64_t channel)
{
    return unite(memo_row(tx->db, &in_channel, person, channel));
}

SQL(entered,
    "SELECT 1 FROM person WHERE id = ?1 AND state = 'active' AND ?2 IN (" CLUBS_ENTERED ")");

bool club_entered(struct tx *tx, int64_t person, int64_t club)
{
    return db_int(tx->db, &entered, 0, person, club) != 0;
}

bool people_share(struct tx *tx, int64_t a, int64_t b)
{
    return db_int(tx->db, &share, 0, a, b) != 0;
}

bool people_share_club(struct tx *tx, int64_t reader, int64_t person)
{
    return db_int(tx->db, &share_club, 0, reader, person) != 0;
}

SQL(person_active, "SELECT 1 FROM person WHERE id = ?1 AND state = 'active'");

struct access_list access_of(struct tx *tx, int64_t person)
{
    struct access_list access = {0};
    if (!db_int(tx->db, &person_active, 0, person)) {
        return access;
    }
    const int64_t self[] = {audience_pack(AUDIENCE_EVERYBODY, 0), audience_person(person)};
    struct standing_list list = {0};
    for (size_t i = 0; i < 2; i++) {
        struct standing standing = {person, self[i], 0, 0};
        ARENA_PUSH(tx->arena, &list, standing);
    }
    standings_of_person(tx, person, &list);
    standings_merge(&list);
    for (size_t i = 0; i < list.count; i++) {
        struct access item = {list.items[i].audience, reasons_can(list.items[i].reasons)};
        ARENA_PUSH(tx->arena, &access, item);
    }
    return access;
}
