/* Writes Atom feeds (RFC 4287): elements, and what a feed begins with.
 *
 * Owns nothing. Threads: any after zones_load(). */
#ifndef BEFFROI_CLUB_ATOM_H
#define BEFFROI_CLUB_ATOM_H

#include "base/buf.h"
#include "club/command.h"
#include "club/document.h"

/* Text of an element or an attribute; what XML 1.0 has no place for (2.2) is left out, or one title
 * would break the feed for all. */
void atom_text(struct buf *out, const char *text);
/* <name>text</name> */
void atom_element(struct buf *out, const char *name, const char *text);
void atom_time(struct buf *out, const char *name, int64_t at_ms); /* RFC 3339 */
void atom_link(struct buf *out, const char *rel, const char *type, const char *href);
void atom_category(struct buf *out, const char *term);
/* <entry> and what every one has; the caller writes the rest and </entry>. */
void atom_entry(struct buf *out, const char *uid, const char *title, int64_t updated,
                int64_t published);

struct atom_feed {
    const char *self, *home; /* its own address, and the page it is about */
    const char *title;
    int64_t updated;
    bool is_public;
};
/* All before the first entry. */
void atom_begin(struct buf *out, const struct atom_feed *feed);
/* Ends it: the document; finishes the buffer. */
struct document atom_end(struct tx *tx, struct buf *out, const struct atom_feed *feed);

#endif
