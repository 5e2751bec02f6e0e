/* Who hears a fact: everybody, a person, a Club or a channel, packed into one number.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_CLUB_AUDIENCE_H
#define BEFFROI_CLUB_AUDIENCE_H

#include <stdint.h>

/* Stored; 0 is none. */
enum audience_kind {
    AUDIENCE_EVERYBODY = 1, /* every person logged in; id 0 */
    AUDIENCE_PERSON = 2,    /* all sockets of one person */
    AUDIENCE_CLUB = 3,      /* members of the whole Club, guests of one channel excluded */
    AUDIENCE_CHANNEL = 4,   /* those who may read the channel */
};

/* Stored in journal.audience and used as the hub's key. */
static inline int64_t audience_pack(enum audience_kind kind, int64_t id)
{
    return id * 8 + (int64_t)kind;
}
static inline enum audience_kind audience_kind(int64_t audience)
{
    return (enum audience_kind)(audience & 7);
}
static inline int64_t audience_id(int64_t audience)
{
    return audience >> 3;
}
static inline int64_t audience_person(int64_t person)
{
    return audience_pack(AUDIENCE_PERSON, person);
}
static inline int64_t audience_club(int64_t club)
{
    return audience_pack(AUDIENCE_CLUB, club);
}
static inline int64_t audience_channel(int64_t channel)
{
    return audience_pack(AUDIENCE_CHANNEL, channel);
}

#endif
