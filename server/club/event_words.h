/* When and where an event is, in French words, for cards, notices and letters. (Pages say it by
 * themselves, in the reader's zone.)
 *
 * Threads: any after zones_load(). */
#ifndef BEFFROI_CLUB_EVENT_WORDS_H
#define BEFFROI_CLUB_EVENT_WORDS_H

#include "club/event.h"

/* "mardi 3 mars 2026 de 10 h à 12 h 30, heure de Paris"; elsewhere the hour of Paris follows in
 * brackets where it is another. */
const char *event_when(struct arena *arena, const struct event *event);
/* "Salle des fêtes, Nantua", "en ligne (Visio)", both; NULL where nothing is said of it. The link
 * itself is never in it. */
const char *event_where(struct arena *arena, const struct event *event);
/* What changed between two states of an event for who comes, a line each: "Nouvelle date : ...".
 * NULL: nothing of that. `link_changed`, for the link itself may be hidden in both. */
const char *event_move_words(struct arena *arena, const struct event *before,
                             const struct event *after, bool link_changed);

#endif
