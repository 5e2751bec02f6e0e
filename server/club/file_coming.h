/* A file on its way in: what the commands about it share.
 *
 * Threads: constant. */
#ifndef BEFFROI_CLUB_FILE_COMING_H
#define BEFFROI_CLUB_FILE_COMING_H

#include "club/command.h"

#define FILE_SIZE_TEXT  PHRASE("2 Go", "2 GB")
#define FILE_QUOTA_TEXT PHRASE("20 Go", "20 GB")
_Static_assert(LIMIT_FILE_BYTES == INT64_C(2) << 30 && LIMIT_PERSON_BYTES == INT64_C(20) << 30,
               "as these texts say");
_Static_assert(LIMIT_IMAGE_BYTES == INT64_C(50) << 20, "as ERR_IMAGE_SIZE says");

/* What a person's file may be called: no folder, nothing that hides another name. */
const char *file_name_safe(struct arena *arena, const char *name);

/* The program's own, about the row of a file: so much of it is synced; it is there whole; it was
 * given to no place for a day. */
extern const struct command file_received_command, file_finish_command, file_expire_command;

#endif
