/* What a database says, as one number: every row of every table, full-text indexes apart (they are
 * held against the rows they were made from). Two states that differ in one value have two numbers.
 *
 * Threads: the connection's. */
#ifndef BEFFROI_POWERCUT_STATE_H
#define BEFFROI_POWERCUT_STATE_H

#include <stdint.h>

#include "store/db.h"

/* 0: there is not even a schema. */
uint64_t state_digest(struct db *db);
/* Shows each table, and how many rows it has. */
void state_tables(struct db *db, void (*see)(void *context, const char *name, int64_t rows),
                  void *context);
/* FNV-1a over bytes, going on from `hash` (0: begins). */
uint64_t state_hash(uint64_t hash, const void *data, size_t bytes);

#endif
