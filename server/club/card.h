/* Cards: the messages that announce an event or a resource in Clubs. A card's words say what held
 * when it was posted, for searches and mails; pages draw it from its object as it is now.
 *
 * Threads: the writer's. */
#ifndef BEFFROI_CLUB_CARD_H
#define BEFFROI_CLUB_CARD_H

#include "club/ids.h"
#include "club/message.h"

enum { CARD_LINES = 4 };

struct card {
    int64_t event, resource; /* one of the two */
    int64_t maker;           /* in whose name it is posted where time is the actor; 0: nobody's */
    const char *lines[CARD_LINES];
    size_t count;
};

/* Posts it in the announcements of each of these Clubs that has some, in the name of the actor, who
 * need not belong to it. */
void card_post(struct tx *tx, const struct card *card, const struct ids *clubs);
/* Takes these messages back. */
void cards_remove(struct tx *tx, const struct ids *messages);

#define CARD_FACTS &message_posted_fact, MESSAGE_REMOVE_FACTS

#endif
