/* What can be found besides messages: events, resources, people, PVD with their communes, each an
 * entry of one full-text index, and the pages of contents, which have another. A verb that changes
 * one of them says so here.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_ENTRY_H
#define BEFFROI_CLUB_ENTRY_H

#include "club/command.h"

enum entry_kind {
    ENTRY_EVENT,
    ENTRY_RESOURCE,
    ENTRY_PERSON,
    ENTRY_TOWN, /* with its communes */
};

/* Its words changed, or it came to be or to an end: the index follows in this transaction, with the
 * words there are at its end. */
void entry_changed(struct tx *tx, enum entry_kind kind, int64_t id);

/* The row of a page in page_fts: its content times this, and its number (0010_search.sql). */
#define CONTENT_PAGES          4096
#define CONTENT_PAGES_SQL      "4096"
#define PAGE_ROW(blob, number) blob " * " CONTENT_PAGES_SQL " + " number
_Static_assert(LIMIT_TEXT_PAGES < CONTENT_PAGES, "each page has a row of its own");

/* The pages of a content go, with what the index knows of them. */
void entry_drop_pages(struct tx *tx, int64_t blob);

#endif
