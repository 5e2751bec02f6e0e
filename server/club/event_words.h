/* Where an event is and what changed in it, in French words, for cards and notices. (Pages say it
 * by themselves.) The meeting link is never in them: it may be for those registered.
 *
 * Owns nothing: texts live in the arena given. Threads: any after zones_load(). */
#ifndef BEFFROI_CLUB_EVENT_WORDS_H
#define BEFFROI_CLUB_EVENT_WORDS_H

#include "club/event.h"

/* when_words() of the event. */
const char *event_when(struct arena *arena, const struct event *event);
/* "Salle des fêtes, Nantua", "en ligne (Visio)", both; NULL where nothing is said of it. */
const char *event_where(struct arena *arena, const struct event *event);
/* What changed between two states of an event for who comes, a line each: "Nouvelle date : ...".
 * NULL: nothing of that. `link_changed`, for the link may be hidden in both. */
const char *event_move_words(struct arena *arena, const struct event *before,
                             const struct event *after, bool link_changed);

#endif
