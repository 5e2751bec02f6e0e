/* Files that have come, for tests of what becomes of them: their contents are rows only. */
#ifndef BEFFROI_TESTS_FILE_FIXTURE_H
#define BEFFROI_TESTS_FILE_FIXTURE_H

#include "club_fixture.h"

/* Announced by this person, nothing of it there yet; its key. */
const char *file_announce(struct club_fixture *f, int64_t person, const char *name, int64_t bytes);
int64_t file_id(struct club_fixture *f, const char *key);
/* Come whole, a content of 100 bytes that only this `seed` makes; its key. */
const char *file_bring(struct club_fixture *f, int64_t person, const char *name, int seed);
/* Ends one that was announced so. */
void file_end(struct club_fixture *f, const char *key, int seed, const char *type);
/* The contents that have a row, and those that are to leave the disk. */
int64_t file_contents(struct club_fixture *f);
int64_t file_leaving(struct club_fixture *f);

#endif
