/* Registrations: the one place where seats are given, in the writer's transaction.
 *
 * A row moves only through registration_move(), which sees to rights (the event's channel), facts,
 * notices and mail; and seats are only given by seats_settle(), which looks at who waits longest.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_REGISTRATION_H
#define BEFFROI_CLUB_REGISTRATION_H

#include "club/event.h"

/* Gives what seats are free to who waits longest, each held for a time. To be called after anything
 * that may free a seat or add one. */
void seats_settle(struct tx *tx, int64_t event);

/* People who are told when the event moves or is cancelled: invited, asked, waiting, offered,
 * seated. */
void registered_people(struct tx *tx, int64_t event, struct ids *out);
/* Those seated, for whom calendars and reminders are. */
void seated_people(struct tx *tx, int64_t event, struct ids *out);

/* For a person who is erased: answers go, the row stays without them, their seat is free again. */
void registrations_erase(struct tx *tx, int64_t person);

#define REGISTRATION_FACTS &registration_changed_fact, &notice_added_fact, ACCESS_FACTS

#endif
