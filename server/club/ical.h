/* Events as iCalendar (RFC 5545, 7986), written by hand.
 *
 * Content lines are folded at 75 octets between characters, texts escaped, lines end in CRLF.
 *
 * Owns nothing. Threads: any. Never: reads the database. */
#ifndef BEFFROI_CLUB_ICAL_H
#define BEFFROI_CLUB_ICAL_H

#include "base/buf.h"
#include "club/event.h"

struct ical_event {
    const struct event *event;
    const char *link;              /* to be shown to this reader; NULL for none */
    const char *url;               /* the event's page */
    const char *uid;               /* stable */
    const char *plain;             /* description without Markdown; may be "" */
    const char *const *categories; /* its themes, ends with NULL */
    int64_t stamp_ms;              /* DTSTAMP */
    bool tentative;                /* its reader waits for a seat */
    bool leaves;                   /* its reader no longer comes, though it takes place */
    /* Of an iTIP message (bare addresses); NULL in a feed or a file. */
    const char *organiser_mail, *attendee_mail, *attendee_name;
};

/* method: "REQUEST" or "CANCEL" of an iTIP message (RFC 5546); NULL for a feed or a file, which
 * names no organiser's address. name: the calendar's, NULL for none. */
void ical_begin(struct buf *out, const char *method, const char *name);
/* The rules of each zone these events use, once each, as they hold from 2019 to 2040. */
void ical_zones(struct buf *out, const struct ical_event *events, size_t count);
void ical_event(struct buf *out, const struct ical_event *event);
void ical_end(struct buf *out);

#endif
