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
    const char *link;  /* to be shown to this reader; NULL for none */
    const char *url;   /* the event's page */
    const char *uid;   /* stable */
    const char *plain; /* description without Markdown; may be "" */
    int64_t stamp_ms;  /* DTSTAMP */
    /* Of an iTIP message; NULL in a feed or a file. */
    const char *organiser_mail, *attendee_mail, *attendee_name;
};

/* method: "PUBLISH", "REQUEST" or "CANCEL". VTIMEZONEs of all zones used come once each. */
void ical_begin(struct buf *out, const char *method, const char *name);
void ical_zones(struct buf *out, const struct ical_event *events, size_t count);
void ical_event(struct buf *out, const struct ical_event *event);
void ical_end(struct buf *out);

#endif
