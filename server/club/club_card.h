/* Contact card of a Club: the service of the préfecture that runs it, and whom to ask for there.
 * Those named need no account, and their own profile does not show what they put here.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_CLUB_CARD_H
#define BEFFROI_CLUB_CLUB_CARD_H

#include "club/person.h"

struct card_person {
    const char *name, *label, *phone, *email; /* all but the name may be NULL */
};
extern const struct field card_person_fields[];

struct club_card {
    int64_t club;
    const char *service;                         /* NULL: there is no card yet */
    const char *address, *phone, *email, *hours; /* NULL where nothing is said */
    struct list people;
    int64_t changed_at;
};
extern const struct field club_card_fields[];
void club_card_load(struct tx *tx, int64_t club, struct club_card *out);

/* {card}, whole, told to the Club; its entity is the Club. */
extern const struct fact club_card_changed_fact;

/* Takes who is erased off the cards that name them, by name or by address. */
void club_cards_erase(struct tx *tx, const struct account *account);

#endif
