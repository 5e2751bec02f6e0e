/* Calendars that follow: one's own events, a Club's, a theme's, each at a secret address.
 *
 * Who has the address reads what its person may see at that moment, without a session: so it is
 * shown once, kept as a hash only, and can be revoked. Threads: the tx's. */
#ifndef BEFFROI_CLUB_FEED_H
#define BEFFROI_CLUB_FEED_H

#include "club/command.h"

enum feed_kind { FEED_MINE, FEED_CLUB, FEED_THEME };
extern const struct choice feed_kind_choice;

/* "Mes événements", "Agenda : Club de l'Ain": as a calendar shows it. */
const char *feed_name(struct tx *tx, enum feed_kind kind, int64_t club, int64_t theme);

#endif
