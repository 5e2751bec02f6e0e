/* Members: who belongs to a Club, or to one channel of it as a guest, and why.
 *
 * A membership is one reason; a person may have several in a Club. It never changes: another role,
 * organisation or function is another row, so that what was written under it keeps its name.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_MEMBER_H
#define BEFFROI_CLUB_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"

struct membership {
    int64_t id;
    int role;          /* enum role */
    const char *label; /* function shown beside the name */
    int64_t organisation_id;
    const char *organisation;      /* its name, NULL if none */
    int64_t tenure;                /* 0: invited */
    int64_t since, until;          /* until 0: open */
    int64_t person, club, channel; /* channel 0: the whole Club */
    bool active;
};
extern const struct field membership_fields[];

/* A person as a member of one Club, or as a guest of one channel. */
struct member {
    int64_t id; /* the person */
    const char *name;
    uint32_t roles;    /* bits of enum role */
    const char *label; /* function of the strongest role */
    int64_t since;     /* of the oldest membership that holds */
    struct list memberships;
};
extern const struct field member_fields[];

bool membership_find(struct tx *tx, int64_t id, struct membership *out);
/* The person's active memberships there; false if they are no member (suspended ones are not
 * shown). */
bool member_load(struct tx *tx, int64_t person, int64_t club, int64_t channel, struct member *out);

/* Begin and end. Both touch the person's rights; the caller notes the member once it has done all
 * it wants. start: takes all but id and active. */
int64_t membership_start(struct tx *tx, const struct membership *membership);
void membership_stop(struct tx *tx, const struct membership *membership);
/* Says how the person now stands in that Club (channel 0) or channel: changed or left. */
void member_note(struct tx *tx, int64_t person, int64_t club, int64_t channel);
/* The same wherever they are a member: for suspension and return. */
void member_note_all(struct tx *tx, int64_t person);

/* "Partenaire · CAUE de l'Ain", in the arena; `organisation` may be NULL. */
const char *member_label(struct tx *tx, int role, const char *organisation);
/* Finds or adds an organisation by its name; 0 for NULL. */
int64_t organisation_of(struct tx *tx, const char *name);

/* {club, channel?, member} and {club, channel?, person}. */
extern const struct fact member_changed_fact, member_left_fact;
/* What a command that begins or ends memberships may note. */
#define MEMBER_FACTS ACCESS_FACTS, &member_changed_fact, &member_left_fact

/* The word of a role in SQL, and back. */
const char *role_word(int role);
int role_of(const char *word);

#endif
