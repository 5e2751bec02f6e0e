/* Why a person sees a Club or a channel: the one place that reads memberships, and what follows.
 *
 * A person stands in an audience for one or several reasons: the roles of their memberships, being
 * an administrator, taking part in a direct conversation. What they can do there follows from these
 * alone. The same SQL answers for one person, one Club or one channel, so that they cannot
 * disagree.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_ACCESS_H
#define BEFFROI_CLUB_ACCESS_H

#include "club/command.h"

/* Bits 0 to 4 are 1 << enum role. */
enum reason {
    REASON_ROLES = (1 << 5) - 1,
    REASON_ADMINISTRATOR = 1 << 5,
    REASON_DIRECT = 1 << 6,
    REASON_DIRECT_CLOSED = 1 << 7, /* of a conversation in which two no longer share anything */
    REASON_REGISTERED = 1 << 8     /* has a seat at the event whose channel it is */
};

struct standing {
    int64_t person, audience;
    int64_t club; /* of the audience; 0 for a direct conversation */
    uint32_t reasons;
};
struct standing_list {
    struct standing *items;
    size_t count, capacity;
};

/* Rows (person, Club, channel, reason). `where` narrows p (person), k (Club) and c (channel); it is
 * repeated in each arm so that each starts from an index. */
/* Members of the Club, where it is open or where they were chosen, and its animateurs where it is
 * an event's; guests of this channel alone; administrators on the same terms as members; who has a
 * seat at the event whose channel it is. */
#define CHANNEL_REASONS(where)                                                                     \
    "SELECT p.id, k.id, c.id, m.role AS reason FROM person p"                                      \
    " JOIN membership m ON m.person = p.id"                                                        \
    " JOIN club k ON k.id = m.club JOIN channel c ON c.club = k.id"                                \
    " WHERE p.state = 'active' AND m.active = 1 AND m.channel IS NULL AND (" REACHED               \
    " OR c.kind = 'event' AND m.role = 'animateur') AND " where                                    \
    " UNION ALL SELECT p.id, k.id, c.id, m.role FROM person p"                                     \
    " JOIN membership m ON m.person = p.id JOIN channel c ON c.id = m.channel"                     \
    " JOIN club k ON k.id = c.club"                                                                \
    " WHERE p.state = 'active' AND m.active = 1 AND m.channel IS NOT NULL AND " where              \
    " UNION ALL SELECT p.id, k.id, c.id, 'administrator' FROM person p JOIN club k"                \
    " JOIN channel c ON c.club = k.id"                                                             \
    " WHERE p.administrator = 1 AND p.state = 'active' AND " REACHED " AND " where                 \
    " UNION ALL SELECT p.id, k.id, c.id, 'registered' FROM person p"                               \
    " JOIN registration r ON r.person = p.id JOIN event e ON e.id = r.event"                       \
    " JOIN channel c ON c.id = e.channel JOIN club k ON k.id = c.club"                             \
    " WHERE p.state = 'active' AND r.state = 'seated' AND " where
#define REACHED                                                                                    \
    "(c.kind = 'open' OR EXISTS (SELECT 1 FROM channel_member x"                                   \
    " WHERE x.channel = c.id AND x.person = p.id))"
#define DIRECT_FROM                                                                                \
    " FROM channel_member d JOIN person p ON p.id = d.person JOIN channel c ON c.id = d.channel"   \
    " WHERE c.kind = 'direct' AND p.state = 'active' AND "
/* A condition: ?1, a person, reads this channel, an expression that uses none of the names p, m, k,
 * c, r, e, x, d. Every reason to stand in a channel lets one read it, as may.c has it. */
#define CHANNEL_READ_BY(channel)                                                                   \
    "(EXISTS (" CHANNEL_REASONS(                                                                   \
        "p.id = ?1 AND c.id = " channel) ")"                                                       \
                                         " OR EXISTS (SELECT 1" DIRECT_FROM                        \
                                         "p.id = ?1 AND c.id = " channel "))"

/* Clubs ?1, a person, belongs to or is let into a channel of, an event's as long as it lives. */
#define CLUBS_ENTERED                                                                              \
    "SELECT club FROM membership WHERE person = ?1 AND active = 1"                                 \
    " UNION SELECT c.club FROM registration r JOIN event e ON e.id = r.event"                      \
    " JOIN channel c ON c.id = e.channel"                                                          \
    " WHERE r.person = ?1 AND r.state = 'seated' AND c.archived_at IS NULL"
/* Memberships x and y, of one Club, meet: both in the whole Club, or in a channel that the one of
 * them who is in the whole Club reads. */
#define MEMBERSHIPS_MEET                                                                           \
    "(x.channel IS y.channel OR (x.channel IS NULL OR y.channel IS NULL) AND EXISTS ("             \
    "SELECT 1 FROM channel z WHERE z.id = coalesce(x.channel, y.channel) AND (z.kind = 'open'"     \
    " OR EXISTS (SELECT 1 FROM channel_member w WHERE w.channel = z.id"                            \
    " AND w.person = CASE WHEN x.channel IS NULL THEN x.person ELSE y.person END))))"
/* One of these is this Club: its name may be seen. */
bool club_entered(struct tx *tx, int64_t person, int64_t club);

/* Append what holds now, by person then audience in no promised order; the same pair may come once
 * per reason until standings_merge(). */
void standings_of_person(struct tx *tx, int64_t person, struct standing_list *out);
void standings_of_club(struct tx *tx, int64_t club,
                       struct standing_list *out); /* and its channels */
void standings_of_channel(struct tx *tx, int64_t channel, struct standing_list *out);
int standing_order(const void *a, const void *b); /* of two standings, as qsort(3) wants it */
/* Sorts by person and audience, one item each, reasons united. */
void standings_merge(struct standing_list *list);

/* Reasons of one person in one Club or channel; 0: sees nothing of it. */
uint32_t reasons_in_club(struct tx *tx, int64_t person, int64_t club);
uint32_t reasons_in_channel(struct tx *tx, int64_t person, int64_t channel);
/* CAN_ flags that follow. */
uint32_t reasons_can(uint32_t reasons);

#endif
