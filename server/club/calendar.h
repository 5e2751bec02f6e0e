/* Events as one person's calendar takes them: what of an event they may see, as iCalendar.
 *
 * The form is ical.h's; who may ask is decided before. Threads: the tx's. */
#ifndef BEFFROI_CLUB_CALENDAR_H
#define BEFFROI_CLUB_CALENDAR_H

#include "club/ical.h"

/* An event as `person` sees it (0: anybody), with all it points at in the arena; iTIP members left
 * out. false: there is none. */
bool calendar_event(struct tx *tx, int64_t person, int64_t event, struct ical_event *out);
/* Whole text of a calendar without method of these events. `name` NULL: a file of one event. */
const char *calendar_text(struct tx *tx, const char *name, const struct ical_event *events,
                          size_t count);
/* Whole iTIP message about one event to one person ("REQUEST", "CANCEL"). */
const char *calendar_message(struct tx *tx, int64_t person, const char *recipient,
                             const char *method, int64_t event);

/* The event's page. */
const char *event_url(struct tx *tx, int64_t event);

#endif
