/* What can be followed at a secret address: calendars of one's own events, a Club's, a theme's; the
 * shelf of a Club.
 *
 * Who has the address reads what its person may see at that moment, without a session: so it is
 * shown once, kept as a hash only, and can be revoked. Threads: the tx's. */
#ifndef BEFFROI_CLUB_FEED_H
#define BEFFROI_CLUB_FEED_H

#include "club/command.h"

enum feed_kind { FEED_MINE, FEED_CLUB, FEED_THEME, FEED_SHELF };
extern const struct choice feed_kind_choice;

/* "Mes événements", "Agenda : Club de l'Ain", "Bibliothèque : Club de l'Ain": as what follows it
 * shows it. */
const char *feed_name(struct tx *tx, enum feed_kind kind, int64_t club, int64_t theme);

struct feed_source {
    int64_t person, club, theme; /* who made it; club and theme 0 where its kind has none */
    enum feed_kind kind;
};
/* What a secret of an address stands for; false if it is unknown, revoked, or its person suspended.
 */
bool feed_find(struct tx *tx, const char *token, struct feed_source *out);
/* A long text for a feed, cut to LIMIT_FEED_PLAIN_BYTES: the page has the rest. */
const char *feed_cut(struct tx *tx, const char *plain);

#endif
