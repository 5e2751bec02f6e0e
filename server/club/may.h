/* Rights, decided in one place: may(actor, right, object).
 *
 * An invisible object answers like one that does not exist (law 5). Rights come from active
 * memberships, chosen channel members and the administrator flag; nothing is cached between two
 * commands.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_MAY_H
#define BEFFROI_CLUB_MAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "wire/field.h"

struct tx;

/* Roles a person may hold in a Club, several at once. */
enum role { ROLE_ANIMATEUR, ROLE_CHEF_DE_PROJET, ROLE_ELU, ROLE_PARTENAIRE, ROLE_LECTEUR };
extern const struct choice role_choice; /* "animateur", "chef_de_projet", ... as in SQL */

/* What the actor can do in a Club or a channel; sent to the client as words ("write", ...). It
 * comes from the person's roles alone: that a channel is archived or keeps its main stream to
 * animateurs is said by the channel itself, to all alike. */
extern const struct choice
    can_choice; /* "read", "write", ... in the order of the bits: FIELD_WORDS */
enum can {
    CAN_READ = 1 << 0,
    CAN_WRITE = 1 << 1,     /* post, reply */
    CAN_REACT = 1 << 2,     /* react, save: everybody who reads, lecteurs included */
    CAN_MODERATE = 1 << 3,  /* pin, delete others' messages */
    CAN_MANAGE = 1 << 4,    /* channels, members, invitations of the Club */
    CAN_BROADCAST = 1 << 5, /* mention a role or everybody beyond LIMIT_BROADCAST_PEOPLE */
    CAN_ENTER = 1 << 6 /* an administrator before a private channel: may make itself a member */
};

enum right {
    RIGHT_NONE,    /* 0 is nobody: a command that forgets its right is refused to all */
    RIGHT_ANYBODY, /* no session needed */
    RIGHT_PERSON,  /* any person logged in */
    RIGHT_ADMINISTRATOR,
    RIGHT_OPERATOR, /* the command line */
    /* in.<first> is a Club */
    RIGHT_CLUB_SEE, /* its name: guests of one of its channels included */
    RIGHT_CLUB_READ,
    RIGHT_CLUB_MANAGE,
    /* in.<first> is a channel */
    RIGHT_CHANNEL_READ,
    RIGHT_CHANNEL_WRITE,
    RIGHT_CHANNEL_MANAGE, /* CAN_MANAGE in its Club */
    RIGHT_CHANNEL_ENTER,
    /* in.<first> is a message */
    RIGHT_MESSAGE_READ,
    RIGHT_MESSAGE_REACT,
    RIGHT_MESSAGE_EDIT,   /* its author, or who holds the post it was written under */
    RIGHT_MESSAGE_DELETE, /* the same, or a moderator */
    RIGHT_MESSAGE_MODERATE,
    /* in.<first> is an event */
    RIGHT_EVENT_SEE,
    RIGHT_EVENT_MANAGE,
    RIGHT_EVENT_REGISTER, /* that time, seats and state allow it is for the command to say */
    /* in.<first> is a resource of the library */
    RIGHT_RESOURCE_SEE,
    RIGHT_RESOURCE_EDIT,
    RIGHT_RESOURCE_KEEP, /* of its shelf */
    /* in.<first> is a Club, for the shelf it has */
    RIGHT_SHELF_WRITE,
    RIGHT_SHELF_KEEP,
    /* in.<first> is the object; who may is said where each is found */
    RIGHT_INVITATION_MANAGE, /* an invitation into a Club the actor manages */
    RIGHT_MEMBERSHIP_MANAGE, /* a membership of such a Club */
    RIGHT_TENURE_MANAGE,     /* a tenure of such a Club's post */
    RIGHT_PERSON_SEE,        /* a person with an account that is open, who shares something */
    RIGHT_PERSON_SELF        /* a person: oneself, or an administrator */
};

/* Rows as found on the way; texts live in the request's arena. */
struct club {
    int64_t id;
    const char *name;
    bool national;
};
enum channel_kind { CHANNEL_OPEN, CHANNEL_PRIVATE, CHANNEL_DIRECT, CHANNEL_EVENT };
enum channel_posting { POSTING_ALL, POSTING_ANIMATEURS };
struct channel {
    int64_t id, club; /* club 0: a direct conversation */
    enum channel_kind kind;
    enum channel_posting posting;
    const char *name;
    bool archived;
};
struct message_head {
    int64_t id, channel, thread, author, membership;
    bool deleted;
};

enum event_state { EVENT_DRAFT, EVENT_PUBLISHED, EVENT_CANCELLED };
/* What a person can do with an event, sent as words. */
enum event_can {
    EVENT_CAN_SEE = 1 << 0,
    EVENT_CAN_REGISTER = 1 << 1, /* one of their roles is among those asked for, or was invited */
    EVENT_CAN_MANAGE = 1 << 2
};
struct event_head {
    int64_t id, club, channel; /* channel 0: none yet */
    enum event_state state;
    int64_t starts_at, ends_at;
    uint32_t can; /* of the actor, or of the person asked for */
};

/* Drafts are their author's; proposed and returned ones their author's and the reviewers'. */
enum resource_state {
    RESOURCE_DRAFT,
    RESOURCE_PROPOSED,
    RESOURCE_RETURNED, /* changes were asked */
    RESOURCE_SCHEDULED,
    RESOURCE_PUBLISHED,
    RESOURCE_WITHDRAWN
};
/* What a person can do with a resource, and on a shelf; sent as words. */
enum resource_can {
    RESOURCE_CAN_SEE = 1 << 0,
    RESOURCE_CAN_EDIT = 1 << 1, /* its author until it is accepted, and who keeps the shelf */
    RESOURCE_CAN_KEEP = 1 << 2  /* reviews, publishes, withdraws */
};
enum shelf_can {
    SHELF_CAN_SEE = 1 << 0,
    SHELF_CAN_WRITE = 1 << 1, /* draft and propose */
    SHELF_CAN_KEEP = 1 << 2
};
struct resource_head {
    int64_t id, club;
    int64_t author; /* 0: erased */
    enum resource_state state;
    bool was_published; /* ever */
    uint32_t can;       /* of the actor, or of the person asked for */
};

/* ERR_NONE, or the refusal, with tx->problem filled: ERR_LOGIN for the anonymous, ERR_NOT_FOUND for
 * what the actor may not see, ERR_FORBIDDEN for what it sees but may not do, ERR_ARCHIVED,
 * ERR_DELETED. Fills tx->club, tx->channel, tx->message, tx->event,
 * tx->resource and tx->can. */
enum err may(struct tx *tx, enum right right, int64_t object);
/* After RIGHT_CHANNEL_WRITE on the channel: ERR_NONE, or the refusal to write in its main stream
 * (thread 0: ERR_POSTING) or an answer below this message (ERR_NOT_FOUND if it takes none,
 * ERR_DELETED). */
enum err may_post(struct tx *tx, int64_t thread);

/* CAN_ flags of the actor in a Club (0: sees nothing of it) and in a channel. */
uint32_t may_in_club(struct tx *tx, int64_t club);
uint32_t may_in_channel(struct tx *tx, const struct channel *channel);
/* The same for any person (its administrator flag is read): for mentions, rights diffs, audiences.
 */
uint32_t person_in_channel(struct tx *tx, int64_t person, const struct channel *channel);
/* SHELF_CAN_ flags of the actor on the shelf of a Club. */
uint32_t may_on_shelf(struct tx *tx, int64_t club);
/* Bit per enum role that the person holds in the whole Club (guests of one channel: 0). */
uint32_t person_roles(struct tx *tx, int64_t person, int64_t club);

/* What a person hears and may do there: one entry per audience, rising. */
struct access {
    int64_t audience;
    uint32_t can;
};
struct access_list {
    struct access *items;
    size_t count, capacity;
};
/* Everything this person hears now, by the state of this transaction: EVERYBODY, itself, whole
 * Clubs, readable channels. Empty for a suspended or erased person. */
struct access_list access_of(struct tx *tx, int64_t person);

/* They share a Club or a channel now, and so may talk directly. */
bool people_share(struct tx *tx, int64_t a, int64_t b);
/* The reader is in a whole Club with this person, not only in a channel: sees what they chose to
 * show. Administrators are in every Club. */
bool people_share_club(struct tx *tx, int64_t reader, int64_t person);

/* Reads rows; false if there is none. No rights are checked. */
bool channel_find(struct tx *tx, int64_t id, struct channel *out);
bool club_find(struct tx *tx, int64_t id, struct club *out);
bool message_find(struct tx *tx, int64_t id, struct message_head *out);
/* `can` is the person's, who may be 0 for nobody. */
bool event_find(struct tx *tx, int64_t person, int64_t id, struct event_head *out);
bool resource_find(struct tx *tx, int64_t person, int64_t id, struct resource_head *out);

#endif
