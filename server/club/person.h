/* People: their account, and how their name and address are written.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_PERSON_H
#define BEFFROI_CLUB_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "club/command.h"

enum person_state { PERSON_ACTIVE, PERSON_SUSPENDED, PERSON_ERASED };
extern const struct choice person_state_choice;

/* An account, as its owner and administrators see it ("Account" on the wire). */
struct account {
    int64_t id;
    const char *email, *name; /* NULL once erased */
    bool administrator;
    int state;               /* enum person_state */
    int64_t suspended_until; /* 0: not, or until an administrator says so */
    int64_t created_at;
    const char *password; /* kept hash, NULL until chosen; never on the wire */
};
extern const struct field account_fields[];

/* Answers that the command line reads too: user.add and person.find, person.list. */
struct account_found {
    const struct account *person;
};
extern const struct field account_found_out[];
struct person_page {
    struct list people; /* of struct account */
    bool more;
};
struct erasure_preview { /* of person.erase_preview */
    const struct account *person;
    int64_t messages, channels, reactions, drafts, saved, posts, memberships, registrations, mails;
    int64_t resources, files, profile;
};
extern const struct command person_erase_preview_command, person_erase_command;
extern const struct command user_add_command, user_password_command, person_find_command,
    person_list_command, person_suspend_command, person_return_command;

/* Read a row; false if there is none. No rights are checked. */
bool account_find(struct tx *tx, int64_t id, struct account *out);
bool account_by_email(struct tx *tx, const char *email, struct account *out);

/* A new person; `email` and `name` as person_email() and person_name() give them. */
int64_t person_add(struct tx *tx, const char *email, const char *name, bool administrator,
                   const char *password_kept);

/* The address in lower case without spaces around it; NULL if it is none. */
const char *person_email(struct tx *tx, const char *typed);
/* The name with single spaces. */
const char *person_name(struct tx *tx, const char *typed);

/* May the actor know this person? Oneself, who shares a Club or a channel, or an administrator. */
bool person_visible(struct tx *tx, int64_t person);

/* Notes `fact` (entity: the person) wherever this person's name is or was shown: their own sockets,
 * the Clubs and channels they belong or belonged to, those they wrote or are mentioned in. */
void person_note(struct tx *tx, const struct fact *fact, int64_t person);

/* A person by name, for those who see them named somewhere. */
struct person_name {
    int64_t id;
    const char *name; /* NULL once erased */
};
extern const struct field person_name_fields[];
/* A person has another name: {person: {id, name}}. */
extern const struct fact person_changed_fact;

#endif
