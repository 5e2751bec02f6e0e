/* What a run of plain text points at: bare links, mentions, messages and towns.
 *
 * Forms: https://...  @[12] (a person, as the composer writes it)  @tous  @prefecture
 * @chefs-de-projet  @elus  @partenaires  #message:12  #pvd:12, and the permalinks
 * <public_url>/message/12, <public_url>/pvd/12, <public_url>/evenement/12,
 * <public_url>/ressource/12 and <public_url>/ressource/12?edition=3.
 *
 * Owns nothing. Threads: any. Never: knows whether what it found exists. */
#ifndef BEFFROI_CLUB_SPAN_H
#define BEFFROI_CLUB_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "club/may.h"

/* Put before a character that was escaped in Markdown, which then begins nothing: "\@tous". */
#define SPAN_ESCAPE '\x01'

struct span {
    enum span_kind {
        SPAN_LINK,
        SPAN_PERSON,
        SPAN_ROLE,
        SPAN_ALL,
        SPAN_MESSAGE,
        SPAN_EVENT,
        SPAN_RESOURCE,
        SPAN_TOWN
    } kind;
    size_t start, end; /* bytes of the text */
    int64_t id;        /* of the person, message, event, resource or town */
    int64_t edition;   /* of a resource; 0: the one in force */
    enum role role;
};

/* First span that begins at `from` or after; false if there is none. `public_url` may be NULL. */
bool span_find(const char *text, size_t from, const char *public_url, struct span *out);
/* Whether a whole address is one of ours: SPAN_MESSAGE, SPAN_EVENT, SPAN_RESOURCE or SPAN_TOWN
 * with its id. */
bool span_of_address(const char *address, const char *public_url, struct span *out);

#endif
