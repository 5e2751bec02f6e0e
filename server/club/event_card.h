/* Cards: the messages that announce an event in its Clubs. A card's words say what held when it was
 * posted, for searches and mails; pages draw it from the event as it is now.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_EVENT_CARD_H
#define BEFFROI_CLUB_EVENT_CARD_H

#include "club/event.h"
#include "club/message.h"

/* The Clubs that hear of the event: all where it is the network's. */
void event_clubs(struct tx *tx, int64_t event, struct ids *out);

/* Posts a card in the announcements of each of these Clubs that has some, in the name of the actor,
 * who need not belong to it; where time is the actor, of who made the event. */
void event_card_post(struct tx *tx, int64_t event, const struct ids *clubs);
/* Takes back those posted in these Clubs. */
void event_card_remove(struct tx *tx, int64_t event, const struct ids *clubs);

#define EVENT_CARD_FACTS &message_posted_fact, MESSAGE_REMOVE_FACTS

#endif
