/* What can be found besides messages: events, resources, pages of files, people, PVD and
 * communes, each an entry of one full-text index. A verb that changes one of them says so here.
 *
 * * Threads: the tx's. */
#ifndef BEFFROI_CLUB_ENTRY_H
#define BEFFROI_CLUB_ENTRY_H

#include "club/command.h"

enum entry_kind {
    ENTRY_EVENT,
    ENTRY_RESOURCE,
    ENTRY_BLOB, /* all pages of a content */
    ENTRY_PERSON,
    ENTRY_TOWN, /* with its communes */
};

/* Its words changed, or it came to be or to an end: the index follows in this transaction. */
void entry_changed(struct tx *tx, enum entry_kind kind, int64_t id);

#endif
