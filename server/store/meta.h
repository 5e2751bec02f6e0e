/* Single values that belong to the whole database.
 *
 * Threads: the connection's. */
#ifndef BEFFROI_STORE_META_H
#define BEFFROI_STORE_META_H

#include "store/db.h"

/* Where people come: written by the server at its start, so that a command line beside no server
 * makes links that work. NULL if no server ever ran. Borrowed from the arena. */
const char *meta_public_url(struct db *db, struct arena *arena);
void meta_set_public_url(struct db *db, const char *url);

/* The bare address mail comes from, kept in the same way: it is the organiser of what is sent to
 * calendars. */
const char *meta_sender(struct db *db, struct arena *arena);
void meta_set_sender(struct db *db, const char *address);

#endif
