/* The cards of an event (card.h).
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_EVENT_CARD_H
#define BEFFROI_CLUB_EVENT_CARD_H

#include "club/card.h"
#include "club/event.h"

/* The Clubs that hear of the event: all where it is the network's. */
void event_clubs(struct tx *tx, int64_t event, struct ids *out);

/* Posts a card in the announcements of each of these Clubs that has some, in the name of the actor,
 * who need not belong to it; where time is the actor, of who made the event. */
void event_card_post(struct tx *tx, int64_t event, const struct ids *clubs);
/* Takes back those posted in these Clubs. */
void event_card_remove(struct tx *tx, int64_t event, const struct ids *clubs);

#endif
