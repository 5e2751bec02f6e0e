/* A person as others may know them: functions, where, and what they choose to show of themselves.
 *
 * Name and functions are for all who see the person (may.h, people_share), the functions only from
 * where reader and person meet. Themes, offer, address and telephone are for who shares a whole
 * Club, each as its owner decides; hidden, it is hidden from everybody, administrators too, and
 * from filters, counts and look-ups.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_PROFILE_H
#define BEFFROI_CLUB_PROFILE_H

#include "club/command.h"

enum shown {
    SHOWN_OFFER = 1 << 0,
    SHOWN_THEMES = 1 << 1,
    SHOWN_EMAIL = 1 << 2,
    SHOWN_PHONE = 1 << 3,
};
extern const struct choice shown_choice; /* "offer", "themes", ... in the order of the bits */

/* A département, by its code. */
struct profile_place {
    const char *code, *name;
};
extern const struct field profile_place_fields[];

struct profile_function {
    int role; /* enum role: of the post it comes from, or of the membership */
    const char *label;
    const char *organisation; /* NULL */
    const char *town;         /* name of the PVD it serves, NULL */
    int64_t since;
};
extern const struct field profile_function_fields[];

struct profile {
    int64_t id; /* the person */
    const char *name;
    struct list functions, departements;
    struct list themes;                /* ids */
    const char *offer, *email, *phone; /* NULL: none, or not shown */
};
extern const struct field profile_fields[];

/* The profile as the actor may see it, who is known to see the person. */
void profile_load(struct tx *tx, int64_t person, struct profile *out);

/* Where a membership m is of a post, what that post is, and the département it is in: for FROM,
 * with the two expressions below. */
#define FUNCTIONS                                                                                  \
    "membership m JOIN club k ON k.id = m.club LEFT JOIN tenure t ON t.id = m.tenure"              \
    " LEFT JOIN post o ON o.id = t.post LEFT JOIN club h ON h.id = o.club"                         \
    " LEFT JOIN commune c ON c.town = o.town AND c.left_on IS NULL"
#define FUNCTION_ROLE        "coalesce(o.role, m.role)"
#define FUNCTION_DEPARTEMENT "coalesce(k.departement, h.departement, c.departement)"

/* An open page of this person is to be fetched again: {person}. It holds no word of the profile,
 * for what is shown differs between readers; profile.get says it to each. Told to everybody: who
 * sees a person is more than a Club (administrators, who sat at the same event, whose event they
 * run). */
extern const struct fact profile_changed_fact;
void profile_note(struct tx *tx, int64_t person);

/* Takes away what the person said of themselves. */
void profile_erase(struct tx *tx, int64_t person);

/* The number with single spaces, "" for blank; NULL if it is none. */
const char *phone_number(struct tx *tx, const char *typed);

#endif
