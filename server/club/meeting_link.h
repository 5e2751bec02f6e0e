/* Links to video meetings: where they lead, and whether who opens one would lead the meeting.
 *
 * Platforms hand the organiser two links that look alike, and the wrong one is easily pasted where
 * everybody reads it. The shapes are those of b3desk (Webinaire de l'État and other BigBlueButton
 * desks), BigBlueButton's API, Jitsi, Zoom and Teams as they stood in 2026.
 *
 * Owns nothing. Threads: any. Never: opens a link. */
#ifndef BEFFROI_CLUB_MEETING_LINK_H
#define BEFFROI_CLUB_MEETING_LINK_H

#include "base/error.h"

/* One link, in the field named `field`: ERR_LINK where it is no https address, ERR_HOST_LINK where
 * it is a host's. `platform_out` as meeting_link_platform(). */
enum err meeting_link_check(const char *url, const char *field, const char **platform_out,
                            struct problem *problem);
/* A text of any length that may hold links, written out in full or not: ERR_HOST_LINK. */
enum err meeting_link_check_text(const char *text, const char *field, struct problem *problem);

/* "Visio", "Webinaire de l'État", "Webconf", "Teams" or "Zoom"; NULL for any other link, and for
 * NULL. */
const char *meeting_link_platform(const char *url);

#endif
