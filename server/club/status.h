/* How the server is, as every connection is told (live/status.c).
 *
 * Owns: nothing. Threads: constant. */
#ifndef BEFFROI_CLUB_STATUS_H
#define BEFFROI_CLUB_STATUS_H

#include "wire/field.h"

struct status {
    bool writable;
};
extern const struct field status_fields[];

#endif
